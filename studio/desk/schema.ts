// SPDX-License-Identifier: MIT
import type { Key, ShowText } from './text';

interface Schema {
  $ref?: string;
  description?: string;
  title?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema | Schema[];
  allOf?: Schema[]; anyOf?: Schema[]; oneOf?: Schema[];
  if?: Schema; then?: Schema; else?: Schema;
  definitions?: Record<string, Schema>;
}
export interface KnownKey { key: string; about: string }

/** All that a schema may mean, its references followed; each once. */
function meanings(schema: Schema | undefined, root: Schema, out: Schema[] = []): Schema[] {
  if (schema === undefined || out.includes(schema)) return out;
  out.push(schema);
  const name = schema.$ref?.replace('#/definitions/', '');
  if (name !== undefined) meanings(root.definitions?.[name], root, out);
  for (const each of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) meanings(each, root, out);
  if (schema === root) meanings(root.else, root, out); // a show, not a catalogue
  return out;
}

function into(schemas: Schema[], key: Key, root: Schema): Schema[] {
  const out: Schema[] = [];
  for (const schema of schemas) {
    const items = Array.isArray(schema.items) ? schema.items[typeof key === 'number' ? key : 0] : schema.items;
    if (items !== undefined) {
      const entries = meanings(items, root);
      if (typeof key === 'number') entries.forEach((each) => out.includes(each) || out.push(each));
      else into(entries, key, root).forEach((each) => out.includes(each) || out.push(each));
    }
    if (typeof key === 'number') continue;
    const own = schema.properties?.[key];
    if (own !== undefined) meanings(own, root, out);
    else if (typeof schema.additionalProperties === 'object') meanings(schema.additionalProperties, root, out);
    for (const [pattern, each] of Object.entries(schema.patternProperties ?? {})) {
      if (own === undefined && new RegExp(pattern, 'u').test(key)) meanings(each, root, out);
    }
  }
  return out;
}

function at(schema: unknown, path: Key[]): Schema[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const root = schema as Schema;
  let now = meanings(root, root);
  for (const key of path) now = into(now, key, root);
  return now;
}

/** The keys that may stand at a path, with what each is for. */
export function keysAt(schema: unknown, path: Key[]): KnownKey[] {
  const found = new Map<string, string>();
  for (const each of at(schema, path)) {
    for (const [key, property] of Object.entries(each.properties ?? {})) {
      if (!found.has(key)) found.set(key, property.description ?? '');
    }
  }
  return [...found].map(([key, about]) => ({ key, about }));
}

/** The words that may stand at a path: those of the schema, and names that the show itself has. */
export function valuesAt(schema: unknown, path: Key[], show: ShowText): string[] {
  const found = at(schema, path);
  const words = found.flatMap((each) => each.enum ?? []).filter((each) => typeof each === 'string');
  const named: Record<string, Key[]> = {
    march: ['marches'], flypast: ['flypasts'], route: ['site', 'routes'], station: ['site', 'stations'], from: ['site', 'stations'], to: ['site', 'stations'],
    over: ['site', 'stations'], after: ['programme'], with: ['programme'], part: ['day'], behind: ['marches'],
  };
  const names = named[String(path[path.length - 1])];
  return [...new Set([...words, ...(names === undefined ? [] : show.names(names))])];
}

/**
 * The keys above a place in a text that somebody is still writing, by indentation and open braces:
 * what a reader of whole documents cannot say. `typed` is what stands there already; `value` says
 * whether a value is being written, of the last key of the path.
 */
export function pathAt(text: string, pos: number): { path: Key[]; typed: string; value: boolean } {
  const begin = text.lastIndexOf('\n', pos - 1) + 1;
  const line = text.slice(begin, pos);
  const flow = flowPath(line);
  const entry = /^(\s*)((?:-\s+)*)(.*)$/.exec(line)!;
  const path = blockPath(text, begin, entry[1]!.length + entry[2]!.length, entry[2] !== '');
  const rest = entry[3]!;
  if (flow === null) {
    const pair = /^("[^"]*"|[^:#{[]+):\s+(.*)$/.exec(rest);
    if (pair !== null) return { path: [...path, bare(pair[1]!)], typed: pair[2]!, value: true };
    return { path, typed: rest, value: false };
  }
  const outer = /^("[^"]*"|[^:#{[]+):\s/.exec(rest);
  const above = outer === null ? path : [...path, bare(outer[1]!)];
  const pair = /^\s*("[^"]*"|[^:,]+):\s+(.*)$/.exec(flow.rest);
  if (pair !== null) return { path: [...above, ...flow.path, bare(pair[1]!)], typed: pair[2]!, value: true };
  return { path: [...above, ...flow.path], typed: flow.rest.trimStart(), value: false };
}

const bare = (key: string): string => key.trim().replace(/^(["'])(.*)\1$/, '$2');

/** Keys of the braces that are open at the end of a line, and what is behind the last ',' or brace. */
function flowPath(line: string): { path: Key[]; rest: string } | null {
  const open: { brace: string; key: string | null; begin: number }[] = [];
  let quote = '';
  for (let i = 0; i < line.length; ++i) {
    const c = line[i]!;
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '{' || c === '[') {
      const inner = open[open.length - 1];
      const key = inner === undefined ? null : /^\s*([^:]+):\s*$/.exec(line.slice(inner.begin, i))?.[1] ?? null;
      open.push({ brace: c, key: key === null ? null : bare(key), begin: i + 1 });
    } else if (c === '}' || c === ']') open.pop();
    else if (c === ',' && open.length > 0) open[open.length - 1]!.begin = i + 1;
  }
  const last = open[open.length - 1];
  if (last === undefined) return null;
  return { path: open.slice(1).map((each) => each.key ?? 0), rest: line.slice(last.begin) };
}

/** Keys of the lines above that are less indented. */
function blockPath(text: string, begin: number, indent: number, dash: boolean): Key[] {
  const path: Key[] = [];
  let least = indent;
  let inList = dash;
  const lines = text.slice(0, begin).split('\n');
  for (let i = lines.length - 2; i >= 0 && least > 0; --i) {
    const line = lines[i]!;
    if (/^\s*(#|$)/.test(line)) continue;
    const entry = /^(\s*)((?:-\s+)*)(.*)$/.exec(line)!;
    const lead = entry[1]!.length, column = lead + entry[2]!.length;
    const key = /^("[^"]*"|[^:#{[]+):(\s|$)/.exec(entry[3]!);
    const above = column < least || (inList && entry[2] === '' && column <= least);
    if (!above || key === null) continue;
    if (inList && entry[2] !== '' && lead >= least - 2) continue; // another entry of the same list
    path.unshift(bare(key[1]!));
    least = column;
    inList = entry[2] !== '';
    if (inList) least = lead + 1;
  }
  return path;
}
