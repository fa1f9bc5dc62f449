// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clockSeconds, limited, limitsOf } from '../../desk/limits';
import { applied, ShowText } from '../../desk/text';
import { ROOT } from '../program';

const of = (text: string): ShowText => new ShowText(text);
const small = 'defilada: 1\nprogramme:\n  - welcome: {at: 12:00, lasts: 5 min}\n  - "a, b": {after: welcome, lasts: 1 min}\n';

describe('the clock holds an item from one side', () => {
  it('is found in the rules, by the item and its side', () => {
    const show = of(`${small}rules:\n  - {cue: welcome, no earlier than: 11:59}\n  - {cue: welcome ends, then: a starts, later: 1 min}\n  - {cue: "a, b ends", no later than: '12:20:30', because: traffic}\n`);
    expect(limitsOf(show).map(({ item, side, rule, time_s }) => [item, side, rule, time_s])).toEqual([
      ['welcome', 'starts', 0, 11 * 3600 + 59 * 60], ['a, b', 'ends', 2, 12 * 3600 + 20 * 60 + 30],
    ]);
  });

  it('is set, moved and let go; what stands beside it stays', () => {
    let text = applied(small, limited(of(small), 'welcome', 'ends', 12 * 3600 + 600));
    expect(text).toBe(`${small}rules:\n  - {cue: welcome ends, no later than: 12:10}\n`);
    text = applied(text, limited(of(text), 'a, b', 'starts', '12:06'));
    expect(text).toContain('\n  - {cue: "a, b starts", no earlier than: 12:06}\n');
    text = applied(text, limited(of(text), 'welcome', 'ends', 12 * 3600 + 30));
    expect(text).toContain('{cue: welcome ends, no later than: 12:00:30}');
    text = applied(text, limited(of(text), 'welcome', 'ends', null));
    expect(text).toBe(`${small}rules:\n  - {cue: "a, b starts", no earlier than: 12:06}\n`);
    expect(applied(text, limited(of(text), 'a, b', 'starts', null))).toBe(small);
  });

  it('keeps every other line of a real show', () => {
    const text = readFileSync(join(ROOT, 'shows/beijing-2025/show.yaml'), 'utf8');
    const show = of(text);
    const finale = limitsOf(show).find((each) => each.item === 'finale' && each.side === 'ends')!;
    expect(finale.time_s).toBe(10.5 * 3600);
    const after = applied(text, limited(show, 'finale', 'ends', finale.time_s! + 60));
    const lines = after.split('\n').filter((line, i) => line !== text.split('\n')[i]);
    expect(lines).toEqual(['  - {cue: finale ends, no later than: 10:31, because: traffic is led back across the avenue}']);
    const added = applied(text, limited(show, 'finale', 'starts', '10:20'));
    expect(added.split('\n').length).toBe(text.split('\n').length + 1);
    expect(applied(added, limited(of(added), 'finale', 'starts', null))).toBe(text);
  });

  it('reads times as the show file writes them', () => {
    expect(['9:44', '09:44:30', '24:10:00.5', '9:60', 'noon', ''].map(clockSeconds)).toEqual([35_040, 35_070, 87_000.5, null, null, null]);
  });
});
