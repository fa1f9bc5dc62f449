// SPDX-License-Identifier: MIT
import { BufferAttribute, BufferGeometry } from 'three';
import type { Category } from '../format';

/**
 * Bodies of the categories, as few flat faces. x is ahead, y to the left, z up; the whole body is in
 * a box of 1 x 1 x 1 (x, y about the middle; z from the ground, or about the middle in the air), which
 * the shader stretches to the kind's length, width and height.
 */
export const LIMB = { body: 0, leftLeg: 1, rightLeg: 2, leftArm: 3, rightArm: 4, rotor: 5 } as const;
export const TONE = { own: 0, dark: 1, skin: 2, pale: 3, shade: 4, hide: 5 } as const;
type Limb = (typeof LIMB)[keyof typeof LIMB];
type Tone = (typeof TONE)[keyof typeof TONE];
type V3 = [number, number, number];

class Builder {
  private readonly positions: number[] = [];
  private readonly normals: number[] = [];
  private readonly marks: number[] = [];

  quad(a: V3, b: V3, c: V3, d: V3, tone: Tone, limb: Limb): this {
    return this.triangle(a, b, c, tone, limb).triangle(a, c, d, tone, limb);
  }

  triangle(a: V3, b: V3, c: V3, tone: Tone, limb: Limb): this {
    const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
    const n: V3 = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    const size = Math.hypot(...n) || 1;
    for (const p of [a, b, c]) {
      this.positions.push(...p);
      this.normals.push(n[0] / size, n[1] / size, n[2] / size);
      this.marks.push(tone, limb);
    }
    return this;
  }

  /** A box from (x0,y0,z0) to (x1,y1,z1) whose top is `top` times as large about its middle. */
  box(from: V3, to: V3, tone: Tone, limb: Limb = LIMB.body, top = 1): this {
    const [x0, y0, z0] = from, [x1, y1, z1] = to;
    const mx = (x0 + x1) / 2, my = (y0 + y1) / 2;
    const t = (x: number, m: number): number => m + (x - m) * top;
    const a: V3 = [x0, y0, z0], b: V3 = [x1, y0, z0], c: V3 = [x1, y1, z0], d: V3 = [x0, y1, z0];
    const e: V3 = [t(x0, mx), t(y0, my), z1], f: V3 = [t(x1, mx), t(y0, my), z1];
    const g: V3 = [t(x1, mx), t(y1, my), z1], h: V3 = [t(x0, mx), t(y1, my), z1];
    return this.quad(e, f, g, h, tone, limb).quad(a, b, f, e, tone, limb).quad(b, c, g, f, tone, limb)
      .quad(c, d, h, g, tone, limb).quad(d, a, e, h, tone, limb).quad(d, c, b, a, tone, limb);
  }

  /** A tube along x through rings [x, z of the middle, half width, half height], eight-sided. */
  tube(rings: [number, number, number, number][], tone: Tone): this {
    const sides = 8;
    const at = (ring: [number, number, number, number], i: number): V3 => {
      const angle = (2 * Math.PI * i) / sides;
      return [ring[0], ring[2] * Math.cos(angle), ring[1] + ring[3] * Math.sin(angle)];
    };
    for (let r = 0; r + 1 < rings.length; ++r) {
      for (let i = 0; i < sides; ++i) {
        this.quad(at(rings[r], i), at(rings[r], i + 1), at(rings[r + 1], i + 1), at(rings[r + 1], i), tone, LIMB.body);
      }
    }
    return this;
  }

  /** A wheel about y: an octagon of radius `r` (its share of the length) and `h` (of the height). */
  wheel(x: number, y0: number, y1: number, r: number, h: number): this {
    const corner = (i: number, y: number): V3 => {
      const angle = (Math.PI / 4) * (i + 0.5);
      return [x + r * Math.cos(angle), y, h + h * Math.sin(angle)];
    };
    for (let i = 0; i < 8; ++i) {
      this.quad(corner(i, y0), corner(i + 1, y0), corner(i + 1, y1), corner(i, y1), TONE.dark, LIMB.body);
      this.triangle([x, y0, h], corner(i, y0), corner(i + 1, y0), TONE.dark, LIMB.body);
      this.triangle([x, y1, h], corner(i + 1, y1), corner(i, y1), TONE.dark, LIMB.body);
    }
    return this;
  }

  /** A flat plate seen from both sides. */
  plate(points: V3[], tone: Tone, limb: Limb = LIMB.body): this {
    for (let i = 1; i + 1 < points.length; ++i) {
      this.triangle(points[0], points[i], points[i + 1], tone, limb);
      this.triangle(points[0], points[i + 1], points[i], tone, limb);
    }
    return this;
  }

