// SPDX-License-Identifier: MIT
/** What the server says (docs/studio.md). */
export type Text = Record<string, string>;
export type Point = [number, number];
export interface Place { file: string; line: number; column: number; start: number; end: number }
export interface FileEdit { file: string; start: number; end: number; new: string }
export interface Fix { text: string; edits: FileEdit[] }
export interface Diagnostic {
  severity: 'error' | 'warning' | 'note';
  code: string;
  message: string;
  expected: string;
  suggestion: string;
  place: Place | null;
  notes: { message: string; place: Place | null }[];
}
export interface Summary {
  name: string; title: Text; zone: string; midnight: string; feasible: boolean;
  start_s: number; end_s: number; over_s: number | null;
  contingents: number; people: number; people_by_role: Record<string, number>; movers: number; vehicles: number; aircraft: number; spectators: number; cues: number;
}
export interface Route { name: string; air: boolean; width_m: number; length_m: number; points: Point[]; place: Place | null }
export interface Station { name: string; route: string; s_m: number; point: Point; place: Place | null }
export interface Area { name: string; use: 'area' | 'stand' | 'obstacle'; capacity: number | null; outer: Point[]; place: Place | null }
export interface Site { origin: [number, number]; routes: Route[]; stations: Station[]; areas: Area[] }
export interface Item {
  name: string; label: Text; note: string;
  kind: 'item' | 'march' | 'flypast' | 'review' | 'motorcade';
  procession: string | null; part: string | null;
  start_s: number; end_s: number; slack_s: number | null; critical: boolean; because: string;
  at: { time_s: number; within_s: number; place: Place | null } | null;
  lasts: { least_s: number; most_s: number; place: Place | null } | null;
  after: number;
  place: Place | null;
}
export interface Formation {
  part: string; shape: string; files: number; ranks: number; count: number; leaders: number; head_files: number;
  interval_m: number; distance_m: number; leader_interval_m: number; leader_distance_m: number; spacing_m: number;
  text: string; drawn: boolean; right: boolean;
}
export interface Contingent {
  name: string; label: Text; kind: string | null; formations: Formation[];
  people?: number; movers?: number; depth_m?: number; width_m?: number;
  steps_off_s?: number | null; over_target_s?: number | null; ends_s?: number | null; least_gap_m?: number | null;
  place: Place | null;
}
export interface Procession { name: string; air: boolean; counted: boolean; route: string; order: Contingent[]; place: Place | null }
/** Head and tail of a contingent on its way: [second of the day, metres along the route]. */
export interface Line { procession: string; contingent: string; head: Point[]; tail: Point[] }
export interface Finding {
  severity: 'error' | 'warning' | 'note'; code: string; message: string;
  t0_s: number | null; t1_s: number | null; point: [number, number, number] | null; who: string[];
  fix: Fix | null; place: Place | null;
}
export interface Conflict {
  short_by_s: number; ring: boolean;
  statements: { text: string; physics: boolean; place: Place | null }[];
  fixes: Fix[];
}
export interface Spectators { people: number; gates: number; exits: number; emergencies: { name: string; label: Text }[]; place: Place | null }
export interface Sections {
  diagnostics: Diagnostic[];
  summary?: Summary; site?: Site; items?: Item[]; processions?: Procession[]; lines?: Line[]; findings?: Finding[]; conflicts?: Conflict[];
  spectators?: Spectators | null; variants?: { name: string; label: Text }[];
  day?: { name: string; label: Text; start_s: number; end_s: number; performs: boolean }[];
}
export interface Plan extends Sections {
  format: string; revision: number; etag: string; saved: boolean; proven: boolean;
  state: 'holds' | 'cannot-hold' | 'wrong'; error: string | null;
  seconds: { read: number; programme: number; tracks: number; proof: number | null; all: number };
}
/** A run of the spectators, and what it is of. */
export interface CrowdLine { run: number; etag: string; variant: string; share: number; seed: number; state: 'running' | 'done' | 'stopped' | 'failed' }
/** One that lies where `defilada crowd` and `defilada run` write. */
export type KeptRun = Pick<CrowdLine, 'etag' | 'variant' | 'share' | 'seed'>;
/** As it goes on; without a phase: it has ended. */
export interface CrowdProgress {
  run: number; state: CrowdLine['state']; share: number; message?: string;
  phase?: number; people?: number; in?: number; seated?: number; out?: number; time_s?: number;
}
/** One number a minute from the phase's beginning. */
export type Curve = number[];
export interface CrowdGate {
  name: string; people: number; lanes: number; mean_wait_s: number; longest_wait_s: number; longest_queue: number; longest_queue_s: number;
  queue: Curve; through: Curve;
}
export interface CrowdExit { name: string; people: number; last_s: number | null; most_a_minute: number; through: Curve }
export interface CrowdPhase {
  phase: 'ingress' | 'egress' | 'emergency'; label: Text | null; begin_s: number; end_s: number;
  people: number; seated: number; seated_in_time: number; out: number; last_s: number; last_95_s: number;
  max_density: number; max_density_s: number; max_density_place: Point; max_density_near: string;
  inside: Curve; in_zones: Curve; left: Curve; gates: CrowdGate[]; exits: CrowdExit[];
  film: { begin_s: number; frames: number };
  places: { begin_s: number; frames: number };
  zones: Curve[];
}
export interface CrowdFilm { x: number; y: number; cell_m: number; columns: number; rows: number; every_s: number; chunk: number; steps: number }
/** How places are told: origin + step_m times a number; frames `every_s` apart, `chunk` of them sent together. */
export interface CrowdPlaces { x: number; y: number; step_m: number; every_s: number; chunk: number }
export interface CrowdResult extends CrowdLine {
  format: string; people: number; simulated: number; seated_by_s: number; took_s: number;
  by_hand: { lanes: number; lanes_needed: number; safe_capacity: number };
  phases: CrowdPhase[]; findings: Finding[]; film: CrowdFilm; places: CrowdPlaces;
  zones: { area: number; people: number }[];
}
export interface Takeable { name: string; what: string; title: string | null }
export interface Session { version: string; file: string; languages: string[]; language: string }

