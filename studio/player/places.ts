// SPDX-License-Identifier: MIT
import type { Head, Point } from './format';
import { nearest } from './scene/shapes';
import { halfWidth } from './scene/site';
import { type Stand } from './scene/stand';
import { ALIVE, NX, NY, SPEED, STRIDE, type Tracks, X, Y, Z } from './tracks';

/** Where the contingents are: the middle of each, its speed and the way it goes. */
export class Contingents {
  /** (contingent) x, y, z, there (0 or 1), speed m/s, direction x, direction y. */
  readonly state: Float64Array;
  static readonly STRIDE = 7;
  private readonly parts: { contingent: number; path: number; count: number; left: number; dx: number; dy: number; dz: number }[] = [];
  private readonly counts: Float64Array;

  constructor(head: Head, private readonly tracks: Tracks) {
    this.state = new Float64Array(head.contingents.length * Contingents.STRIDE);
    this.counts = new Float64Array(head.contingents.length);
    const a = tracks.arrays;
    const found = new Map<number, number>();
    for (let m = 0; m < tracks.movers; ++m) {
      const key = a.mover_contingent[m] * tracks.paths + a.mover_path[m];
      let i = found.get(key);
      if (i === undefined) {
        i = this.parts.length;
        found.set(key, i);
        this.parts.push({ contingent: a.mover_contingent[m], path: a.mover_path[m], count: 0, left: 0, dx: 0, dy: 0, dz: 0 });
      }
      const part = this.parts[i];
      part.count += 1;
      part.left += a.mover_left_m[m];
      part.dx += a.mover_dx_m[m];
      part.dy += a.mover_dy_m[m];
      part.dz += a.mover_dz_m[m];
    }
  }

  /** After Tracks.at(). */
  update(): void {
    const { state, counts } = this;
    const s = this.tracks.state;
    state.fill(0);
    counts.fill(0);
    for (const part of this.parts) {
      const base = part.path * STRIDE;
      if (s[base + ALIVE] === 0) continue;
      const at = part.contingent * Contingents.STRIDE;
      state[at] += part.count * s[base + X] + part.left * s[base + NX] + part.dx;
      state[at + 1] += part.count * s[base + Y] + part.left * s[base + NY] + part.dy;
      state[at + 2] += part.count * s[base + Z] + part.dz;
      state[at + 4] += part.count * s[base + SPEED];
      state[at + 5] += part.count * s[base + NY];
      state[at + 6] -= part.count * s[base + NX];
      counts[part.contingent] += part.count;
    }
    for (let c = 0; c < counts.length; ++c) {
      if (counts[c] === 0) continue;
      const at = c * Contingents.STRIDE;
      for (let k = 0; k < Contingents.STRIDE; ++k) state[at + k] /= counts[c];
      state[at + 3] = 1;
    }
  }

  there(contingent: number): boolean {
    return this.state[contingent * Contingents.STRIDE + 3] === 1;
  }
}

/** The point that the show is about, and which way it is passed. */
export interface Focus { point: Point; direction: Point; half_m: number }

/** Where the first march counts from; else the station, on the ground if any is, nearest to the spectators. */
export function focusOf(head: Head, stands: Stand[]): Focus {
  const { stations, routes } = head.site;
  const onGround = stations.filter((s) => routes[s.route]?.air === false);
  const ground = onGround.length > 0 ? onGround : stations; // of a flypast: below its line
  const counted = head.items.map((item) => (item.from === null ? undefined : stations[item.from]));
  const cost = (p: Point): number => stands.reduce((sum, stand) =>
    sum + (stand.area.capacity ?? 1) * Math.hypot(stand.middle[0] - p[0], stand.middle[1] - p[1]), 0);
  const station = counted.find((s) => s !== undefined && ground.includes(s)) ??
    [...ground].sort((a, b) => cost(a.place) - cost(b.place))[0];
  const route = routes[station?.route ?? 0];
  const point = station?.place ?? route?.line[0] ?? [0, 0];
  return route === undefined ? { point, direction: [1, 0], half_m: 3 }
    : { point, direction: nearest(route.line, point).direction, half_m: halfWidth(route) };
}

/** Middle of the spectators near a point, weighted by their number. */
export function spectatorsOf(stands: Stand[], [px, py]: Point): Point | null {
  let n = 0, x = 0, y = 0;
  for (const stand of stands) {
    const w = (stand.area.capacity ?? 1) / (1 + (Math.hypot(stand.middle[0] - px, stand.middle[1] - py) / 200) ** 2);
    n += w;
    x += w * stand.middle[0];
    y += w * stand.middle[1];
  }
  return n === 0 ? null : [x / n, y / n];
}
