// SPDX-License-Identifier: MIT
import type { Formation } from './api';
import type { Edit, Key, ShowText } from './text';

/** A figure of a formation that can be edited: its key in the file, and what it is now. */
export interface Field { key: string; kind: 'count' | 'metres' | 'text'; value: number | string; least: number; step: number }

const count = (key: string, value: number, least = 1): Field => ({ key, kind: 'count', value, least, step: 1 });
const metres = (key: string, value: number): Field => ({ key, kind: 'metres', value: Number(value.toFixed(3)), least: 0.1, step: value < 5 ? 0.05 : 1 });

/** The fields of each shape, in the order in which they are written. */
export function fieldsOf(of: Formation): Field[] {
  const interval = metres('interval', of.interval_m), distance = metres('distance', of.distance_m);
  switch (of.shape) {
    case 'block': return [count('files', of.files), count('ranks', of.ranks), interval, distance, count('leaders', of.leaders, 0)];
    case 'column': return [count('count', of.count), count('abreast', of.files), interval, distance, count('leaders', of.leaders, 0)];
    case 'arrow': case 'vic': case 'diamond': case 'echelon': return [count('count', of.count), interval, distance];
    case 'line abreast': return [count('count', of.count), interval];
    case 'trail': return [count('count', of.count), distance];
    case 'box': return [interval, distance];
    case 'ring': return [count('count', of.count), metres('spacing', of.spacing_m)];
    case 'figure': return [...(of.drawn ? [] : [{ key: 'text', kind: 'text', value: of.text, least: 0, step: 0 } as Field]), count('slots', of.count), metres('spacing', of.spacing_m)];
    default: return [];
  }
}

/** Of a block, what is written only where it says something. */
function further(of: Formation): [string, string][] {
  if (of.shape === 'echelon' && of.right) return [['side', 'right']];
  if (of.shape !== 'block') return [];
  return [
    ...(of.head_files > 0 ? [['head files', String(of.head_files)] as [string, string]] : []),
    ...(of.leaders > 0 && of.leader_interval_m > 0 ? [['leader interval', metresOf(of.leader_interval_m)] as [string, string]] : []),
    ...(of.leaders > 0 && of.leader_distance_m > 0 ? [['leader distance', metresOf(of.leader_distance_m)] as [string, string]] : []),
  ];
}

const metresOf = (value: number): string => `${Number(value.toFixed(3))} m`;

/** As the file has it; a text in quotes where it would be taken for something else. */
function written(field: Field, value: number | string): string {
  if (field.kind === 'metres') return metresOf(Number(value));
  if (field.kind === 'count') return String(Math.round(Number(value)));
  return /^[A-Za-z0-9][A-Za-z0-9 ]*$/.test(String(value)) ? String(value) : JSON.stringify(String(value));
}

/**
 * Sets one figure of a formation: where it stands, if it is written for this contingent; else the whole formation
 * is written, since a formation is taken from elsewhere whole or not at all. None: it can only be edited in the text.
 */
export function reformed(show: ShowText, path: Key[], of: Formation, key: string, value: number | string): Edit[] {
  const fields = fieldsOf(of);
  const field = fields.find((each) => each.key === key);
  if (field === undefined || (field.kind !== 'text' && !(Number(value) >= field.least))) return [];
  if (field.kind === 'text' && String(value).trim() === '') return [];
  const own = [...path, of.shape];
  if (show.source(own).startsWith('{') || show.source([...own, key]) !== '') return show.set([...own, key], written(field, value));
  const shorthand = show.source(own);
  if (shorthand !== '' && key === 'count' && /^\d+$/.test(shorthand)) return show.set(own, written(field, value));
  if (of.shape === 'figure') return []; // whose eyes it is for is written there, too
  const parts = [...fields.map((each) => `${each.key}: ${written(each, each.key === key ? value : each.value)}`), ...further(of).map(([k, v]) => `${k}: ${v}`)];
  const whole = `{${parts.join(', ')}}`;
  if (shorthand !== '') return show.set(own, whole);
  return show.at(path) === undefined ? [] : show.set(own, whole);
}