  build(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(this.positions), 3));
    geometry.setAttribute('normal', new BufferAttribute(new Float32Array(this.normals), 3));
    geometry.setAttribute('mark', new BufferAttribute(new Float32Array(this.marks), 2));
    return geometry;
  }
}

function foot(): BufferGeometry {
  return new Builder()
    .box([-0.3, -0.27, 0.47], [0.3, 0.27, 0.82], TONE.own, LIMB.body, 1.12)
    .box([-0.12, -0.1, 0.82], [0.14, 0.1, 0.86], TONE.skin)
    .box([-0.26, -0.17, 0.855], [0.3, 0.17, 0.955], TONE.skin, LIMB.body, 0.95)
    .box([-0.34, -0.22, 0.945], [0.44, 0.22, 1.0], TONE.own, LIMB.body, 0.85)
    .box([-0.31, -0.28, 0.5], [0.31, 0.28, 0.535], TONE.pale)
    .box([-0.2, 0.03, 0.05], [0.22, 0.24, 0.48], TONE.shade, LIMB.leftLeg)
    .box([-0.22, 0.03, 0.0], [0.5, 0.25, 0.06], TONE.dark, LIMB.leftLeg)
    .box([-0.2, -0.24, 0.05], [0.22, -0.03, 0.48], TONE.shade, LIMB.rightLeg)
    .box([-0.22, -0.25, 0.0], [0.5, -0.03, 0.06], TONE.dark, LIMB.rightLeg)
    .box([-0.16, 0.31, 0.47], [0.16, 0.46, 0.82], TONE.own, LIMB.leftArm)
    .box([-0.15, 0.32, 0.41], [0.15, 0.45, 0.47], TONE.pale, LIMB.leftArm)
    .box([-0.16, -0.46, 0.47], [0.16, -0.31, 0.82], TONE.own, LIMB.rightArm)
    .box([-0.15, -0.45, 0.41], [0.15, -0.32, 0.47], TONE.pale, LIMB.rightArm)
    .build();
}

/** Somebody who looks on: own is the coat, shade what is below it, dark the hair. */
export function spectator(): BufferGeometry {
  return new Builder()
    .box([-0.28, -0.34, 0.45], [0.28, 0.34, 0.83], TONE.own, LIMB.body, 1.05)
    .box([-0.24, -0.17, 0.85], [0.28, 0.17, 0.97], TONE.skin, LIMB.body, 0.95)
    .box([-0.3, -0.19, 0.9], [0.12, 0.19, 1.0], TONE.dark, LIMB.body, 0.9)
    .box([-0.2, 0.03, 0.0], [0.22, 0.26, 0.47], TONE.shade, LIMB.leftLeg)
    .box([-0.2, -0.26, 0.0], [0.22, -0.03, 0.47], TONE.shade, LIMB.rightLeg)
    .box([-0.16, 0.36, 0.44], [0.16, 0.5, 0.82], TONE.own, LIMB.leftArm)
    .box([-0.16, -0.5, 0.44], [0.16, -0.36, 0.82], TONE.own, LIMB.rightArm)
    .build();
}

function footFar(): BufferGeometry {
  return new Builder()
    .box([-0.26, -0.22, 0.0], [0.26, 0.22, 0.47], TONE.shade)
    .box([-0.3, -0.4, 0.47], [0.3, 0.4, 0.83], TONE.own)
    .box([-0.26, -0.18, 0.83], [0.28, 0.18, 1.0], TONE.skin)
    .build();
}

function mounted(): BufferGeometry {
  return new Builder()
    .box([-0.42, -0.3, 0.32], [0.26, 0.3, 0.58], TONE.hide)
    .box([0.2, -0.18, 0.45], [0.36, 0.18, 0.78], TONE.hide, LIMB.body, 0.8)
    .box([0.26, -0.16, 0.7], [0.5, 0.16, 0.82], TONE.hide)
    .box([0.08, 0.06, 0], [0.18, 0.28, 0.34], TONE.hide, LIMB.leftLeg)
    .box([-0.38, -0.28, 0], [-0.28, -0.06, 0.34], TONE.hide, LIMB.leftLeg)
    .box([0.08, -0.28, 0], [0.18, -0.06, 0.34], TONE.hide, LIMB.rightLeg)
    .box([-0.38, 0.06, 0], [-0.28, 0.28, 0.34], TONE.hide, LIMB.rightLeg)
    .box([-0.16, -0.3, 0.58], [0.04, 0.3, 0.84], TONE.own)
    .box([-0.12, -0.18, 0.85], [0.02, 0.18, 0.94], TONE.skin)
    .box([-0.13, -0.2, 0.94], [0.04, 0.2, 1], TONE.own)
    .build();
}

