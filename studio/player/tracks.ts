// SPDX-License-Identifier: MIT
import type { Kind, Playback, TrackArrays } from './format';

/**
 * Where every path is at an instant; a mover is at `left` along its normal. Paths are few (a rank or
 * a whole contingent each), so they are evaluated here, in full precision, and the graphics card
 * places the movers. No object is made after the constructor.
 */
export const STRIDE = 12;
export const X = 0, Y = 1, Z = 2, ALIVE = 3, NX = 4, NY = 5, COS = 6, SIN = 7;
/** Phase of the step (rad, a step is π), reach of the step (rad), bank (rad), speed (m/s). */
export const PHASE = 8, REACH = 9, BANK = 10, SPEED = 11;

const ORDER = 6;
const GRAVITY = 9.80665;
const LEG_SHARE = 0.5; // of a body's height
const DEFAULT_PACE_M = 0.75;
const STANDING_MPS = 0.05;

export interface Place { x: number; y: number; z: number; alive: boolean }

export class Tracks {
  readonly paths: number;
  readonly movers: number;
  /** STRIDE numbers a path, as of the last at(). */
  readonly state: Float64Array;
  /** Movers by path: those of path p are order[first[p] .. first[p + 1]). */
  readonly order: Uint32Array;
  readonly first: Uint32Array;
  /** First and last second of any track. */
  readonly begin_s: number;
  readonly end_s: number;
  readonly arrays: TrackArrays;
  /** Half the extent of a path's movers about it, m. */
  readonly radius: Float32Array;

  private readonly cursor: Uint32Array;
  private readonly pieces: number;
  private readonly piecePace: Float32Array; // m a step; 0: not on foot
  private readonly piecePhase: Float64Array; // at the piece's beginning
  private readonly reachOf: Float32Array; // (piece) rad

  constructor(playback: Playback) {
    const arrays = playback.tracks;
    this.arrays = arrays;
    this.paths = arrays.path_first_piece.length;
    this.movers = arrays.mover_path.length;
    this.pieces = arrays.piece_t0_s.length;
    this.state = new Float64Array(this.paths * STRIDE);
    this.cursor = Uint32Array.from(arrays.path_first_piece);
    this.first = new Uint32Array(this.paths + 1);
    this.order = new Uint32Array(this.movers);
    this.radius = new Float32Array(this.paths);
    this.sortByPath();
    this.piecePace = new Float32Array(this.pieces);
    this.piecePhase = new Float64Array(this.pieces);
    this.reachOf = new Float32Array(this.pieces);
    this.measureSteps(playback.head.kinds);
    this.begin_s = this.pieces === 0 ? 0 : arrays.piece_t0_s.reduce((a, b) => Math.min(a, b));
    this.end_s = this.pieces === 0 ? 0 : arrays.piece_t1_s.reduce((a, b) => Math.max(a, b));
  }

  /** Sets `state` to the instant t_s. In two turns, each small enough to be compiled in one piece: numbers that go from
   *  one function to another would be objects. */
  at(t_s: number): void {
    for (let path = 0; path < this.paths; ++path) this.place(path, t_s);
    for (let path = 0; path < this.paths; ++path) this.gait(path, t_s);
  }

  /** Where a mover is, as of the last at(). Writes into `out`. */
  mover(mover: number, out: Place): Place {
    const a = this.arrays;
    const base = a.mover_path[mover] * STRIDE;
    const s = this.state;
    const left = a.mover_left_m[mover];
    out.alive = s[base + ALIVE] > 0;
    out.x = s[base + X] + left * s[base + NX] + a.mover_dx_m[mover];
    out.y = s[base + Y] + left * s[base + NY] + a.mover_dy_m[mover];
    out.z = s[base + Z] + a.mover_dz_m[mover];
    return out;
  }

  /** A path at any instant, beside `state`: x, y, z, 1 where it is there, normal x, y into `out`. */
  sample(path: number, t_s: number, out: Float64Array): void {
    const a = this.arrays;
    const begin = a.path_first_piece[path];
    const end = begin + a.path_piece_count[path];
    out[3] = begin < end && t_s >= a.piece_t0_s[begin] && t_s <= a.piece_t1_s[end - 1] ? 1 : 0;
    if (out[3] === 0) return;
    const piece = this.pieceAt(path, begin, end, t_s);
    const dt = t_s - a.piece_t0_s[piece];
    out[0] = this.value(a.piece_x, piece, dt);
    out[1] = this.value(a.piece_y, piece, dt);
    out[2] = this.value(a.piece_z, piece, dt);
    out[4] = this.value(a.piece_nx, piece, dt);
    out[5] = this.value(a.piece_ny, piece, dt);
  }

  private place(path: number, t_s: number): void {
    const a = this.arrays;
    const s = this.state;
    const base = path * STRIDE;
    const begin = a.path_first_piece[path];
    const end = begin + a.path_piece_count[path];
    if (begin === end || t_s < a.piece_t0_s[begin] || t_s > a.piece_t1_s[end - 1]) {
      s[base + ALIVE] = 0;
      return;
    }
    const piece = this.pieceAt(path, begin, end, t_s);
    const dt = t_s - a.piece_t0_s[piece];
    const nx = this.value(a.piece_nx, piece, dt);
    const ny = this.value(a.piece_ny, piece, dt);
    s[base + X] = this.value(a.piece_x, piece, dt);
    s[base + Y] = this.value(a.piece_y, piece, dt);
    s[base + Z] = this.value(a.piece_z, piece, dt);
    s[base + ALIVE] = 1;
    s[base + NX] = nx;
    s[base + NY] = ny;
    // The normal points to the left of the direction (ny, -nx); bodies may look elsewhere.
    const facing = a.piece_facing_rad[piece];
    const c = Math.cos(facing), d = Math.sin(facing);
    s[base + COS] = ny * c + nx * d;
    s[base + SIN] = ny * d - nx * c;
  }

