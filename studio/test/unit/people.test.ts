// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { covered, spread } from '../../player/scene/people';

const GRID = { x: -20, y: 8, cell_m: 4, columns: 5, rows: 3, steps: 20 };
const NONE = new Uint8Array(15);

describe('spectators as single people', () => {
  it('are as many as the densities say, each in a cell of its density', () => {
    const cells = Uint8Array.from({ length: 15 }, (_, i) => [0, 20, 7, 90, 1][i % 5]!);
    const out = new Float32Array(3 * 1000);
    const count = spread(cells, GRID, NONE, out);
    const people = cells.reduce((sum, value) => sum + (value * 16) / 20, 0);
    expect(Math.abs(count - people)).toBeLessThanOrEqual(0.5);
    const found = new Uint32Array(15);
    for (let i = 0; i < count; ++i) {
      const cell = Math.floor((out[3 * i + 1]! - GRID.y) / 4) * 5 + Math.floor((out[3 * i]! - GRID.x) / 4);
      expect(out[3 * i + 2]).toBe(cells[cell]);
      found[cell]! += 1;
    }
    found.forEach((n, cell) => expect(Math.abs(n - (cells[cell]! * 16) / 20)).toBeLessThanOrEqual(1));
  });

  it('stay where they are while others come', () => {
    const few = new Float32Array(300), more = new Float32Array(300);
    const cells = new Uint8Array(15);
    cells[7] = 20;
    const n = spread(cells, GRID, NONE, few);
    cells[7] = 40;
    expect(spread(cells, GRID, NONE, more)).toBe(2 * n);
    for (let i = 0; i < n; ++i) expect([more[3 * i], more[3 * i + 1]]).toEqual([few[3 * i], few[3 * i + 1]]);
  });

  it('are spread: no two nearer than a quarter of what they would have in a square', () => {
    const cells = new Uint8Array(15);
    cells[7] = 60;
    const out = new Float32Array(300);
    const n = spread(cells, GRID, NONE, out);
    expect(n).toBe(48);
    let least = Infinity;
    for (let i = 0; i < n; ++i) for (let k = 0; k < i; ++k) least = Math.min(least, Math.hypot(out[3 * i]! - out[3 * k]!, out[3 * i + 1]! - out[3 * k + 1]!));
    expect(least).toBeGreaterThan(0.25 * 4 / Math.sqrt(48));
  });

  it('are thinned out alike where there is no room for all, and are not told of seats', () => {
    const out = new Float32Array(3 * 50);
    expect(spread(new Uint8Array(15).fill(100), GRID, NONE, out)).toBe(50);
    const seats = covered(GRID, [[[-20, 8], [-10, 8], [-10, 16], [-20, 16]]]);
    expect([...seats]).toEqual([1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    const all = new Float32Array(3 * 1000);
    const count = spread(new Uint8Array(15).fill(20), GRID, seats, all);
    expect(count).toBe(11 * 16);
    for (let i = 0; i < count; ++i) expect(all[3 * i]! > -12 || all[3 * i + 1]! > 16).toBe(true);
    expect([...covered(GRID, [[[500, 500], [600, 500], [600, 600]]])].some((value) => value > 0)).toBe(false);
  });
});
