// SPDX-License-Identifier: MIT
import { clockText } from './units';
import { type Edit, quoted, type ShowText } from './text';

/** The two sides from which the clock may hold an item: it begins no earlier, it ends no later. */
export type Side = 'starts' | 'ends';
export const SIDES: readonly Side[] = ['starts', 'ends'];
const KEYS: Record<Side, string> = { starts: 'no earlier than', ends: 'no later than' };

/** A rule of the show that holds one side of an item against the clock; null: its time cannot be read. */
export interface Limit { item: string; side: Side; rule: number; time_s: number | null; source: string }

/** Seconds of the day of "9:44", "09:44:30", "24:10:00.5"; null where it is none. */
export function clockSeconds(text: string): number | null {
  const found = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?$/.exec(text.trim());
  return found === null ? null : Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3] ?? 0);
}

const plain = (source: string): string => source.replace(/^(["'])(.*)\1$/, '$2').replace(/\s+/g, ' ').trim();

/** Those of all items, in the order of the rules; of several for one side, the first is the one that is edited. */
export function limitsOf(show: ShowText): Limit[] {
  const found: Limit[] = [];
  const rules = show.names(['rules']).length;
  for (let rule = 0; rule < rules; ++rule) {
    const cue = plain(show.source(['rules', rule, 'cue']));
    for (const side of SIDES) {
      const source = show.source(['rules', rule, KEYS[side]]);
      // An item alone is its beginning.
      const item = cue.endsWith(` ${side}`) ? cue.slice(0, -side.length - 1) : side === 'starts' && !/ (starts|ends)$/.test(cue) ? cue : '';
      if (source !== '' && item !== '') found.push({ item, side, rule, time_s: clockSeconds(plain(source)), source });
    }
  }
  return found;
}

/** Sets, moves or (null) lets go of one side: an edit of the one value, or of the rule's line. */
export function limited(show: ShowText, item: string, side: Side, time: number | string | null): Edit[] {
  const old = limitsOf(show).find((each) => each.item === item && each.side === side);
  const text = typeof time === 'number' ? clockText(time) : time;
  if (text === null) {
    if (old === undefined) return [];
    return show.remove(show.names(['rules']).length === 1 ? ['rules'] : ['rules', old.rule]);
  }
  if (old !== undefined) return show.set(['rules', old.rule, KEYS[side]], text);
  const rule = `{cue: ${quoted(`${item} ${side}`)}, ${KEYS[side]}: ${text}}`;
  if (show.names(['rules']).length > 0) return show.append(['rules'], rule);
  if (show.place(['rules']) !== null) return show.set(['rules'], `\n  - ${rule}`);
  const at = show.text.length;
  return [{ from: at, to: at, insert: `${show.text.endsWith('\n') ? '' : '\n'}rules:\n  - ${rule}\n` }];
}
