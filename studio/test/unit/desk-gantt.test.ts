// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../desk/api';
import { heldBy, laterText, lengthened, moved, secondsOf } from '../../desk/gantt';
import { alongOf, areaOf, cornerRadius, handlesOf, lengthOf, newDrawn, onLine, put, snapped, squared } from '../../desk/map';
import { keysAt, pathAt, valuesAt } from '../../desk/schema';
import { applied, ShowText } from '../../desk/text';
import { clockText, durationText, metresText, pointText } from '../../desk/units';

const TEXT = `programme:
  - welcome: {at: 12:00, lasts: 3 min to 5 min}
  - march: {after: welcome, later: at least 1 min}
  - thanks: {after: march}
  - music: {with: march}
`;
const item = (name: string, start_s: number, end_s: number, at = false): Item => ({
  name, label: {}, note: '', kind: 'item', procession: null, part: null, start_s, end_s, slack_s: 0, critical: false, because: '',
  at: at ? { time_s: start_s, within_s: 0, place: null } : null, lasts: null, after: 1, place: null,
});

describe('figures', () => {
  it('are written as the show file has them', () => {
    expect([43200, 35070, 35070.25, 3661.96].map(clockText)).toEqual(['12:00', '09:44:30', '09:44:30.3', '01:01:02']);
    expect([0, 0.5, 45, 60, 90, 3600, 3690].map(durationText)).toEqual(['0 s', '0.5 s', '45 s', '1 min', '1 min 30 s', '1 h', '1 h 1 min 30 s']);
    expect([-0.01, 12.34, -3].map(metresText)).toEqual(['0 m', '12.3 m', '-3 m']);
    expect(pointText([1, -2.55])).toBe('[1 m, -2.5 m]');
    expect(secondsOf('1 h 2 min 3.5 s')).toBe(3723.5);
    expect(secondsOf('soon')).toBeNull();
    for (let s = 0; s < 10_000; s += 7) expect(secondsOf(durationText(s))).toBe(s);
  });
});

describe('moving a bar', () => {
  const show = new ShowText(TEXT);
  const after = (name: string, start: number, by: number, at = false): string => applied(TEXT, moved(show, item(name, start, start + 60, at), by));

  it('edits the one value that holds it', () => {
    expect(['welcome', 'march', 'thanks', 'music'].map((name) => heldBy(show, name))).toEqual(['at', 'after', 'after', 'none']);
    expect(after('welcome', 43200, 90, true)).toContain('{at: 12:01:30, lasts');
    expect(after('march', 0, 30)).toContain('later: at least 1 min 30 s}');
    expect(after('march', 0, -300)).toContain('later: at least 0 s}');
    expect(after('thanks', 0, 45)).toContain('- thanks: {after: march, later: 45 s}');
    expect(moved(show, item('thanks', 0, 1), -45)).toEqual([]);
    expect(moved(show, item('music', 0, 1), 45)).toEqual([]);
  });
  it('keeps a window as long as it is one', () => {
    expect(laterText('10 s to 2 min', 30)).toBe('40 s to 2 min');
    expect(laterText('10 s to 2 min', 300)).toBe('5 min 10 s');
    expect(laterText('40 s', -10)).toBe('30 s');
    expect(laterText('', 60)).toBe('1 min');
  });
  it('changes a length that is written, and no other', () => {
    expect(applied(TEXT, lengthened(show, item('welcome', 0, 180), 60))).toContain('lasts: 4 min}');
    expect(lengthened(show, item('march', 0, 180), 60)).toEqual([]);
  });
});

describe('the map', () => {
  const text = `site:
  routes:
    street: {points: [[-100 m, 0 m], [100 m, 0 m]]}
    other: {points: [[1 km, 0 m], [2 km, 0 m]]}
  stations:
    line: {route: street, abeam: [10 m, 0 m]}
  stands:
    steps: {polygon: [[0 m, 5 m], [9 m, 5 m], [9 m, 9 m]], capacity: 9}
`;
  const site = {
    origin: [0, 0] as [number, number],
    routes: [{ name: 'street', air: false, width_m: 8, length_m: 200, points: [[-100, 0], [100, 0]] as [number, number][], place: null },
      { name: 'other', air: false, width_m: 8, length_m: 1000, points: [[1000, 0], [2000, 0]] as [number, number][], place: null }],
    stations: [{ name: 'line', route: 'street', s_m: 110, point: [10, 0] as [number, number], place: null }],
    areas: [{ name: 'steps', use: 'stand' as const, capacity: 9, outer: [[0, 5], [9, 5], [9, 9]] as [number, number][], place: null }],
  };
  const show = new ShowText(text);

  it('has a handle for each point that is written in metres', () => {
    const handles = handlesOf(show, site);
    expect(handles.map((each) => `${each.kind} ${each.name} ${each.index}`)).toEqual(
      ['route street 0', 'route street 1', 'area steps 0', 'area steps 1', 'area steps 2', 'station line 0']);
    const stand = handles[3]!;
    expect(applied(text, put(show, stand, [12, 5]))).toBe(text.replace('[9 m, 5 m]', '[12 m, 5 m]'));
  });
  it('snaps to corners, a station to its route, else to whole metres', () => {
    const station = handlesOf(show, site)[5]!;
    expect(snapped([42.25, 2], site, station, 5)).toEqual({ point: [42.25, 0], to: 'street' });
    expect(snapped([0.5, 5.5], site, station, 5).point).toEqual([0, 5]);
    expect(snapped([50.4, 30.6], site, station, 5)).toEqual({ point: [50, 31], to: null });
    expect(onLine([5, 7], [[0, 0], [10, 0]])).toEqual([5, 0]);
    expect(onLine([50, 7], [[0, 0], [10, 0]])).toEqual([10, 0]);
  });
});