  /** After place(), which leaves the cursor on the path's piece. */
  private gait(path: number, t_s: number): void {
    const a = this.arrays;
    const s = this.state;
    const base = path * STRIDE;
    if (s[base + ALIVE] === 0) return;
    const piece = this.cursor[path];
    const dt = t_s - a.piece_t0_s[piece];
    const nx = s[base + NX], ny = s[base + NY];
    const speed = this.speed(piece, dt);
    s[base + SPEED] = speed;
    const pace = this.piecePace[piece];
    if (pace > 0) {
      const walked = (dt / 6) * (this.speed(piece, 0) + 4 * this.speed(piece, dt / 2) + speed);
      s[base + PHASE] = (this.piecePhase[piece] + (Math.PI * walked) / pace) % (2 * Math.PI);
      s[base + REACH] = this.reachOf[piece] * Math.min(1, Math.max(0, speed / 0.6 - STANDING_MPS));
      s[base + BANK] = 0;
    } else {
      const turn = nx * this.slope(a.piece_ny, piece, dt) - ny * this.slope(a.piece_nx, piece, dt);
      s[base + PHASE] = 0;
      s[base + REACH] = 0;
      s[base + BANK] = Math.atan((speed * turn) / GRAVITY);
    }
  }

  private pieceAt(path: number, begin: number, end: number, t_s: number): number {
    const t0 = this.arrays.piece_t0_s;
    let piece = this.cursor[path];
    if (t_s < t0[piece] || (piece + 1 < end && t_s >= t0[piece + 1])) {
      let low = begin, high = end; // the last piece in [low, high) that begins by t_s
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (t0[middle] <= t_s) low = middle; else high = middle;
      }
      piece = low;
      this.cursor[path] = piece;
    }
    return piece;
  }

  private value(c: Float64Array, piece: number, dt: number): number {
    const n = this.pieces;
    let value = c[(ORDER - 1) * n + piece];
    for (let k = ORDER - 2; k >= 0; --k) value = value * dt + c[k * n + piece];
    return value;
  }

  private slope(c: Float64Array, piece: number, dt: number): number {
    const n = this.pieces;
    let value = (ORDER - 1) * c[(ORDER - 1) * n + piece];
    for (let k = ORDER - 2; k >= 1; --k) value = value * dt + k * c[k * n + piece];
    return value;
  }

  private speed(piece: number, dt: number): number {
    const a = this.arrays;
    const x = this.slope(a.piece_x, piece, dt), y = this.slope(a.piece_y, piece, dt);
    return Math.sqrt(x * x + y * y); // Math.hypot makes a list of its arguments
  }

  private sortByPath(): void {
    const { mover_path, mover_left_m, mover_dx_m, mover_dy_m } = this.arrays;
    for (let m = 0; m < this.movers; ++m) this.first[mover_path[m] + 1] += 1;
    for (let p = 0; p < this.paths; ++p) this.first[p + 1] += this.first[p];
    const next = Uint32Array.from(this.first);
    for (let m = 0; m < this.movers; ++m) {
      const p = mover_path[m];
      this.order[next[p]++] = m;
      const reach = Math.abs(mover_left_m[m]) + Math.hypot(mover_dx_m[m], mover_dy_m[m]);
      this.radius[p] = Math.max(this.radius[p], reach);
    }
  }

  /** Counts the steps along each path, so that feet move with the ground at every speed. */
  private measureSteps(kinds: Kind[]): void {
    const a = this.arrays;
    for (let path = 0; path < this.paths; ++path) {
      if (this.first[path] === this.first[path + 1]) continue;
      const kind = kinds[a.mover_kind[this.order[this.first[path]]]];
      if (kind.category !== 'foot' && kind.category !== 'mounted') continue;
      let phase = 0;
      const begin = a.path_first_piece[path];
      for (let i = begin; i < begin + a.path_piece_count[path]; ++i) {
        const lasts = a.piece_t1_s[i] - a.piece_t0_s[i];
        const middle = this.speed(i, lasts / 2);
        const pace = paceAt(kind, middle);
        this.piecePace[i] = pace;
        this.reachOf[i] = Math.asin(Math.min(0.8, pace / 2 / (LEG_SHARE * kind.height_m)));
        this.piecePhase[i] = phase;
        const length = (lasts / 6) * (this.speed(i, 0) + 4 * middle + this.speed(i, lasts));
        phase = (phase + (Math.PI * length) / pace) % (2 * Math.PI);
      }
    }
  }
}

function paceAt(kind: Kind, speed_mps: number): number {
  let pace = DEFAULT_PACE_M;
  let nearest = Infinity;
  for (const gait of kind.gaits) {
    const off = Math.abs(gait.speed_mps - speed_mps);
    if (gait.pace_m > 0 && off < nearest) {
      nearest = off;
      pace = gait.pace_m;
    }
  }
  return pace;
}
