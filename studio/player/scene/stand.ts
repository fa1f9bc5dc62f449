// SPDX-License-Identifier: MIT
import type { Area, Point, Route } from '../format';
import { area, centroid, inside, nearest } from './shapes';

const FRONT_M = 0.8; // the floor of the first row
const SLOPE = 0.2;
const RISE_M = 5; // the last row at most so much above the first
const EYE_M = 1.7; // of somebody who stands up to see
const SITTING_M = 0.5; // middle of somebody who sits

/** A stand rises away from the route that its spectators look at. */
export class Stand {
  readonly middle: Point;
  /** The point of the nearest route that they look at. */
  readonly front: Point;
  private readonly away: Point;
  private readonly first: number;
  private readonly slope: number;

  constructor(readonly area: Area, routes: Route[]) {
    this.middle = centroid(area.outer);
    const ground = routes.filter((route) => !route.air && route.line.length > 1);
    let front: Point = [this.middle[0], this.middle[1] - 1];
    let least = Infinity;
    for (const route of ground) {
      const found = nearest(route.line, this.middle);
      if (found.away < least) {
        least = found.away;
        front = found.place;
      }
    }
    this.front = front;
    const dx = this.middle[0] - front[0], dy = this.middle[1] - front[1];
    const size = Math.hypot(dx, dy) || 1;
    this.away = [dx / size, dy / size];
    const along = area.outer.map((p) => this.along(p));
    this.first = Math.min(...along);
    this.slope = Math.min(SLOPE, RISE_M / Math.max(1, Math.max(...along) - this.first));
  }

  /** Height of the floor. */
  floor = (p: Point): number => FRONT_M + this.slope * (this.along(p) - this.first);

  /** The floor as a plane: slope to x, slope to y, height at the origin. */
  plane(): [number, number, number] {
    return [this.slope * this.away[0], this.slope * this.away[1], FRONT_M - this.slope * this.first];
  }
  /** Which way those look who sit there. */
  facing(): Point {
    return [-this.away[0], -this.away[1]];
  }

  /** Where somebody in the middle has their eyes. */
  eye(): [number, number, number] {
    return [this.middle[0], this.middle[1], this.floor(this.middle) + EYE_M];
  }

  /** As many places as the stand has, in rows that face the route; about `most` of them. */
  places(most: number): Float32Array {
    const wanted = Math.min(most, this.area.capacity ?? 0);
    if (wanted === 0) return new Float32Array(0);
    const [ax, ay] = this.away;
    const corners = this.area.outer.map(([x, y]) => [x * ax + y * ay, y * ax - x * ay]);
    const [u0, u1, v0, v1] = [0, 0, 1, 1].map((k, i) => Math[i % 2 === 0 ? 'min' : 'max'](...corners.map((c) => c[k])));
    const apart = Math.sqrt(area(this.area.outer) / wanted); // of a place, as if it were square
    const row = apart * 1.15, seat = apart / 1.15;
    const out: number[] = [];
    for (let u = u0 + row / 2, i = 1; u < u1; u += row, ++i) {
      for (let v = v0 + seat / 2; v < v1; v += seat, ++i) {
        const side = v + seat * 0.35 * (halton(i, 2) - 0.5), deep = u + row * 0.3 * (halton(i, 3) - 0.5);
        const p: Point = [deep * ax - side * ay, deep * ay + side * ax];
        if (inside(this.area.outer, p)) out.push(p[0], p[1], this.floor(p) + SITTING_M);
      }
    }
    return new Float32Array(out);
  }

  private along(p: Point): number {
    return p[0] * this.away[0] + p[1] * this.away[1];
  }
}

/** Low-discrepancy sequence: evenly spread without a pattern (J. H. Halton, 1960). */
function halton(index: number, base: number): number {
  let fraction = 1, value = 0;
  for (let i = index; i > 0; i = Math.floor(i / base)) {
    fraction /= base;
    value += fraction * (i % base);
  }
  return value;
}