describe('completion', () => {
  const end = (text: string): ReturnType<typeof pathAt> => pathAt(text, text.length);

  it('knows where the cursor is while somebody writes', () => {
    expect(end('si')).toEqual({ path: [], typed: 'si', value: false });
    expect(end('site:\n  sta')).toEqual({ path: ['site'], typed: 'sta', value: false });
    expect(end('site:\n  stations:\n    line: {ro')).toEqual({ path: ['site', 'stations', 'line'], typed: 'ro', value: false });
    expect(end('site:\n  stations:\n    line: {route: av')).toEqual({ path: ['site', 'stations', 'line', 'route'], typed: 'av', value: true });
    expect(end('programme:\n  - a: {at: 12:00}\n  - b: {af')).toEqual({ path: ['programme', 'b'], typed: 'af', value: false });
    expect(end('programme:\n  - a:\n      at: 12:00\n      la')).toEqual({ path: ['programme', 'a'], typed: 'la', value: false });
    expect(end('marches:\n  foot:\n    # x\n    order:\n      - army: {block: {files: 1, ra')).toEqual(
      { path: ['marches', 'foot', 'order', 'army', 'block'], typed: 'ra', value: false });
    expect(end('marches:\n  foot:\n    order:\n      - army:\n    ga')).toEqual({ path: ['marches', 'foot'], typed: 'ga', value: false });
  });

  it('offers what the program’s own schema allows there', async () => {
    const { execFileSync } = await import('node:child_process');
    const { PROGRAM } = await import('../program');
    const schema: unknown = JSON.parse(execFileSync(PROGRAM, ['schema'], { encoding: 'utf8' }));
    const keys = (path: string[]): string[] => keysAt(schema, path).map((each) => each.key);
    expect(keys([])).toEqual(expect.arrayContaining(['title', 'site', 'marches', 'programme']));
    expect(keys(['site', 'stations', 'line'])).toEqual(expect.arrayContaining(['route', 'abeam']));
    expect(keys(['programme', 'b'])).toEqual(expect.arrayContaining(['at', 'after', 'lasts', 'march']));
    expect(keys(['marches', 'foot', 'order', 'army', 'block'])).toEqual(expect.arrayContaining(['files', 'ranks', 'interval']));
    const beijing = new ShowText(readFileSync(join(import.meta.dirname, '../../../shows/beijing-2025/show.yaml'), 'utf8'));
    expect(valuesAt(schema, ['programme', 'x', 'march'], beijing)).toContain('foot column');
    expect(valuesAt(schema, ['site', 'stations', 'x', 'route'], beijing)).toContain('avenue');
    // Every key that Beijing itself uses in its programme is one that would be offered.
    for (const name of beijing.names(['programme'])) {
      for (const { key } of beijing.entries(['programme', name])) {
        expect(['source', 'quality', ...keys(['programme', name])], `${name}: ${key}`).toContain(key);
      }
    }
  });
});

describe('what is drawn on the map', () => {
  it('is measured', () => {
    const square: [number, number][] = [[0, 0], [30, 0], [30, 20], [0, 20]];
    expect(areaOf(square)).toBe(600);
    expect(areaOf([...square].reverse())).toBe(600);
    expect(lengthOf(square)).toBe(80);
    expect(alongOf([30, 5.5], square)).toBeCloseTo(35.5);
    expect(alongOf([15, -5], square)).toBeNaN();
  });

  it('goes on along or square to the side before, when it is nearly so', () => {
    const corners: [number, number][] = [[0, 0], [100, 0]];
    expect(squared([103, 40.3], corners)).toEqual([expect.closeTo(100), expect.closeTo(40)]);
    expect(squared([150.4, 2], corners)).toEqual([expect.closeTo(150), expect.closeTo(0)]);
    expect(squared([120, 40], corners)).toEqual([120, 40]);
    // Turned: the first side lies at 30 degrees, the next is square to it.
    const a = Math.PI / 6;
    const turned: [number, number][] = [[0, 0], [100 * Math.cos(a), 100 * Math.sin(a)]];
    const [x, y] = squared([turned[1]![0] - 50.2 * Math.sin(a) + 1, turned[1]![1] + 50.2 * Math.cos(a)], turned);
    expect((x - turned[1]![0]) * Math.cos(a) + (y - turned[1]![1]) * Math.sin(a)).toBeCloseTo(0);
  });

  it('turns a route by arcs that fit their sides', () => {
    expect(cornerRadius([[0, 0], [100, 0]])).toBe(0);
    expect(cornerRadius([[0, 0], [100, 0], [100, 100]])).toBe(25);
    expect(cornerRadius([[0, 0], [100, 0], [100, 10]])).toBe(4); // 5 m is half a side
    expect(cornerRadius([[0, 0], [50, 0], [100, 0]])).toBe(0); // straight on
  });

  it('is written into its list, which is made where there is none', () => {
    const text = 'site:\n  origin: {lat: 1, lon: 2}   # measured\n';
    const after = applied(text, newDrawn(new ShowText(text), 'stand', [[0, 0], [30, 0], [30, 20]], 'new stand'));
    expect(after).toBe('site:\n  origin: {lat: 1, lon: 2}   # measured\n  stands: {new stand: {polygon: [[0 m, 0 m], [30 m, 0 m], [30 m, 20 m]], capacity: 600}}\n');
    expect(new ShowText(after).names(['site', 'stands'])).toEqual(['new stand']);
  });
});
