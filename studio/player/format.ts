// SPDX-License-Identifier: MIT
/**
 * Reads a block of the format defilada-playback/1 (docs/formats.md):
 *
 *     "DFPB"  u32 length of the head   head: JSON, padded   arrays, each at a multiple of 8
 */
export type Text = Record<string, string>;
export type Point = [number, number];
export type Category = 'foot' | 'mounted' | 'vehicle' | 'aeroplane' | 'helicopter' | 'drone';

export interface Route { name: string; air: boolean; width_m: number; line: Point[] }
export interface Station { name: string; route: number; s_m: number; place: Point }
export interface Area {
  name: string;
  use: 'area' | 'stand' | 'obstacle';
  capacity: number | null;
  height_m: number;
  outer: Point[];
  holes: Point[][];
}
export interface Gait { name: string; speed_mps: number; pace_m: number; cadence_hz: number }
export interface Kind {
  name: string;
  label: Text;
  category: Category;
  length_m: number;
  width_m: number;
  height_m: number;
  gaits: Gait[];
}
export interface Part { label: string; kind: number; exhibits: { name: string; count: number }[] }
export interface Contingent {
  id: string;
  name: string;
  label: Text;
  attributes: Record<string, string>;
  procession: string | null;
  air: boolean;
  place: number;
  people: number;
  first_mover: number;
  movers: number;
  parts: Part[];
  /** A delegation of guests: who watches, with their cars; absent in older playbacks. */
  guest?: boolean;
  /** A formation of the parade, one of those that `contingents` of a summary counts; absent in older playbacks. */
  counted?: boolean;
}
export interface Item {
  id: number;
  name: string;
  label: Text;
  note: string;
  start_s: number;
  end_s: number;
  critical: boolean;
  procession: number | null;
  from: number | null;
  to: number | null;
  statements: { who: string; to: string; text: string }[];
}
export type What = 'item_start' | 'item_end' | 'step_off' | 'head' | 'tail' | 'rank' | 'enters_hold' | 'stands' | 'abeam' | 'halts' | 'drives_on'
  | 'arrives' | 'greeted' | 'departs' | 'there' | 'evolution_starts' | 'evolution_ends';
export type Evolution = 'open order' | 'close order' | 'countermarch' | 'wheel' | 'form line' | 'form column' | 'dress' | 'mark time';
export interface Cue {
  id: string;
  label: string;
  what: What;
  item: number | null;
  contingent: number | null;
  station: number | null;
  /** Of a contingent's drill, as the show file calls it. */
  evolution: Evolution | null;
  t_s: number;
  slack_s: number | null;
  critical: boolean;
  because: string;
}
export interface Finding {
  severity: 'error' | 'warning' | 'note';
  code: string;
  message: string;
  t0_s: number | null;
  t1_s: number | null;
  place: [number, number, number] | null;
  who: string[];
  fix: string | null;
}
/** The spectators as densities; row 0 is the southernmost, a value v of a cell is v / steps people per m². */
export interface CrowdHead {
  x: number;
  y: number;
  cell_m: number;
  columns: number;
  rows: number;
  steps: number;
  /** Stands and areas of the site, and how many have their place in each. */
  zones: { area: number; people: number }[];
}
export interface Conflict { short_by_s: number; statements: string[] }
interface ArrayEntry { type: 'f64' | 'f32' | 'u32'; offset: number; count: number }

export interface Head {
  format: string;
  show: string;
  title: Text;
  language: string;
  zone: string;
  midnight: string;
  offsets: [number, number][];
  origin: { lat_deg: number; lon_deg: number };
  datum: string;
  feasible: boolean;
  start_s: number;
  end_s: number;
  site: { routes: Route[]; stations: Station[]; areas: Area[] };
  kinds: Kind[];
  processions: { name: string; air: boolean; route: number }[];
  contingents: Contingent[];
  items: Item[];
  cues: Cue[];
  findings: Finding[];
  conflicts: Conflict[];
  /** Absent in older playbacks; null where the spectators were not simulated. */
  crowd?: CrowdHead | null;
  arrays: Record<string, ArrayEntry>;
}

/** The tracks as they lie in the block: nothing is copied. Polynomials: all c0, then all c1, … */
export interface TrackArrays {
  path_first_piece: Uint32Array;
  path_piece_count: Uint32Array;
  piece_t0_s: Float64Array;
  piece_t1_s: Float64Array;
  piece_facing_rad: Float64Array;
  piece_x: Float64Array;
  piece_y: Float64Array;
  piece_z: Float64Array;
  piece_nx: Float64Array;
  piece_ny: Float64Array;
  mover_path: Uint32Array;
  mover_contingent: Uint32Array;
  mover_kind: Uint32Array;
  mover_slot: Uint32Array;
  mover_part: Uint32Array;
  mover_left_m: Float32Array;
  mover_dx_m: Float32Array;
  mover_dy_m: Float32Array;
  mover_dz_m: Float32Array;
}

