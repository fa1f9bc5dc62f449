// SPDX-License-Identifier: MIT
import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import type { Conflict, Line } from './api';
import { ShowText, applied, difference, type Edit, type Key, Offsets, quoted } from './text';

export type Category = 'foot' | 'mounted' | 'vehicle' | 'aeroplane' | 'helicopter' | 'drone';
/** A kind of a catalogue, or of the show itself (`catalogue` null). */
export interface Kind {
  name: string; label: Record<string, string>; category: Category; catalogue: string | null;
  length_m: number; width_m: number; height_m: number; separation_m: number; gaits: string[];
}
const CATEGORIES: Category[] = ['foot', 'mounted', 'vehicle', 'aeroplane', 'helicopter', 'drone'];
export const flies = (category: Category): boolean => ['aeroplane', 'helicopter', 'drone'].includes(category);

const text = (map: YAMLMap, key: string): string => String(map.get(key) ?? '');
const metres = (value: unknown): number => {
  const found = /^([\d.]+)\s*(m|cm|ft|in)?$/.exec(String(value ?? '').trim());
  return found === null ? 0 : Number(found[1]) * ({ cm: 0.01, ft: 0.3048, in: 0.0254 }[found[2] ?? ''] ?? 1);
};

/** The kinds that a catalogue's text, or a show's, has. What cannot be read is left out: the reader says why. */
export function kindsOf(source: string, catalogue: string | null): Kind[] {
  const root = parseDocument(source, { schema: 'failsafe' }).contents;
  const kinds = isMap(root) ? root.get('kinds') : null;
  if (!isMap(kinds)) return [];
  const found: Kind[] = [];
  for (const { key, value } of kinds.items) {
    if (!isScalar(key) || !isMap(value)) continue;
    const category = text(value, 'category') as Category;
    const body = value.get('body'), label = value.get('label'), gaits = value.get('gaits'), apart = value.get('separation');
    if (!CATEGORIES.includes(category) || !isMap(body)) continue;
    found.push({
      name: String(key.value), category, catalogue,
      label: isMap(label) ? Object.fromEntries(label.items.map((each) => [String(each.key), String(each.value)])) : { en: String(label ?? key.value) },
      length_m: metres(body.get('length')), width_m: metres(body.get('width')), height_m: metres(body.get('height')),
      separation_m: metres(isMap(apart) ? apart.get('horizontal') : apart), // aircraft have another above and below
      gaits: typeof gaits === 'object' && gaits !== null && 'items' in gaits ? (gaits.items as unknown[]).map(String) : [],
    });
  }
  return found;
}

const rounded = (m: number): string => `${Number(Math.max(0.5, m).toFixed(m < 3 ? 1 : 0))} m`;

/** A formation to begin with, wide enough that nobody stands too near to anybody. */
export function formationOf(kind: Kind): string {
  const beside = Math.max(kind.separation_m, 1.3 * kind.width_m), behind = Math.max(kind.separation_m, 1.6 * kind.length_m);
  switch (kind.category) {
    case 'foot':
      return kind.width_m < 1 ? 'block: {files: 6, ranks: 8, interval: 0.9 m, distance: 1.2 m, leaders: 1}'
        : `column: {count: 1, interval: ${rounded(beside)}, distance: ${rounded(behind)}}`;
    case 'mounted': return `block: {files: 4, ranks: 4, interval: ${rounded(Math.max(1.6, beside))}, distance: ${rounded(Math.max(4, behind))}, leaders: 1}`;
    case 'vehicle': return `column: {count: 4, abreast: 2, interval: ${rounded(beside + 1)}, distance: ${rounded(behind + 4)}}`;
    default: return `vic: {count: 3, interval: ${rounded(1.2 * beside)}, distance: ${rounded(1.2 * behind)}}`;
  }
}

/** Puts a contingent of a kind at the end of an order of march; its catalogue comes along. */
export function newContingent(show: ShowText, order: Key[], name: string, kind: Kind, gait: boolean): Edit[] {
  let now = show;
  const then = (edits: Edit[]): void => { now = new ShowText(applied(now.text, edits)); };
  if (kind.catalogue !== null && !now.names(['use']).includes(kind.catalogue)) {
    then(now.at(['use']) === undefined ? now.add([], 'use', `[${kind.catalogue}]`) : now.append(['use'], kind.catalogue));
  }
  const own = gait && kind.gaits[0] !== undefined ? `, gait: ${quoted(kind.gaits[0])}` : '';
  then(now.append(order, `${quoted(name)}: {kind: ${kind.name}, ${formationOf(kind)}${own}}`));
  return difference(show.text, now.text);
}

/** A contingent that has been put into a show's text, which cannot hold with it. */
export interface Added { show: ShowText; file: string; order: Key[]; name: string; ahead: Line | undefined }

/**
 * The edit that gives an added contingent a spacing of its own, wider than its march's, where that is what cannot hold: as
 * wide as the planner's sentence asks for. Null where the conflicts are about something else.
 */
export function spacedOut(added: Added, conflicts: Conflict[]): { edits: Edit[]; amount: string } | null {
  const { show, order, name } = added;
  const own = [...order, name], offsets = new Offsets(show.text);
  for (const [owner, key] of [[own, 'headway'], [own, 'gap'], [order.slice(0, -1), 'headway'], [order.slice(0, -1), 'gap']] as const) {
    const place = show.place([...owner, key]);
    if (place === null) continue;
    const inside = (from: number, to: number): boolean => from >= place[0] && to <= place[1];
    const here = (each: { file: string; start: number; end: number }): boolean =>
      each.file === added.file && inside(offsets.unit(each.start), offsets.unit(each.end));
    const conflict = conflicts.find((each) => each.statements.some((one) => one.place !== null && here(one.place)));
    if (conflict === undefined) return null; // a nearer spacing hides a farther one
    const amount = conflict.fixes.flatMap((fix) => fix.edits).find(here)?.new ?? fartherBy(show.source([...owner, key, 'distance']), conflict, added.ahead);
    if (amount === null) return null;
    const part = show.at([...owner, key, 'time']) === undefined ? 'distance' : 'time';
    const source = `{${show.entries([...owner, key]).map((each) => `${each.key}: ${each.key === part ? amount : each.source}`).join(', ')}}`;
    return { edits: owner === own ? show.set([...own, key], source) : show.add(own, key, source), amount };
  }
  return null;
}

/** What the one ahead marches at most in the seconds that are missing is added to a distance. */
function fartherBy(distance: string, conflict: Conflict, ahead: Line | undefined): string | null {
  const now = metres(distance);
  if (now === 0 || ahead === undefined) return null;
  const speeds = ahead.tail.slice(1).map(([t, s], i) => (s - ahead.tail[i]![1]) / (t - ahead.tail[i]![0])).filter(Number.isFinite);
  return `${Math.ceil(now + conflict.short_by_s * Math.max(0, ...speeds))} m`;
}