export class ServerError extends Error {
  constructor(readonly status: number, readonly code: string, message: string, readonly body: Record<string, unknown>) {
    super(message);
  }
}

export class Api {
  readonly tab = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');

  /** `ahead`: answers to be, by address, that were asked for already; each is taken up once. */
  constructor(private readonly token: string, private readonly ahead = new Map<string, Promise<Response>>()) {}

  /** What is looked at can be changed by this page, too. */
  get writable(): boolean {
    return this.token !== '';
  }

  private async ask(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
    const sent: Record<string, string> = { 'X-Defilada-Tab': this.tab, ...headers };
    if (method !== 'GET') sent['X-Defilada-Token'] = this.token;
    const early = method === 'GET' ? this.ahead.get(path) : undefined;
    this.ahead.delete(path);
    const response = await (early ?? fetch(path, { method, headers: sent, ...(body === undefined ? {} : { body }) }));
    if (response.ok) return response;
    const text = await response.text();
    let said: Record<string, unknown> = {};
    try {
      said = JSON.parse(text) as Record<string, unknown>;
    } catch {
      said = { message: text };
    }
    throw new ServerError(response.status, String(said['error'] ?? ''), String(said['message'] ?? text), said);
  }

  async session(): Promise<Session> {
    return (await (await this.ask('GET', '/api/session')).json()) as Session;
  }
  async text(): Promise<{ text: string; etag: string }> {
    const response = await this.ask('GET', '/api/show');
    return { text: await response.text(), etag: response.headers.get('ETag') ?? '' };
  }
  async save(text: string, etag: string): Promise<string> {
    const response = await this.ask('PUT', '/api/show', text, { 'If-Match': etag });
    return response.headers.get('ETag') ?? '';
  }
  /** Parts that `base` has as well are filled in from it; so are the variants, which are looked at with the proof. */
  async plan(text: string, base: Plan | null, language: string, proof: boolean): Promise<Plan> {
    const query = `?lang=${language}${base === null ? '' : `&base=${base.revision}`}${proof ? '&proof=1' : '&quick=1'}`;
    return completed(await this.ask('POST', `/api/plan${query}`, text), base);
  }
  /** What the server has planned of the saved text, as soon as it has; by default in its own language. */
  async saved(language: string | null, base: Plan | null = null): Promise<Plan> {
    const query = [...(language === null ? [] : [`lang=${language}`]), ...(base === null ? [] : [`base=${base.revision}`])].join('&');
    return completed(await this.ask('GET', `/api/plan${query === '' ? '' : `?${query}`}`), base);
  }
  async tracks(revision: number, language: string): Promise<ArrayBuffer> {
    return (await this.ask('GET', `/api/tracks?revision=${revision}&lang=${language}`)).arrayBuffer();
  }
  /** Those of the saved text, and of which plan they are; null: its text has errors. */
  async savedTracks(language: string | null): Promise<{ revision: number; block: ArrayBuffer } | null> {
    const response = await this.ask('GET', `/api/tracks?any${language === null ? '' : `&lang=${language}`}`);
    if (response.status === 204) return null; // the text has errors
    return { revision: Number(response.headers.get('X-Defilada-Revision')), block: await response.arrayBuffer() };
  }
  async crowds(): Promise<{ runs: CrowdLine[]; kept: KeptRun | null }> {
    return (await (await this.ask('GET', '/api/crowd')).json()) as { runs: CrowdLine[]; kept: KeptRun | null };
  }
  /** What the command line has simulated of this text. */
  async openCrowd(text: string): Promise<CrowdLine> {
    return (await (await this.ask('POST', '/api/crowd/open', text)).json()) as CrowdLine;
  }
  async beginCrowd(text: string, share: number, variant: string): Promise<CrowdLine> {
    return (await (await this.ask('POST', `/api/crowd?share=${share}&variant=${encodeURIComponent(variant)}`, text)).json()) as CrowdLine;
  }
  async stopCrowd(): Promise<void> {
    await this.ask('POST', '/api/crowd/stop', '');
  }
  async crowd(run: number, language: string): Promise<CrowdResult> {
    return (await (await this.ask('GET', `/api/crowd?run=${run}&lang=${language}`)).json()) as CrowdResult;
  }
  async density(run: number, phase: number, chunk: number): Promise<ArrayBuffer> {
    return (await this.ask('GET', `/api/crowd/density?run=${run}&phase=${phase}&chunk=${chunk}`)).arrayBuffer();
  }
  async places(run: number, phase: number, chunk: number, stride: number): Promise<ArrayBuffer> {
    return (await this.ask('GET', `/api/crowd/places?run=${run}&phase=${phase}&chunk=${chunk}&stride=${stride}`)).arrayBuffer();
  }
  /** The catalogues that a show may use, as they are written. */
  async catalogues(): Promise<{ name: string; text: string }[]> {
    const files = (await (await this.ask('GET', '/api/files')).json()) as string[];
    const own = files.filter((each) => /^files\/catalogue\/.*\.ya?ml$/.test(each));
    return Promise.all(own.map(async (file) => ({
      name: file.slice(file.lastIndexOf('/') + 1).replace(/\.ya?ml$/, ''), text: await (await this.ask('GET', `/${file}`)).text(),
    })));
  }
  async schema(): Promise<unknown> {
    return (await this.ask('GET', '/api/schema')).json();
  }
  async takeable(revision: number, language: string): Promise<Takeable[]> {
    return (await (await this.ask('GET', `/api/downloads?revision=${revision}&lang=${language}`)).json()) as Takeable[];
  }
}

async function completed(response: Response, base: Plan | null): Promise<Plan> {
  const plan = (await response.json()) as Plan & { unchanged: (keyof Sections)[] };
  for (const name of plan.unchanged) Object.assign(plan, { [name]: base?.[name] });
  if (plan.variants === undefined && base?.variants !== undefined) plan.variants = base.variants;
  return plan;
}
