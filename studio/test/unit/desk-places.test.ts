// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { CrowdPhase, CrowdPlaces } from '../../desk/api';
import { type Moment, momentAt, placesOf, strideOf } from '../../desk/film';
import { chance } from '../../player/scene/spectators';

const PLACES: CrowdPlaces = { x: 0, y: 0, step_m: 0.02, every_s: 2, chunk: 16 };
const phase = (begin_s: number, frames: number): CrowdPhase =>
  ({ begin_s, film: { begin_s, frames: Math.ceil(frames / 10) }, places: { begin_s, frames } }) as CrowdPhase;

describe('the places of spectators', () => {
  it('are read as they were sent, without a copy', () => {
    const bytes = new ArrayBuffer(12 + 4 * 3 + 2 * 2 * 2 + 2 * 2 * 3);
    new Uint32Array(bytes, 0, 6).set([3, 2, 1, 7, 8, 9]);
    new Uint16Array(bytes, 24).set([1, 2, 3, 4, 10, 11, 12, 13, 65535, 65535]);
    const chunk = placesOf(bytes);
    expect(chunk.samples).toBe(3);
    expect([...chunk.who]).toEqual([7, 8, 9]);
    expect([...chunk.standing]).toEqual([1, 2, 3, 4]);
    expect([...chunk.moving]).toEqual([10, 11, 12, 13, 65535, 65535]);
    expect(chunk.moving.buffer).toBe(bytes);
  });

  it('follow the clock: every instant is in one chunk, and time goes on evenly from one to the next', () => {
    const phases = [phase(1000, 100), phase(3000, 40), phase(2000, 30)];
    const at = (time_s: number, stride: number, emergency = 0): Moment =>
      ({ ...momentAt(phases, PLACES, time_s, emergency, stride, { phase: 0, chunk: 0, sample: 0, share: 0 }) });
    expect(at(999.9, 1).chunk).toBe(-1);
    expect(at(1000, 1)).toEqual({ phase: 0, chunk: 0, sample: 0, share: 0 });
    expect(at(1033, 1)).toEqual({ phase: 0, chunk: 1, sample: 0, share: 0.5 });
    for (const stride of [1, 2, 4]) {
      for (let time_s = 1000; time_s < 1198; time_s += 0.7) {
        const { chunk, sample, share } = at(time_s, stride);
        expect(sample).toBeGreaterThanOrEqual(0);
        expect(sample).toBeLessThan(PLACES.chunk);
        expect(1000 + (chunk * PLACES.chunk + sample + share) * 2 * stride).toBeCloseTo(time_s, 9);
      }
    }
    expect(at(2500, 1)).toEqual({ phase: 0, chunk: 6, sample: 3, share: 0 }); // at their places: the last frame
    expect(at(3040, 2).phase).toBe(1);
    expect(at(3081, 1).chunk).toBe(-1); // all have gone
    expect(at(2010, 1, 2)).toEqual({ phase: 2, chunk: 0, sample: 5, share: 0 });
    expect(strideOf(1)).toBe(1);
    expect(strideOf(60)).toBeGreaterThanOrEqual(strideOf(8));
  });

  it('belong to people who look each like themselves', () => {
    const looks = Array.from({ length: 20_000 }, (_, i) => chance(i));
    expect(Math.min(...looks)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...looks)).toBeLessThan(1);
    const tenths = new Uint32Array(10);
    for (const each of looks) tenths[Math.floor(10 * each)]! += 1;
    for (const n of tenths) expect(Math.abs(n - 2000)).toBeLessThan(250); // 5.6 standard deviations of a fair draw
  });
});
