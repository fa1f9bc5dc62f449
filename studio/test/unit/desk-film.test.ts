// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { CrowdFilm, CrowdPhase } from '../../desk/api';
import { chunkOf, fill, type Shot, shotAt } from '../../desk/film';
import { DENSITY_RAMP, densityOf, LEVELS, MOST_DENSITY, rgb } from '../../player/palette';
import { colourOf } from '../../player/scene/density';

const FILM: CrowdFilm = { x: 0, y: 0, cell_m: 4, columns: 3, rows: 2, every_s: 20, chunk: 32, steps: 20 };
const phase = (begin_s: number, frames: number): CrowdPhase => ({ begin_s, film: { begin_s, frames } }) as CrowdPhase;

describe('the film of densities', () => {
  it('is read as it was written', () => {
    const frames = [[[0, 1], [5, 255]], [], [[2, 40]]] as [number, number][][];
    const words = frames.flatMap((frame) => [frame.length, ...frame.map(([cell, value]) => (cell << 8) | value)]);
    const chunk = chunkOf(Uint32Array.from(words).buffer);
    expect(chunk.starts).toHaveLength(3);
    const cells = new Uint8Array(6).fill(9);
    frames.forEach((frame, i) => {
      fill(cells, chunk, i);
      expect([...cells]).toEqual([0, 1, 2, 3, 4, 5].map((cell) => frame.find(([c]) => c === cell)?.[1] ?? 0));
    });
    fill(cells, chunk, 3); // there is none
    expect([...cells]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('shows who comes, who sits, who leaves, and an emergency from its beginning on', () => {
    const phases = [phase(1000, 10), phase(3000, 5), phase(2000, 4)]; // come, leave, an emergency
    const at = (time_s: number, emergency = 0): Shot => ({ ...shotAt(phases, FILM, time_s, emergency, { phase: 0, frame: 0 }) });
    expect(at(999)).toEqual({ phase: -1, frame: -1 });
    expect(at(1000)).toEqual({ phase: 0, frame: 0 });
    expect(at(1059.9)).toEqual({ phase: 0, frame: 2 });
    expect(at(2500)).toEqual({ phase: 0, frame: 9 }); // at their places
    expect(at(3020)).toEqual({ phase: 1, frame: 1 });
    expect(at(3100)).toEqual({ phase: -1, frame: -1 }); // all have gone
    expect(at(1999, 2)).toEqual({ phase: 0, frame: 9 });
    expect(at(2021, 2)).toEqual({ phase: 2, frame: 1 });
    expect(at(3020, 2)).toEqual({ phase: -1, frame: -1 });
  });
});

describe('colours of density', () => {
  const light = ([r, g, b]: readonly number[]): number => 0.2126 * r! ** 2.2 + 0.7152 * g! ** 2.2 + 0.0722 * b! ** 2.2;

  it('darken all the way, so that grey and any kind of eyes keep the order', () => {
    const ramp = Array.from({ length: 101 }, (_, i) => light(colourOf((i * MOST_DENSITY) / 100, 'density')));
    for (let i = 1; i < ramp.length; ++i) expect(ramp[i]!).toBeLessThan(ramp[i - 1]!);
    expect(colourOf(0, 'density')).toEqual(rgb(DENSITY_RAMP[0]!));
    expect(densityOf(2 * MOST_DENSITY)).toBe(1);
  });

  it('change at Fruin’s limits: 3.24, 2.32, 1.39, 0.93 and 0.46 m² a person', () => {
    const letter = (density: number): string | undefined => LEVELS.find((level) => rgb(level.colour).join() === colourOf(density, 'level').join())?.letter;
    for (const [m2, above, below] of [[3.24, 'A', 'B'], [2.32, 'B', 'C'], [1.39, 'C', 'D'], [0.93, 'D', 'E'], [0.46, 'E', 'F']] as const) {
      expect(letter(1 / (m2 * 1.001))).toBe(above);
      expect(letter(1 / (m2 * 0.999))).toBe(below);
    }
  });
});
