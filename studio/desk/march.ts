// SPDX-License-Identifier: MIT
import type { Point, Route, Station } from './api';
import { freeName } from './map';
import { applied, difference, type Edit, quoted, ShowText } from './text';
import { pointText } from './units';

/** The names that a new march gives to what it needs. */
export interface MarchWords { march: string; contingent: string; start: string; end: string; item: string }
export interface NewMarch { edits: Edit[]; march: string; contingent: string }

const START = 0.4, END = 0.8; // of the route, where it has no stations: room before them to line up, behind to leave
const BLOCK = '{files: 6, ranks: 8, interval: 0.9 m, distance: 1.2 m, leaders: 1}';

/**
 * A march along a route: one contingent on foot, that lines up at the route's first station and is counted from there to
 * the last. What is missing for that comes along: the catalogue, the stations, the item of the programme.
 */
export function newMarch(show: ShowText, route: Route, stations: Station[], words: MarchWords): NewMarch {
  let now = show;
  const then = (edits: Edit[]): void => { now = new ShowText(applied(now.text, edits)); };
  if (!now.names(['use']).includes('foot')) then(now.at(['use']) === undefined ? now.add([], 'use', '[foot]') : now.append(['use'], 'foot'));
  const own = stations.filter((each) => each.route === route.name).sort((a, b) => a.s_m - b.s_m).map((each) => each.name);
  const [first, last] = own.length > 1 ? [own[0]!, own[own.length - 1]!] : [freeName(now, ['site', 'stations'], words.start), freeName(now, ['site', 'stations'], words.end)];
  if (own.length < 2) {
    for (const [name, share] of [[first, START], [last, END]] as const) {
      then(now.add(['site', 'stations'], name, `{route: ${quoted(route.name)}, abeam: ${pointText(pointAt(route.points, share))}}`));
    }
  }
  const march = freeName(now, ['marches'], words.march);
  const lines = [
    `route: ${quoted(route.name)}`, `line-up: {station: ${quoted(first)}, gap: 6 m}`, 'gait: quick march/uk',
    `headway: {time: 20 s, station: ${quoted(last)}}`, `defaults: {kind: foot/uk, block: ${BLOCK}}`,
  ];
  const block = ['', ...lines.map((line) => `    ${line}`), '    order:', `      - ${quoted(words.contingent)}:`].join('\n');
  const fresh = now.at(['marches']) === undefined && now.place(['marches']) === null;
  then(fresh ? now.add([], 'marches', `\n  ${quoted(march)}:${block}`) : now.add(['marches'], march, block));
  const items = now.names(['programme']);
  const when = items.length === 0 ? 'at: 12:00' : `after: ${quoted(items[items.length - 1]!)}`;
  const item = freeName(now, ['programme'], words.item);
  then(now.append(['programme'], `${quoted(item)}: {march: ${quoted(march)}, from: ${quoted(first)}, to: ${quoted(last)}, ${when}}`));
  const edits = difference(show.text, now.text).map((each) => ({ ...each, insert: each.insert.replace(/: \n/g, ':\n') }));
  return { edits, march, contingent: words.contingent };
}

/** The point at a share of the line's length. */
export function pointAt(line: Point[], share: number): Point {
  const lengths = line.slice(1).map(([x, y], i) => Math.hypot(x - line[i]![0], y - line[i]![1]));
  let left = share * lengths.reduce((sum, each) => sum + each, 0);
  for (const [i, length] of lengths.entries()) {
    const [a, b] = [line[i]!, line[i + 1]!];
    if (left <= length && length > 0) return [Math.round(a[0] + ((b[0] - a[0]) * left) / length), Math.round(a[1] + ((b[1] - a[1]) * left) / length)];
    left -= length;
  }
  return line[line.length - 1] ?? [0, 0];
}
