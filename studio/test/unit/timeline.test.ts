// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { freeHours, hoursOf } from '../../player/ui/timeline';

describe('the hours of the strip of the day', () => {
  it('are the full ones from the beginning on', () => {
    expect(hoursOf(9.5 * 3600, 12 * 3600)).toEqual([36000, 39600]);
    expect(hoursOf(36000, 36001)).toEqual([36000]);
    expect(hoursOf(36001, 36001)).toEqual([]);
    expect(hoursOf(-3600, 1)).toEqual([-3600, 0]);
  });

  it('have a label where it touches neither an item nor the label before', () => {
    // An item begins 20 px behind the second hour, whose label takes 38: it would lie on the item's name.
    expect(freeHours([0, 100, 200], 38, [[120, 190]])).toEqual([true, false, true]);
    expect(freeHours([0, 100, 200], 38, [[138, 200]])).toEqual([true, true, true]);
    expect(freeHours([0, 20, 40, 60], 38, [])).toEqual([true, false, true, false]);
    expect(freeHours([50], 38, [[0, 51]])).toEqual([false]);
  });

  it('never overlap, whatever the day (against each pixel)', () => {
    let seed = 7;
    const random = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
    let overlaps = 0;
    for (let round = 0; round < 300; ++round) {
      const at = Array.from({ length: 12 }, (_, i) => i * (5 + random(60)) + random(9)).sort((a, b) => a - b);
      const items = Array.from({ length: random(5) }, () => { const a = random(400); return [a, a + random(80)] as const; });
      const pixels = new Set<number>();
      for (const [a, b] of items) for (let x = a; x < b; ++x) pixels.add(x);
      freeHours(at, 38, items).forEach((free, i) => {
        if (!free) return;
        for (let x = at[i]!; x < at[i]! + 38; ++x) {
          if (pixels.has(x)) overlaps += 1;
          pixels.add(x);
        }
      });
    }
    expect(overlaps).toBe(0);
  });
});
