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
  contingents: number; people: number; movers: number; vehicles: number; aircraft: number; spectators: number; cues: number;
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
export interface Contingent {
  name: string; label: Text; kind: string | null;
  people?: number; movers?: number; depth_m?: number; width_m?: number;
  steps_off_s?: number | null; over_target_s?: number | null; ends_s?: number | null; least_gap_m?: number | null;
  place: Place | null;
}
export interface Procession { name: string; air: boolean; counted: boolean; route: string; order: Contingent[]; place: Place | null }
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
export interface Sections {
  diagnostics: Diagnostic[];
  summary?: Summary; site?: Site; items?: Item[]; processions?: Procession[]; findings?: Finding[]; conflicts?: Conflict[];
  day?: { name: string; label: Text; start_s: number; end_s: number; performs: boolean }[];
}
export interface Plan extends Sections {
  format: string; revision: number; etag: string; saved: boolean; proven: boolean;
  state: 'holds' | 'cannot-hold' | 'wrong'; error: string | null;
  seconds: { read: number; programme: number; tracks: number; proof: number | null; all: number };
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

  constructor(private readonly token: string) {}

  private async ask(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
    const sent: Record<string, string> = { 'X-Defilada-Tab': this.tab, ...headers };
    if (method !== 'GET') sent['X-Defilada-Token'] = this.token;
    const response = await fetch(path, { method, headers: sent, ...(body === undefined ? {} : { body }) });
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
  /** Parts that `base` has as well are filled in from it. */
  async plan(text: string, base: Plan | null, language: string, proof: boolean): Promise<Plan> {
    const query = `?lang=${language}${base === null ? '' : `&base=${base.revision}`}${proof ? '&proof=1' : ''}`;
    return completed(await this.ask('POST', `/api/plan${query}`, text), base);
  }
  async tracks(revision: number, language: string): Promise<ArrayBuffer> {
    return (await this.ask('GET', `/api/tracks?revision=${revision}&lang=${language}`)).arrayBuffer();
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
  return plan;
}