function vehicle(): BufferGeometry {
  const builder = new Builder();
  for (const side of [-1, 1]) {
    for (const x of [-0.36, -0.12, 0.12, 0.36]) {
      builder.wheel(x, side * 0.42 - 0.08, side * 0.42 + 0.08, 0.085, 0.17);
    }
  }
  return builder
    .box([-0.5, -0.48, 0.2], [0.5, 0.48, 0.5], TONE.shade)
    .box([-0.5, -0.46, 0.5], [0.2, 0.46, 0.95], TONE.own, LIMB.body, 0.94)
    .box([0.24, -0.46, 0.5], [0.48, 0.46, 1.0], TONE.own, LIMB.body, 0.84)
    .box([0.455, -0.4, 0.62], [0.485, 0.4, 0.84], TONE.dark, LIMB.body, 0.94)
    .build();
}

function aeroplane(): BufferGeometry {
  return new Builder()
    .tube([[0.5, -0.08, 0.005, 0.01], [0.38, -0.06, 0.035, 0.12], [0.2, -0.04, 0.05, 0.19],
      [-0.25, -0.04, 0.05, 0.19], [-0.46, 0.02, 0.02, 0.07]], TONE.own)
    .tube([[0.37, 0.02, 0.01, 0.02], [0.3, 0.07, 0.025, 0.08], [0.2, 0.06, 0.025, 0.08], [0.12, 0.02, 0.01, 0.02]], TONE.dark)
    .plate([[0.16, 0.04, -0.08], [-0.08, 0.5, -0.06], [-0.17, 0.5, -0.06], [-0.16, 0.04, -0.08]], TONE.shade)
    .plate([[0.16, -0.04, -0.08], [-0.08, -0.5, -0.06], [-0.17, -0.5, -0.06], [-0.16, -0.04, -0.08]], TONE.shade)
    .plate([[-0.34, 0.02, 0], [-0.46, 0.2, 0.02], [-0.5, 0.2, 0.02], [-0.47, 0.02, 0]], TONE.shade)
    .plate([[-0.34, -0.02, 0], [-0.46, -0.2, 0.02], [-0.5, -0.2, 0.02], [-0.47, -0.02, 0]], TONE.shade)
    .plate([[-0.28, 0, 0.08], [-0.44, 0, 0.5], [-0.5, 0, 0.5], [-0.46, 0, 0.04]], TONE.own)
    .build();
}

function helicopter(): BufferGeometry {
  const builder = new Builder()
    .tube([[0.42, -0.18, 0.02, 0.04], [0.34, -0.12, 0.08, 0.22], [0.1, -0.08, 0.1, 0.3],
      [-0.1, -0.02, 0.08, 0.26], [-0.2, 0.06, 0.02, 0.08], [-0.48, 0.12, 0.012, 0.05]], TONE.own)
    .tube([[0.405, -0.1, 0.03, 0.06], [0.33, -0.02, 0.075, 0.14], [0.22, 0.02, 0.08, 0.16]], TONE.dark)
    .plate([[-0.4, 0, 0.1], [-0.47, 0, 0.42], [-0.5, 0, 0.42], [-0.49, 0, 0.08]], TONE.shade)
    .box([0.0, -0.02, 0.2], [0.06, 0.02, 0.42], TONE.dark)
    .box([-0.1, 0.09, -0.5], [0.25, 0.12, -0.44], TONE.dark)
    .box([-0.1, -0.12, -0.5], [0.25, -0.09, -0.44], TONE.dark);
  for (let blade = 0; blade < 4; ++blade) {
    const angle = (Math.PI / 2) * blade + 0.3;
    const c = Math.cos(angle), s = Math.sin(angle), w = 0.02;
    builder.plate([[0.03 - w * s, w * c, 0.42], [0.03 + 0.5 * c - w * s, 0.5 * s + w * c, 0.44],
      [0.03 + 0.5 * c + w * s, 0.5 * s - w * c, 0.44], [0.03 + w * s, -w * c, 0.42]], TONE.dark, LIMB.rotor);
  }
  return builder.build();
}

function drone(): BufferGeometry {
  return new Builder()
    .box([-0.2, -0.2, -0.2], [0.2, 0.2, 0.2], TONE.own)
    .box([-0.5, -0.06, -0.05], [0.5, 0.06, 0.1], TONE.dark)
    .box([-0.06, -0.5, -0.05], [0.06, 0.5, 0.1], TONE.dark)
    .build();
}

/** Near and, where another is worth it, middle distance. */
export function bodiesOf(category: Category): { near: BufferGeometry; far: BufferGeometry | null } {
  switch (category) {
    case 'foot': return { near: foot(), far: footFar() };
    case 'mounted': return { near: mounted(), far: null };
    case 'vehicle': return { near: vehicle(), far: null };
    case 'aeroplane': return { near: aeroplane(), far: null };
    case 'helicopter': return { near: helicopter(), far: null };
    case 'drone': return { near: drone(), far: null };
  }
}
