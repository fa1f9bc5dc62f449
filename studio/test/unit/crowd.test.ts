// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { Crowd } from '../../player/crowd';
import type { CrowdArrays, CrowdHead } from '../../player/format';

const CELLS = 12;
const HEAD: CrowdHead = { x: 0, y: 0, cell_m: 4, columns: 4, rows: 3, steps: 20, zones: [{ area: 0, people: 10 }, { area: 1, people: 0 }] };

/** Frames at random, and as what changes. */
function film(frames: number, seed: number): { arrays: CrowdArrays; all: Uint8Array[]; seated: number[] } {
  let state = seed;
  const random = (below: number): number => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * below);
  };
  const all: Uint8Array[] = [];
  const times: number[] = [], first = [0], changes: number[] = [], seated: number[] = [];
  let before = new Uint8Array(CELLS);
  for (let f = 0; f < frames; ++f) {
    const now = new Uint8Array(CELLS);
    if (f < frames - 1) now.forEach((_, cell) => { now[cell] = random(3) === 0 ? 1 + random(200) : random(2) * before[cell]; });
    now.forEach((value, cell) => { if (value !== before[cell]) changes.push((cell << 8) | value); });
    times.push(100 + 30 * f);
    first.push(changes.length);
    seated.push(f < frames - 1 ? random(14) : 0, 0);
    all.push(now);
    before = now;
  }
  return {
    arrays: {
      crowd_time_s: Float64Array.from(times), crowd_first_change: Uint32Array.from(first),
      crowd_changes: Uint32Array.from(changes), crowd_seated: Uint32Array.from(seated),
    }, all, seated,
  };
}

describe('the film of the spectators', () => {
  it('is the same at an instant, however one came there', () => {
    const { arrays, all, seated } = film(25, 7);
    const crowd = new Crowd(HEAD, arrays);
    for (let k = 0; k < 400; ++k) {
      const time = 60 + ((k * 7919) % 900);
      crowd.at(time);
      const frame = Math.min(24, Math.floor((time - 100) / 30));
      expect([...crowd.cells]).toEqual(frame < 0 ? Array<number>(CELLS).fill(0) : [...all[frame]!]);
      expect(crowd.there).toBe(frame >= 0 && frame < 24);
      expect(crowd.seated[0]).toBeCloseTo(frame < 0 ? 0 : Math.min(1, seated[2 * frame]! / 10));
      expect(crowd.seated[1]).toBe(0); // nobody has a place there
    }
  });

  it('tells whether anything has changed', () => {
    const crowd = new Crowd(HEAD, film(5, 3).arrays);
    expect(crowd.at(50)).toBe(false);
    expect(crowd.at(100)).toBe(true);
    expect(crowd.at(129)).toBe(false);
    expect(crowd.at(130)).toBe(true);
    expect(crowd.at(101)).toBe(true);
  });
});
