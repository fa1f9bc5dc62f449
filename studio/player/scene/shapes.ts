// SPDX-License-Identifier: MIT
import { BufferAttribute, BufferGeometry, ShapeUtils, Vector2 } from 'three';
import type { Area, Point } from '../format';
import type { Rgb } from '../palette';

/** Collects coloured triangles: positions, normals and colours for one draw. */
export class Solid {
  private readonly positions: number[] = [];
  private readonly normals: number[] = [];
  private readonly colours: number[] = [];

  triangle(a: number[], b: number[], c: number[], colour: Rgb): this {
    const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    const size = Math.hypot(n[0], n[1], n[2]) || 1;
    for (const p of [a, b, c]) {
      this.positions.push(p[0], p[1], p[2]);
      this.normals.push(n[0] / size, n[1] / size, n[2] / size);
      this.colours.push(...colour);
    }
    return this;
  }

  quad(a: number[], b: number[], c: number[], d: number[], colour: Rgb): this {
    return this.triangle(a, b, c, colour).triangle(a, c, d, colour);
  }

  /** A polygon with holes at the height that `z` gives each point. */
  polygon(area: Pick<Area, 'outer' | 'holes'>, z: (p: Point) => number, colour: Rgb): this {
    const outer = anticlockwise(area.outer);
    const rings = [outer, ...area.holes];
    const flat = rings.flat();
    const vectors = rings.map((ring) => ring.map(([x, y]) => new Vector2(x, y)));
    for (const [i, j, k] of ShapeUtils.triangulateShape(vectors[0], vectors.slice(1))) {
      const corner = (n: number): number[] => [...flat[n], z(flat[n])];
      this.triangle(corner(i), corner(j), corner(k), colour);
    }
    return this;
  }

  /** Walls round a polygon from the ground up to `z`. */
  walls(area: Pick<Area, 'outer' | 'holes'>, z: (p: Point) => number, colour: Rgb): this {
    for (const ring of [anticlockwise(area.outer), ...area.holes]) {
      ring.forEach((p, i) => {
        const q = ring[(i + 1) % ring.length];
        this.quad([...p, 0], [...q, 0], [...q, z(q)], [...p, z(p)], colour);
      });
    }
    return this;
  }

  /** A band of `width` about a line, at height 0; `from` and `to` are offsets to the left. */
  band(line: Point[], from: number, to: number, colour: Rgb): this {
    const normals = mitres(line);
    const at = (i: number, left: number): number[] =>
      [line[i][0] + left * normals[i][0], line[i][1] + left * normals[i][1], 0];
    for (let i = 0; i + 1 < line.length; ++i) {
      this.quad(at(i, from), at(i + 1, from), at(i + 1, to), at(i, to), colour);
    }
    return this;
  }

  build(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(this.positions), 3));
    geometry.setAttribute('normal', new BufferAttribute(new Float32Array(this.normals), 3));
    geometry.setAttribute('paint', new BufferAttribute(new Float32Array(this.colours), 3));
    return geometry;
  }
}

function anticlockwise(ring: Point[]): Point[] {
  const twice = ring.reduce((sum, [x, y], i) => {
    const [u, v] = ring[(i + 1) % ring.length];
    return sum + x * v - u * y;
  }, 0);
  return twice < 0 ? [...ring].reverse() : ring;
}

/** Left normals at the points of a line, stretched at corners so that a band keeps its width. */
function mitres(line: Point[]): Point[] {
  const normal = (i: number): Point => {
    const [a, b] = [line[Math.max(0, i)], line[Math.min(line.length - 1, i + 1)]];
    const size = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    return [-(b[1] - a[1]) / size, (b[0] - a[0]) / size];
  };
  return line.map((_, i) => {
    const before = normal(Math.max(0, i - 1));
    const after = normal(Math.min(line.length - 2, i));
    const sum: Point = [before[0] + after[0], before[1] + after[1]];
    const scale = 2 / Math.max(0.5, sum[0] ** 2 + sum[1] ** 2);
    return [sum[0] * scale, sum[1] * scale];
  });
}

/** A line to the left of another. */
export function beside(line: Point[], left: number): Point[] {
  const normals = mitres(line);
  return line.map(([x, y], i) => [x + left * normals[i][0], y + left * normals[i][1]]);
}

/** A line cut into dashes, each with the corners that it has. */
export function dashes(line: Point[], dash: number, gap: number): Point[][] {
  const out: Point[][] = [];
  let current: Point[] = [line[0]];
  let drawn = true;
  let left = dash; // of this dash or gap
  for (let i = 0; i + 1 < line.length; ++i) {
    const [a, b] = [line[i], line[i + 1]];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    let s = 0;
    while (length - s > left) {
      s += left;
      const p: Point = [a[0] + ((b[0] - a[0]) * s) / length, a[1] + ((b[1] - a[1]) * s) / length];
      if (drawn) out.push([...current, p]);
      current = [p];
      drawn = gap === 0 || !drawn;
      left = drawn ? dash : gap;
    }
    left -= length - s;
    if (drawn) current.push(b);
  }
  if (drawn && current.length > 1) out.push(current);
  return out;
}

export function centroid(ring: Point[]): Point {
  let area = 0, x = 0, y = 0;
  ring.forEach(([x0, y0], i) => {
    const [x1, y1] = ring[(i + 1) % ring.length];
    const cross = x0 * y1 - x1 * y0;
    area += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  });
  return [x / (3 * area), y / (3 * area)];
}

export function area(ring: Point[]): number {
  return Math.abs(ring.reduce((sum, [x, y], i) => {
    const [u, v] = ring[(i + 1) % ring.length];
    return sum + x * v - u * y;
  }, 0)) / 2;
}

export function inside(ring: Point[], [x, y]: Point): boolean {
  let odd = false;
  ring.forEach(([x0, y0], i) => {
    const [x1, y1] = ring[(i + 1) % ring.length];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) odd = !odd;
  });
  return odd;
}

/** Nearest point of a line, how far it is, and the line's direction there. */
export function nearest(line: Point[], [x, y]: Point): { place: Point; away: number; direction: Point } {
  let best: { place: Point; away: number; direction: Point } = { place: line[0] ?? [x, y], away: Infinity, direction: [1, 0] };
  for (let i = 0; i + 1 < line.length; ++i) {
    const [ax, ay] = line[i], [bx, by] = line[i + 1];
    const dx = bx - ax, dy = by - ay;
    const size = Math.hypot(dx, dy) || 1;
    const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / size ** 2));
    const place: Point = [ax + t * dx, ay + t * dy];
    const away = Math.hypot(place[0] - x, place[1] - y);
    if (away < best.away) best = { place, away, direction: [dx / size, dy / size] };
  }
  return best;
}
