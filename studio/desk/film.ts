// SPDX-License-Identifier: MIT
import type { CrowdFilm, CrowdPhase } from './api';

/** Frames that came together: frame i is values[starts[i] .. starts[i + 1]), each cell << 8 | density in steps. */
export interface Chunk { values: Uint32Array; starts: Uint32Array }

/** Reads what /api/crowd/density sends: of each frame u32 how many cells, then the cells. */
export function chunkOf(buffer: ArrayBuffer): Chunk {
  const values = new Uint32Array(buffer);
  const starts: number[] = [];
  for (let at = 0; at < values.length; at += 1 + values[at]!) starts.push(at + 1);
  return { values, starts: Uint32Array.from(starts) };
}

/** A frame of a phase; -1: nobody is there. */
export interface Shot { phase: number; frame: number }

/**
 * What is seen at a time of the day. `emergency` (a phase) is seen from its beginning on; else people
 * come, are at their places as the last frame left them, and leave.
 */
export function shotAt(phases: CrowdPhase[], film: CrowdFilm, time_s: number, emergency: number, out: Shot): Shot {
  out.phase = out.frame = -1;
  const last = (k: number): number => phases[k]!.film.frames - 1;
  const frameOf = (k: number): number => Math.floor((time_s - phases[k]!.film.begin_s) / film.every_s);
  const begins = (k: number): boolean => phases[k] !== undefined && phases[k].film.frames > 0 && time_s >= phases[k].film.begin_s;
  const k = begins(emergency) && emergency > 1 ? emergency : begins(1) ? 1 : begins(0) ? 0 : -1;
  if (k < 0) return out;
  const frame = frameOf(k);
  if (frame > last(k) && k > 0) return out;
  out.phase = k;
  out.frame = Math.min(frame, last(k));
  return out;
}

/** Puts a frame into the cells of a picture. */
export function fill(cells: Uint8Array, chunk: Chunk, frame: number): void {
  cells.fill(0);
  const begin = chunk.starts[frame];
  if (begin === undefined) return;
  const end = begin + chunk.values[begin - 1]!;
  for (let i = begin; i < end; ++i) cells[chunk.values[i]! >>> 8] = chunk.values[i]! & 255;
}

/** Sum of a curve's values as points of a graph: seconds of the day, value; one point a minute. */
export function pointsOf(begin_s: number, length: number): number[] {
  return Array.from({ length }, (_, i) => begin_s + 60 * i);
}
