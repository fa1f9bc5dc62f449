// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Route, Station } from '../../desk/api';
import { newMarch, pointAt } from '../../desk/march';
import { applied, ShowText } from '../../desk/text';
import { PROGRAM, scratch } from '../program';

const WORDS = { march: 'new march', contingent: 'first contingent', start: 'start line', end: 'end line', item: 'march-past' };
const ROUTE: Route = { name: 'road', air: false, width_m: 12, length_m: 400, points: [[0, 0], [300, 0], [300, 100]], place: null };
const HEAD = `defilada: 1
title: Bare
date: 2026-05-03
zone: Europe/Warsaw
`;
const SITE = `site:
  origin: {lat: 52.25, lon: 21.01}
  routes:
    road: {points: [[0 m, 0 m], [300 m, 0 m], [300 m, 100 m]], corner radius: 20 m, width: 12 m}
`;

/** What the program says of a show; '' where it holds. */
function check(text: string): string {
  const folder = join(scratch(), 'show');
  mkdirSync(folder);
  writeFileSync(join(folder, 'show.yaml'), text);
  try {
    execFileSync(PROGRAM, ['check', folder, '--no-crowd', '--quiet'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    return '';
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stdout}${stderr}`;
  }
}
const grown = (text: string, stations: Station[] = []): string => applied(text, newMarch(new ShowText(text), ROUTE, stations, WORDS).edits);

describe('a march that is begun with the mouse', () => {
  it('brings everything that it needs into a show that has a road alone, and holds', () => {
    const text = grown(HEAD + SITE);
    expect(check(text)).toBe('');
    const show = new ShowText(text);
    expect(show.names(['marches', 'new march', 'order'])).toEqual(['first contingent']);
    expect(show.names(['site', 'stations'])).toEqual(['start line', 'end line']);
    expect(text).not.toMatch(/ $/m);
    expect(text.startsWith(HEAD)).toBe(true);
  });

  it('takes the stations that are there, keeps comments, and finds names that are free', () => {
    const before = `${HEAD}use: [vehicles] # no feet yet
${SITE}  stations:
    here: {route: road, abeam: [100 m, 0 m]}   # by the church
    there: {route: road, abeam: [250 m, 0 m]}
programme:
  - speeches: {at: 10:00, lasts: 5 min}   # short
`;
    const stations = [['there', 250], ['here', 100], ['elsewhere', 5]].map(([name, s_m]): Station =>
      ({ name: String(name), route: name === 'elsewhere' ? 'lane' : 'road', s_m: Number(s_m), point: [Number(s_m), 0], place: null }));
    const once = grown(before, stations);
    expect(check(once)).toBe('');
    for (const comment of ['# no feet yet', '# by the church', '# short']) expect(once).toContain(comment);
    const show = new ShowText(once);
    expect(show.names(['site', 'stations'])).toEqual(['here', 'there']);
    expect(show.source(['programme', 'march-past', 'from'])).toBe('here');
    expect(show.source(['programme', 'march-past', 'after'])).toBe('speeches');
    const twice = applied(once, newMarch(show, ROUTE, stations, { ...WORDS, contingent: 'second contingent' }).edits);
    expect(new ShowText(twice).names(['marches'])).toEqual(['new march', 'new march 2']);
    expect(new ShowText(twice).names(['use'])).toEqual(['vehicles', 'foot']);
  });

  it('sets stations along the corners of a road', () => {
    expect(pointAt(ROUTE.points, 0)).toEqual([0, 0]);
    expect(pointAt(ROUTE.points, 0.5)).toEqual([200, 0]);
    expect(pointAt(ROUTE.points, 0.8)).toEqual([300, 20]);
    expect(pointAt(ROUTE.points, 1)).toEqual([300, 100]);
    expect(pointAt([[5, 5]], 0.3)).toEqual([5, 5]);
  });
});
