// SPDX-License-Identifier: MIT
import { type Document, isMap, isPair, isScalar, isSeq, type Pair, parseDocument, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';

/**
 * Edits of the show file's text. The document model of `yaml` says where in the text something stands;
 * only that stretch is replaced, so that comments, order and spaces of everything else stay to the letter.
 */
export interface Edit { from: number; to: number; insert: string }
export type Key = string | number;
type Map = YAMLMap<ParsedNode, ParsedNode | null>;
type Seq = YAMLSeq<ParsedNode>;

export class ShowText {
  private readonly doc: Document.Parsed;

  constructor(readonly text: string) {
    this.doc = parseDocument(text, { keepSourceTokens: false, strict: false, uniqueKeys: false, logLevel: 'silent', schema: 'failsafe' });
  }

  /**
   * The node at a path of keys and places. In a list, a key finds the entry that has that one key:
   * ['programme', 'welcome'] is the value of `- welcome: …`. Undefined: no such thing; null: no value.
   */
  at(path: Key[]): ParsedNode | null | undefined {
    let node: ParsedNode | null | undefined = this.doc.contents;
    for (const key of path) {
      if (isSeq(node) && typeof key === 'number') node = node.items[key] as ParsedNode | undefined;
      else if (isSeq(node)) node = valueOf(pairIn(node as Seq, String(key)));
      else if (isMap(node)) node = valueOf(pairOf(node as Map, String(key)));
      else return undefined;
    }
    return node;
  }

  /** As it stands in the text; '' where there is nothing. */
  source(path: Key[]): string {
    const range = rangeOf(this.at(path));
    return range === null ? '' : this.text.slice(range[0], range[1]);
  }

  /** The keys of a map and their values as text, in their order. */
  entries(path: Key[]): { key: string; source: string; scalar: boolean }[] {
    const node = this.at(path);
    if (!isMap(node)) return [];
    return (node as Map).items.map((pair) => {
      const range = rangeOf(pair.value);
      return { key: keyOf(pair), source: range === null ? '' : this.text.slice(range[0], range[1]), scalar: isScalar(pair.value) };
    });
  }

  /** Names of a list's entries, or of a map's keys. */
  names(path: Key[]): string[] {
    const node = this.at(path);
    if (isMap(node)) return (node as Map).items.map(keyOf);
    if (!isSeq(node)) return [];
    return (node as Seq).items.map(nameOf);
  }

  /** Where it stands: the entry with its name. */
  place(path: Key[]): [number, number] | null {
    const parent = this.at(path.slice(0, -1));
    const last = path[path.length - 1];
    const pair = isSeq(parent) ? pairIn(parent as Seq, String(last)) : isMap(parent) ? pairOf(parent as Map, String(last)) : undefined;
    const key = rangeOf(pair?.key as ParsedNode | undefined);
    const value = rangeOf(pair?.value);
    return key === null ? null : [key[0], value?.[1] ?? key[1]];
  }

  /** Puts `source` in place of what stands at the path; where the last key is missing, adds it to its map. */
  set(path: Key[], source: string): Edit[] {
    const old = this.at(path);
    const range = rangeOf(old);
    if (range !== null && range[1] > range[0]) return [{ from: range[0], to: range[1], insert: source }];
    const parent = path.slice(0, -1), key = path[path.length - 1];
    if (typeof key === 'number') return [];
    const pair = this.place(path);
    if (pair !== null) return [{ from: this.afterColon(pair[1]), to: this.afterColon(pair[1]), insert: ` ${source}` }];
    return this.add(parent, key, source);
  }

  /** Takes a key of a map, or an entry of a list, out with its line where it has one of its own. */
  remove(path: Key[]): Edit[] {
    const parent = this.at(path.slice(0, -1));
    const key = path[path.length - 1];
    if (isSeq(parent)) {
      const at = typeof key === 'number' ? key : (parent as Seq).items.findIndex((item) => nameOf(item) === key);
      return at < 0 ? [] : this.removeEntry(parent as Seq, at);
    }
    if (!isMap(parent)) return [];
    const items = (parent as Map).items;
    const at = items.findIndex((pair) => keyOf(pair) === key);
    if (at < 0) return [];
    const [from, to] = this.place(path)!;
    if (!parent.flow) return [this.wholeLines(from, to)];
    if (at + 1 < items.length) return [{ from, to: rangeOf(items[at + 1]!.key as ParsedNode)![0], insert: '' }];
    if (at === 0) return [{ from, to, insert: '' }];
    const before = items[at - 1]!;
    const end = rangeOf(before.value)?.[1] ?? rangeOf(before.key as ParsedNode)![1];
    return [{ from: end, to, insert: '' }];
  }

  /** Moves an entry of a list to another place of it; the comments above it go along. */
  move(path: Key[], from: number, to: number): Edit[] {
    const node = this.at(path);
    if (!isSeq(node) || from === to) return [];
    const seq = node as Seq;
    if (seq.items[from] === undefined || seq.items[to] === undefined) return [];
    const parts = seq.flow ? seq.items.map((item) => [item.range[0], item.range[1]] as const) : this.blocks(seq);
    const texts = parts.map(([begin, end]) => this.text.slice(begin, end));
    const order = texts.map((_, i) => i);
    order.splice(to, 0, ...order.splice(from, 1));
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    if (seq.flow) {
      return parts.slice(low, high + 1).map(([begin, end], i) => ({ from: begin, to: end, insert: texts[order[low + i]!]! }));
    }
    const moved = order.slice(low, high + 1).map((i) => texts[i]!.endsWith('\n') ? texts[i]! : `${texts[i]!}\n`).join('');
    const whole = this.text.slice(parts[low]![0], parts[high]![1]);
    return [{ from: parts[low]![0], to: parts[high]![1], insert: whole.endsWith('\n') ? moved : moved.replace(/\n$/, '') }];
  }

  /** Adds an entry `- source` to a list, at its end or behind entry `after`. */
  append(path: Key[], source: string, after?: number): Edit[] {
    const node = this.at(path);
    if (!isSeq(node)) return this.set(path, `\n${'  '.repeat(path.length)}- ${source}`);
    const seq = node as Seq;
    const count = seq.items.length;
    if (seq.flow) {
      const last = seq.items[count - 1];
      return last === undefined ? [{ from: seq.range![0] + 1, to: seq.range![0] + 1, insert: source }]
        : [{ from: last.range[1], to: last.range[1], insert: `, ${source}` }];
    }
    const blocks = this.blocks(seq);
    const [begin, end] = blocks[Math.min(after ?? count - 1, count - 1)]!;
    const indent = ' '.repeat(this.indentOf(this.dash(seq.items[0]!)));
    const line = this.text.slice(begin, end).endsWith('\n') ? `${indent}- ${source}\n` : `\n${indent}- ${source}`;
    return [{ from: end, to: end, insert: line }];
  }

  /** Adds `key: source` to the map at a path; makes the map where it has no value yet. */
  add(path: Key[], key: string, source: string): Edit[] {
    const node = this.at(path);
    const entry = `${quoted(key)}: ${source}`;
    if (isMap(node)) {
      const map = node as Map;
      const last = map.items[map.items.length - 1];
      if (last === undefined) return [{ from: map.range![0], to: map.range![1], insert: `{${entry}}` }];
      const end = rangeOf(last.value)?.[1] ?? this.afterColon(rangeOf(last.key as ParsedNode)![1]);
      if (map.flow) return [{ from: end, to: end, insert: `, ${entry}` }];
      const indent = ' '.repeat(this.columnOf(rangeOf(map.items[0]!.key as ParsedNode)![0]));
      const line = this.lineEnd(end);
      return [{ from: line, to: line, insert: `\n${indent}${entry}` }];
    }
    const place = path.length === 0 ? null : this.place(path);
    if (place === null) {
      if (path.length === 0) return [{ from: this.text.length, to: this.text.length, insert: `${entry}\n` }];
      return this.add(path.slice(0, -1), String(path[path.length - 1]), `{${entry}}`);
    }
    const at = this.afterColon(place[1]);
    return [{ from: at, to: at, insert: ` {${entry}}` }];
  }

  // ---- places in the text

  /** Whole lines of each entry, with the comment lines above it. */
  private blocks(seq: Seq): [number, number][] {
    const starts = seq.items.map((item) => this.lineStart(this.dash(item)));
    const ends = seq.items.map((item) => this.endOfLine(Math.max(this.contentEnd(item), this.dash(item) + 1)));
    return starts.map((start, i) => {
      const limit = i === 0 ? 0 : ends[i - 1]!;
      let begin = start;
      while (begin > limit) {
        const before = this.lineStart(begin - 1);
        if (before < limit || !/^\s*#/.test(this.text.slice(before, begin))) break;
        begin = before;
      }
      return [begin, ends[i]!];
    });
  }

  private removeEntry(seq: Seq, at: number): Edit[] {
    const item = seq.items[at];
    if (item === undefined) return [];
    if (!seq.flow) {
      const [from, to] = this.blocks(seq)[at]!;
      return [{ from, to, insert: '' }];
    }
    const next = seq.items[at + 1], before = seq.items[at - 1];
    if (next !== undefined) return [{ from: item.range[0], to: next.range[0], insert: '' }];
    return [{ from: before === undefined ? item.range[0] : before.range[1], to: item.range[1], insert: '' }];
  }

  /** Behind the last word of a node: the range of an empty value reaches over the comments below it. */
  private contentEnd(node: ParsedNode): number {
    if ((isMap(node) || isSeq(node)) && node.flow) return node.range![1];
    if (isSeq(node)) {
      const last = (node as Seq).items[node.items.length - 1];
      return last === undefined ? node.range![0] : this.contentEnd(last);
    }
    if (!isMap(node)) return node.range[1] > node.range[0] ? node.range[1] : node.range[0];
    const last = (node as Map).items[node.items.length - 1];
    if (last === undefined) return node.range![0];
    const value = last.value;
    const empty = value === null || value.range[1] <= value.range[0];
    return empty ? this.afterColon(rangeOf(last.key as ParsedNode)![1]) : this.contentEnd(value);
  }

  /** The '-' before an entry. */
  private dash(item: ParsedNode): number {
    let at = item.range[0] - 1;
    while (at >= 0 && this.text[at] !== '-') at -= 1;
    return at;
  }
  private indentOf(at: number): number {
    return at - this.lineStart(at);
  }
  private columnOf(at: number): number {
    return at - this.lineStart(at);
  }
  private lineStart(at: number): number {
    return this.text.lastIndexOf('\n', at - 1) + 1;
  }
  private lineEnd(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end < 0 ? this.text.length : end;
  }
  /** Behind the line feed. */
  private endOfLine(at: number): number {
    return Math.min(this.text.length, this.lineEnd(this.text[at - 1] === '\n' ? at - 1 : at) + 1);
  }
  private wholeLines(from: number, to: number): Edit {
    return { from: this.lineStart(from), to: this.endOfLine(to), insert: '' };
  }
  private afterColon(at: number): number {
    const colon = this.text.indexOf(':', at);
    return colon >= 0 && /^\s*:/.test(this.text.slice(at, colon + 1)) ? colon + 1 : at;
  }
}

function keyOf(pair: Pair<ParsedNode, ParsedNode | null>): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}
function pairOf(map: Map, key: string): Pair<ParsedNode, ParsedNode | null> | undefined {
  return map.items.find((pair) => keyOf(pair) === key);
}
function pairIn(seq: Seq, name: string): Pair<ParsedNode, ParsedNode | null> | undefined {
  for (const item of seq.items) {
    if (isMap(item) && (item as Map).items.length === 1 && keyOf((item as Map).items[0]!) === name) return (item as Map).items[0];
  }
  return undefined;
}
function nameOf(item: ParsedNode): string {
  if (isScalar(item)) return String(item.value);
  return isMap(item) && isPair(item.items[0]) ? keyOf(item.items[0] as Pair<ParsedNode, ParsedNode | null>) : '';
}
function valueOf(pair: Pair<ParsedNode, ParsedNode | null> | undefined): ParsedNode | null | undefined {
  return pair === undefined ? undefined : pair.value;
}
/** Begin and end of the value, without comments behind it; null where there is none. */
function rangeOf(node: ParsedNode | null | undefined): [number, number] | null {
  return node === null || node === undefined ? null : [node.range[0], node.range[1]];
}

/** A name as YAML needs it written. */
export function quoted(text: string): string {
  return /^[\p{L}\p{N}_][\p{L}\p{N}_ .'’/()+-]*$/u.test(text) && !/\s$/.test(text) && !/: | #/.test(text) ? text
    : JSON.stringify(text);
}

export function applied(text: string, edits: Edit[]): string {
  let out = text;
  for (const edit of [...edits].sort((a, b) => b.from - a.from)) out = out.slice(0, edit.from) + edit.insert + out.slice(edit.to);
  return out;
}

/** The one stretch in which two texts differ. */
export function difference(before: string, after: string): Edit[] {
  if (before === after) return [];
  let from = 0;
  const least = Math.min(before.length, after.length);
  while (from < least && before[from] === after[from]) from += 1;
  let back = 0;
  while (back < least - from && before[before.length - 1 - back] === after[after.length - 1 - back]) back += 1;
  return [{ from, to: before.length - back, insert: after.slice(from, after.length - back) }];
}

/** Byte offsets of UTF-8, as the server counts, in the text's own units. */
export class Offsets {
  private readonly ascii: boolean;
  private readonly starts: Uint32Array | null;

  constructor(text: string) {
    this.ascii = /^[\0-\x7f]*$/.test(text);
    this.starts = this.ascii ? null : byteStarts(text);
  }
  /** Of the unit that begins at, or holds, the byte. */
  unit(byte: number): number {
    if (this.starts === null) return byte;
    let low = 0, high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= byte) low = middle; else high = middle - 1;
    }
    return low;
  }
}

function byteStarts(text: string): Uint32Array {
  const starts = new Uint32Array(text.length + 1);
  let bytes = 0;
  for (let i = 0; i < text.length; ++i) {
    starts[i] = bytes;
    const code = text.charCodeAt(i);
    const pair = code >= 0xd800 && code < 0xdc00;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : pair ? 4 : 3;
    if (pair && i + 1 < text.length) {
      i += 1;
      starts[i] = bytes;
    }
  }
  starts[text.length] = bytes;
  return starts;
}
