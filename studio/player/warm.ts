// SPDX-License-Identifier: MIT
import type { WebGLRenderer } from 'three';
import { WallClock } from './clock';
import { FORMAT, type Head, type Playback, type TrackArrays } from './format';
import { rendererOn, Stage } from './stage';
import { Tracks } from './tracks';

/** A show of nothing. */
function nothing(): Playback {
  const head: Head = {
    format: FORMAT, show: '', title: {}, language: 'en', zone: 'UTC', midnight: '2000-01-01T00:00:00Z', offsets: [[0, 0]],
    origin: { lat_deg: 0, lon_deg: 0 }, datum: '', feasible: true, start_s: 0, end_s: 1, site: { routes: [], stations: [], areas: [] },
    kinds: [], processions: [], contingents: [], items: [], cues: [], findings: [], conflicts: [], crowd: null, arrays: {},
  };
  const whole = (): Uint32Array => new Uint32Array(0), single = (): Float32Array => new Float32Array(0), double = (): Float64Array => new Float64Array(0);
  const tracks: TrackArrays = {
    path_first_piece: whole(), path_piece_count: whole(), piece_t0_s: double(), piece_t1_s: double(), piece_facing_rad: double(),
    piece_x: double(), piece_y: double(), piece_z: double(), piece_nx: double(), piece_ny: double(), mover_path: whole(), mover_contingent: whole(),
    mover_kind: whole(), mover_slot: whole(), mover_part: whole(), mover_left_m: single(), mover_dx_m: single(), mover_dy_m: single(), mover_dz_m: single(),
  };
  return { head, tracks, crowd: null };
}

/**
 * A renderer whose programs the graphics card makes while the show is still on its way: a stage without a show asks for
 * those of the first picture, and for nothing else. The stage may go when another has drawn.
 */
export function warm(canvas: HTMLCanvasElement, context: WebGL2RenderingContext): { renderer: WebGLRenderer; stage: Stage } {
  const renderer = rendererOn(canvas, context);
  const empty = nothing();
  const stage = new Stage(canvas, empty.head, new Tracks(empty), new WallClock(empty.head), { renderer });
  stage.compile();
  return { renderer, stage };
}
