// SPDX-License-Identifier: MIT
import type { Item } from './api';
import type { Edit, Key, ShowText } from './text';
import { clockText, durationText } from './units';

/** Seconds of the durations in a text, "1 min 30 s"; null where there is none. */
export function secondsOf(text: string): number | null {
  let sum = 0, found = false;
  for (const [, figure, unit] of text.matchAll(/(\d+(?:\.\d+)?)\s*(h|min|s)\b/g)) {
    sum += Number(figure) * (unit === 'h' ? 3600 : unit === 'min' ? 60 : 1);
    found = true;
  }
  return found ? sum : null;
}

/** How an item's beginning is held in the text: by the clock, behind something, or by what it goes with. */
export function heldBy(show: ShowText, item: string): 'at' | 'after' | 'none' {
  const path: Key[] = ['programme', item];
  if (show.at([...path, 'at']) !== undefined) return 'at';
  return show.at([...path, 'after']) !== undefined ? 'after' : 'none';
}

/** "at least 1 min" by 30 s: "at least 1 min 30 s"; "10 s to 2 min" keeps its end as long as it is one. */
export function laterText(before: string, by_s: number): string {
  const range = /^(.*?)\s+to\s+(.*)$/.exec(before);
  const least = Math.max(0, (secondsOf(range?.[1] ?? before) ?? 0) + by_s);
  if (range !== null) {
    const most = secondsOf(range[2]!) ?? 0;
    return least < most ? `${durationText(least)} to ${range[2]}` : durationText(least);
  }
  return /^at least\b/.test(before) ? `at least ${durationText(least)}` : durationText(least);
}

/** The items as they are seen while one of them goes with the hand, `by_s` later; `end`: its end alone. */
export function dragged(items: Item[], name: string, by_s: number, end: boolean): Item[] {
  return items.map((each) => (each.name !== name ? each : {
    ...each, start_s: each.start_s + (end ? 0 : by_s), end_s: each.end_s + by_s,
    at: end || each.at === null ? each.at : { ...each.at, time_s: each.at.time_s + by_s },
  }));
}

/** The item begins `by_s` later (< 0: earlier): an edit of the one value that holds it. */
export function moved(show: ShowText, item: Item, by_s: number): Edit[] {
  const path: Key[] = ['programme', item.name];
  const held = heldBy(show, item.name);
  if (held === 'at' && item.at !== null) return show.set([...path, 'at'], clockText(item.at.time_s + by_s));
  if (held !== 'after') return [];
  const before = show.source([...path, 'later']);
  const text = laterText(before, by_s);
  if (before === '' && text === '0 s') return [];
  return show.set([...path, 'later'], text);
}

/** The item lasts `by_s` longer; only where its length is written. */
export function lengthened(show: ShowText, item: Item, by_s: number): Edit[] {
  const path: Key[] = ['programme', item.name, 'lasts'];
  if (show.at(path) === undefined) return [];
  return show.set(path, durationText(Math.max(1, item.end_s - item.start_s + by_s)));
}

export const hasLength = (show: ShowText, item: string): boolean => show.at(['programme', item, 'lasts']) !== undefined;

/** Seconds to which dragging snaps, so that a step is a few pixels. */
export function stepOf(secondsPerPixel: number): number {
  return [1, 5, 10, 30, 60, 300].find((step) => step / secondsPerPixel >= 4) ?? 600;
}

/** Distances of the time axis. */
export function gridOf(secondsPerPixel: number): number {
  return [5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 14400].find((step) => step / secondsPerPixel >= 64) ?? 21600;
}