/** Frame f holds until the next: what changes in it is changes[first[f] .. first[f + 1]), each cell << 8 | value. */
export interface CrowdArrays {
  crowd_time_s: Float64Array;
  crowd_first_change: Uint32Array;
  crowd_changes: Uint32Array;
  /** (frame, zone) people at their places. */
  crowd_seated: Uint32Array;
}

export interface Playback { head: Head; tracks: TrackArrays; crowd: CrowdArrays | null }

/** How many a show has, as its summary counts (docs/glossary.md): guests watch, and are in none of it. */
export function countsOf({ contingents, cues }: Head): { contingents: number; cues: number } {
  return {
    contingents: contingents.filter((each) => each.counted ?? (each.procession !== null && each.guest !== true)).length,
    cues: cues.filter((cue) => cue.contingent === null || contingents[cue.contingent]?.guest !== true).length,
  };
}

export const FORMAT = 'defilada-playback/1';
const MAGIC = 0x42504644; // "DFPB", little-endian
const FIRST_BYTE = 8;
const COLUMNS = ['piece_x', 'piece_y', 'piece_z', 'piece_nx', 'piece_ny'] as const;
const MOVER_COLUMNS = ['mover_contingent', 'mover_kind', 'mover_slot', 'mover_part', 'mover_left_m', 'mover_dx_m', 'mover_dy_m', 'mover_dz_m'] as const;
const TYPES = { f64: Float64Array, f32: Float32Array, u32: Uint32Array };

/** What is wrong with a block, in words for people. */
export class FormatError extends Error {}

export function decode(bytes: ArrayBuffer): Playback {
  const head = readHead(bytes);
  const begin = FIRST_BYTE + new DataView(bytes).getUint32(4, true);
  const tracks: Record<string, ArrayBufferView> = {};
  for (const [name, entry] of Object.entries(head.arrays)) {
    const Type = TYPES[entry.type];
    if (Type === undefined) continue; // of a later version
    if (begin + entry.offset + entry.count * Type.BYTES_PER_ELEMENT > bytes.byteLength) {
      throw new FormatError('the playback is cut off');
    }
    tracks[name] = new Type(bytes, begin + entry.offset, entry.count);
  }
  const crowd = head.crowd ? (tracks as unknown as CrowdArrays) : null;
  const playback = { head, tracks: tracks as unknown as TrackArrays, crowd };
  validate(playback);
  if (crowd !== null && head.crowd) validateCrowd(head, head.crowd, crowd);
  return playback;
}

/** Every index points at something, so that nothing behind this has to ask. */
function validate({ head, tracks }: Playback): void {
  const below = (indices: Uint32Array | undefined, limit: number): boolean =>
    indices !== undefined && indices.every((index) => index < limit);
  const paths = tracks.path_first_piece?.length ?? 0;
  const pieces = tracks.piece_t0_s?.length ?? 0;
  const sound = below(tracks.mover_path, paths) && below(tracks.mover_contingent, head.contingents.length) &&
    below(tracks.mover_kind, head.kinds.length) &&
    tracks.path_first_piece.every((first, i) => first + tracks.path_piece_count[i] <= pieces) &&
    COLUMNS.every((name) => tracks[name]?.length === 6 * pieces) &&
    MOVER_COLUMNS.every((name) => tracks[name]?.length === tracks.mover_path.length) &&
    tracks.piece_t1_s?.length === pieces && tracks.piece_facing_rad?.length === pieces;
  if (!sound) throw new FormatError('the playback is damaged: its tracks do not fit together');
}

function validateCrowd(head: Head, crowd: CrowdHead, arrays: CrowdArrays): void {
  const { crowd_time_s: times, crowd_first_change: first, crowd_changes: changes, crowd_seated: seated } = arrays;
  const cells = crowd.columns * crowd.rows;
  const sound = crowd.zones.every((zone) => zone.area < head.site.areas.length) && times !== undefined &&
    first?.length === times.length + 1 && changes?.length === first[times.length] &&
    first.every((at, i) => i === 0 || at >= first[i - 1]) && times.every((time, i) => i === 0 || time >= times[i - 1]) &&
    changes.every((change) => change >>> 8 < cells) && seated?.length === times.length * crowd.zones.length;
  if (!sound) throw new FormatError('the playback is damaged: its spectators do not fit together');
}

function readHead(bytes: ArrayBuffer): Head {
  const view = new DataView(bytes);
  if (bytes.byteLength < FIRST_BYTE || view.getUint32(0, true) !== MAGIC) {
    throw new FormatError('this is no playback');
  }
  const length = view.getUint32(4, true);
  if (FIRST_BYTE + length > bytes.byteLength) throw new FormatError('the playback is cut off');
  const text = new TextDecoder().decode(new Uint8Array(bytes, FIRST_BYTE, length));
  const head = JSON.parse(text) as Head;
  if (head.format !== FORMAT) {
    throw new FormatError(`this player reads ${FORMAT}, the playback is ${head.format}`);
  }
  return head;
}

/** The block out of a page: base64 of a raw deflate stream. */
export async function unpack(base64: string): Promise<ArrayBuffer> {
  const packed = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer();
}
