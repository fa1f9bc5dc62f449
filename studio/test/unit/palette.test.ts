// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { BRANCH, SERIES } from '../../player/palette';

type V3 = [number, number, number];

// How colours look without one kind of cone, on linear RGB: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes,
// "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009), severity 1.
const VISION: Record<string, V3[]> = {
  all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  'no long waves': [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  'no middle waves': [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  'no short waves': [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

function lab(hex: string, vision: V3[]): V3 {
  const linear = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const [r, g, b] = vision.map((row) => Math.min(1, Math.max(0, row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2])));
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe.each(Object.keys(VISION))('for eyes that see: %s', (name) => {
  it.each([['branches', Object.values(BRANCH)], ['series', SERIES]] as const)('any two %s can be told apart', (_, colours) => {
    let least = Infinity;
    colours.forEach((one, i) => {
      for (const other of colours.slice(0, i)) {
        const [a, b] = [lab(one, VISION[name]), lab(other, VISION[name])];
        least = Math.min(least, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
      }
    });
    expect(least).toBeGreaterThan(19);
  });
});
