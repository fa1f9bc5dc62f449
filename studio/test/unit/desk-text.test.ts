// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { applied, difference, type Edit, Offsets, quoted, ShowText } from '../../desk/text';

const ROOT = join(import.meta.dirname, '../../..');
const BEIJING = readFileSync(join(ROOT, 'shows/beijing-2025/show.yaml'), 'utf8');
const FIRST = readFileSync(join(ROOT, 'shows/first-steps/show.yaml'), 'utf8');

const SMALL = `# above
marches:
  foot:            # a comment
    order:
      # the first
      - alpha: {kind: a}   # stays
      - bravo:
          kind: b
          label: {en: B, pl: Ż}
      # two lines
      # above charlie
      - charlie:
      - delta: {kind: d,
            block: {files: 2}}
programme:
  - one: {at: 12:00, lasts: 3 min}   # at noon
  - two: {after: one}
  - three:
  - four:
      after: two
      note: x   # why
flow: [a, b, c]
site: {stations: {line: {route: street, abeam: [1 m, 2 m]}}, stands: {}}
`;
const yaml = (text: string): unknown => parse(text, { schema: 'failsafe', uniqueKeys: false });
const comments = (text: string): string[] => (text.match(/#.*/g) ?? []).sort();

/** Lines that are in one of the texts and not in the other. */
function changedLines(before: string, after: string): { gone: string[]; come: string[] } {
  const count = (text: string): Map<string, number> => {
    const lines = new Map<string, number>();
    for (const line of text.split('\n')) lines.set(line, (lines.get(line) ?? 0) + 1);
    return lines;
  };
  const a = count(before), b = count(after);
  return {
    gone: [...a].filter(([line, n]) => n > (b.get(line) ?? 0)).map(([line]) => line),
    come: [...b].filter(([line, n]) => n > (a.get(line) ?? 0)).map(([line]) => line),
  };
}

describe('setting a value', () => {
  const change = (path: (string | number)[], source: string): string => applied(SMALL, new ShowText(SMALL).set(path, source));

  it('replaces the value alone', () => {
    expect(changedLines(SMALL, change(['programme', 'one', 'at'], '13:30'))).toEqual({
      gone: ['  - one: {at: 12:00, lasts: 3 min}   # at noon'], come: ['  - one: {at: 13:30, lasts: 3 min}   # at noon'],
    });
    expect(changedLines(SMALL, change(['programme', 'four', 'note'], 'y'))).toEqual({ gone: ['      note: x   # why'], come: ['      note: y   # why'] });
    expect(change(['site', 'stations', 'line', 'abeam'], '[3 m, -4.5 m]')).toContain('{route: street, abeam: [3 m, -4.5 m]}');
    expect(change(['site', 'stations', 'line', 'abeam', 1], '9 m')).toContain('abeam: [1 m, 9 m]');
  });

  it('adds a key that is missing, in braces, in lines, and where there is no value yet', () => {
    expect(change(['programme', 'two', 'later'], '30 s')).toContain('  - two: {after: one, later: 30 s}\n');
    expect(change(['programme', 'four', 'later'], '30 s')).toContain('      note: x   # why\n      later: 30 s\n');
    expect(change(['programme', 'three', 'at'], '14:00')).toContain('  - three: {at: 14:00}\n');
    expect(change(['marches', 'foot', 'order', 'charlie', 'kind'], 'c')).toContain('      - charlie: {kind: c}\n');
    expect(change(['site', 'stands', 'north'], '{capacity: 5}')).toContain('stands: {north: {capacity: 5}}');
  });

  it('every value of Beijing can be set without touching any other line or comment', () => {
    const show = new ShowText(BEIJING);
    let tried = 0;
    for (const name of show.names(['programme']).filter((_, i) => i % 5 === 0)) {
      for (const entry of show.entries(['programme', name])) {
        if (!entry.scalar) continue;
        const after = applied(BEIJING, show.set(['programme', name, entry.key], 'CHANGED'));
        const again = new ShowText(after);
        expect(again.source(['programme', name, entry.key])).toBe('CHANGED');
        expect(changedLines(BEIJING, after).gone).toHaveLength(1);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(10);
  }, 60_000);
});

describe('moving an entry', () => {
  const path = ['marches', 'foot', 'order'];
  const move = (from: number, to: number): string => applied(SMALL, new ShowText(SMALL).move(path, from, to));

  it('takes its lines and the comments above it along', () => {
    expect(move(2, 0)).toContain(`    order:
      # two lines
      # above charlie
      - charlie:
      # the first
      - alpha: {kind: a}   # stays
      - bravo:
`);
  });

  it('gives every order, and keeps everything that is said', () => {
    const names = ['alpha', 'bravo', 'charlie', 'delta'];
    for (let from = 0; from < 4; ++from) {
      for (let to = 0; to < 4; ++to) {
        const after = move(from, to);
        const expected = [...names];
        expected.splice(to, 0, ...expected.splice(from, 1));
        const show = new ShowText(after);
        expect(show.names(path)).toEqual(expected);
        expect(comments(after)).toEqual(comments(SMALL));
        for (const name of names) expect(show.source([...path, name])).toBe(new ShowText(SMALL).source([...path, name]));
        const restored = applied(after, show.move(path, to, from));
        expect(yaml(restored)).toEqual(yaml(SMALL));
      }
    }
  });

  it('works in brackets', () => {
    const after = applied(SMALL, new ShowText(SMALL).move(['flow'], 0, 2));
    expect(after).toContain('flow: [b, c, a]');
  });

  it('every order of Beijing survives: same lines, same meaning but for the order', () => {
    const show = new ShowText(BEIJING);
    for (const march of ['foot column', 'vehicle column']) {
      const order = ['marches', march, 'order'];
      const names = show.names(order);
      for (let from = 0; from < names.length; from += 3) {
        const to = (from * 7 + 2) % names.length;
        const after = applied(BEIJING, show.move(order, from, to));
        const expected = [...names];
        expected.splice(to, 0, ...expected.splice(from, 1));
        expect(new ShowText(after).names(order)).toEqual(expected);
        expect(after.split('\n').sort()).toEqual(BEIJING.split('\n').sort());
      }
    }
  });
});

describe('adding and removing', () => {
  it('adds an entry in its place', () => {
    const show = new ShowText(SMALL);
    const after = applied(SMALL, show.append(['programme'], 'new: {lasts: 1 min}', 0));
    expect(new ShowText(after).names(['programme'])).toEqual(['one', 'new', 'two', 'three', 'four']);
    expect(changedLines(SMALL, after)).toEqual({ gone: [], come: ['  - new: {lasts: 1 min}'] });
    expect(new ShowText(applied(SMALL, show.append(['programme'], 'new:'))).names(['programme'])).toEqual(['one', 'two', 'three', 'four', 'new']);
    expect(applied(SMALL, show.append(['flow'], 'd'))).toContain('[a, b, c, d]');
  });

  it('also at the very end of a text without a line feed', () => {
    const text = 'programme:\n  - one: {at: 12:00}';
    const after = applied(text, new ShowText(text).append(['programme'], 'two: {after: one}'));
    expect(new ShowText(after).names(['programme'])).toEqual(['one', 'two']);
    expect(new ShowText(applied(after, new ShowText(after).move(['programme'], 0, 1))).names(['programme'])).toEqual(['two', 'one']);
  });

  it('removes an entry or a key and nothing else', () => {
    const show = new ShowText(SMALL);
    const without = (path: (string | number)[]): string => applied(SMALL, show.remove(path));
    expect(new ShowText(without(['programme', 'two'])).names(['programme'])).toEqual(['one', 'three', 'four']);
    expect(without(['programme', 'one', 'lasts'])).toContain('- one: {at: 12:00}   # at noon');
    expect(without(['programme', 'one', 'at'])).toContain('- one: {lasts: 3 min}   # at noon');
    expect(without(['programme', 'two', 'after'])).toContain('- two: {}\n');
    expect(new ShowText(without(['programme', 'four', 'note'])).names(['programme', 'four'])).toEqual(['after']);
    expect(without(['flow', 2])).toContain('flow: [a, b]');
    expect(new ShowText(without(['marches', 'foot', 'order', 'delta'])).names(['marches', 'foot', 'order'])).toEqual(['alpha', 'bravo', 'charlie']);
  });

  it('every addition to every show reads back', () => {
    for (const text of [FIRST, BEIJING]) {
      const show = new ShowText(text);
      for (const [path, key] of [[['site', 'stations'], 'here'], [['site', 'stands'], 'there'], [['programme', show.names(['programme'])[0]!], 'note']] as const) {
        const after = applied(text, show.add([...path], key, '{a: b}'));
        expect(new ShowText(after).source([...path, key])).toBe('{a: b}');
        expect(comments(after)).toEqual(comments(text));
      }
    }
  });
});

describe('a difference', () => {
  it('turns one text into the other', () => {
    let seed = 1;
    const random = (n: number): number => { seed = (seed * 16807) % 2147483647; return seed % n; };
    const word = (): string => Array.from({ length: random(12) }, () => 'abż\n'[random(4)]).join('');
    for (let i = 0; i < 2000; ++i) {
      const [a, b] = [word(), word()];
      expect(applied(a, difference(a, b))).toBe(b);
    }
    expect(difference('same', 'same')).toEqual([]);
    const edit: Edit = difference('one two three', 'one 2 three')[0]!;
    expect(edit).toEqual({ from: 4, to: 7, insert: '2' });
  });
});

describe('offsets', () => {
  it('of bytes are those of an encoder, whatever the letters', () => {
    for (const text of ['plain', 'żółw 🐢 i ż', '🐢🐢', '']) {
      const offsets = new Offsets(text);
      const encoder = new TextEncoder();
      for (let i = 0; i <= text.length; ++i) {
        if (/[\uDC00-\uDFFF]/.test(text[i] ?? '')) continue; // inside a pair
        expect(offsets.unit(encoder.encode(text.slice(0, i)).length)).toBe(i);
      }
    }
  });
});

describe('names', () => {
  it('are quoted where YAML would take them for something else', () => {
    for (const name of ['army', "Chang'an Avenue", 'nowy punkt', 'no: colon', 'a # b', '- dash', '{x}', '"q"', 'x ', '#']) {
      expect(yaml(`${quoted(name)}: 1\n`)).toEqual({ [name]: '1' });
    }
    expect(quoted('army')).toBe('army');
  });
});
