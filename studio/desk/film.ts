// SPDX-License-Identifier: MIT
import type { PlacesChunk } from '../player/scene/spectators';
import type { CrowdFilm, CrowdPhase, CrowdPlaces } from './api';

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
 * The phase that is seen at a time of the day, -1: none. `emergency` (a phase) is seen from its beginning on; else
 * people come, are at their places as the last frame left them, and leave.
 */
export function phaseAt(phases: CrowdPhase[], time_s: number, emergency: number): number {
  if (emergency > 1 && begun(phases[emergency], time_s)) return emergency;
  return begun(phases[1], time_s) ? 1 : begun(phases[0], time_s) ? 0 : -1;
}
const begun = (phase: CrowdPhase | undefined, time_s: number): boolean =>
  phase !== undefined && phase.film.frames > 0 && time_s >= phase.film.begin_s;

export function shotAt(phases: CrowdPhase[], film: CrowdFilm, time_s: number, emergency: number, out: Shot): Shot {
  out.phase = out.frame = -1;
  const k = phaseAt(phases, time_s, emergency);
  if (k < 0) return out;
  const { begin_s, frames } = phases[k]!.film;
  const frame = Math.floor((time_s - begin_s) / film.every_s);
  if (frame >= frames && k > 0) return out;
  out.phase = k;
  out.frame = Math.min(frame, frames - 1);
  return out;
}

/** Reads what /api/crowd/places sends; nothing is copied. */
export function placesOf(buffer: ArrayBuffer): PlacesChunk {
  const [samples, standing, moving] = new Uint32Array(buffer, 0, 3) as unknown as [number, number, number];
  const who = new Uint32Array(buffer, 12, standing + moving);
  const at = 12 + 4 * (standing + moving);
  return {
    samples, who, standing: new Uint16Array(buffer, at, 2 * standing),
    moving: new Uint16Array(buffer, at + 4 * standing, 2 * samples * moving),
  };
}

/** A chunk of places, a frame of it, and the share of the way to the next; chunk -1: nobody is there. */
export interface Moment { phase: number; chunk: number; sample: number; share: number }

/** Of places that are `stride` frames apart. Who is at their places, or still there at the end of the film, stays. */
export function momentAt(phases: CrowdPhase[], places: CrowdPlaces, time_s: number, emergency: number, stride: number, out: Moment): Moment {
  out.chunk = -1;
  const k = out.phase = phaseAt(phases, time_s, emergency);
  if (k < 0) return out;
  const { begin_s, frames } = phases[k]!.places;
  if (frames === 0 || (k > 0 && time_s > begin_s + frames * places.every_s)) return out;
  const at = Math.max(0, Math.min(time_s - begin_s, (frames - 1) * places.every_s)) / (places.every_s * stride);
  out.chunk = Math.floor(at / places.chunk);
  out.sample = Math.floor(at) - out.chunk * places.chunk;
  out.share = at - Math.floor(at);
  return out;
}

/** How far apart the frames are that a clock of this speed needs: at most some 8 a second are seen. */
export const strideOf = (speed: number): number => (speed <= 4 ? 1 : speed <= 15 ? 2 : 4);

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
