// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import type { Formation } from '../../desk/api';
import { fieldsOf, reformed } from '../../desk/formation';
import { applied, ShowText } from '../../desk/text';

const BLOCK: Formation = {
  part: '', shape: 'block', files: 25, ranks: 14, count: 0, leaders: 2, head_files: 0, interval_m: 0.75, distance_m: 1.2,
  leader_interval_m: 0, leader_distance_m: 0, spacing_m: 0, text: '', drawn: false, right: false,
};
const TEXT = `marches:
  foot:
    order:
      - navy: {block: {files: 25, ranks: 14, interval: 0.75 m}}   # as published
      - army:
      - air:  {vic: 3}
      - show: {parts: [{label: a, vic: 5}, {label: eighty, figure: {text: 80, slots: 26, spacing: 20 m, reads from: stand}}]}
`;
const path = (name: string): string[] => ['marches', 'foot', 'order', name];
const edited = (name: string, of: Formation, key: string, value: number | string, below: (string | number)[] = []): string => {
  const show = new ShowText(TEXT);
  const after = applied(TEXT, reformed(show, [...path(name), ...below], of, key, value));
  const before = new Set(TEXT.split('\n'));
  return after.split('\n').filter((line) => !before.has(line)).join('\n').trim();
};

describe('a formation in the text', () => {
  it('changes the one figure that is written, and keeps the comment', () => {
    expect(edited('navy', BLOCK, 'files', 24)).toBe('- navy: {block: {files: 24, ranks: 14, interval: 0.75 m}}   # as published');
    expect(edited('navy', BLOCK, 'interval', 0.8)).toContain('interval: 0.8 m}}   # as published');
    expect(edited('navy', BLOCK, 'leaders', 3)).toContain('interval: 0.75 m, leaders: 3}}   # as published');
  });

  it('writes the whole formation where it was taken from elsewhere', () => {
    expect(edited('army', BLOCK, 'ranks', 12)).toBe('- army: {block: {files: 25, ranks: 12, interval: 0.75 m, distance: 1.2 m, leaders: 2}}');
    expect(edited('army', { ...BLOCK, head_files: 9, leader_distance_m: 3 }, 'ranks', 12)).toContain('leaders: 2, head files: 9, leader distance: 3 m}}');
  });

  it('keeps a shorthand as long as it can', () => {
    const vic: Formation = { ...BLOCK, shape: 'vic', count: 3, interval_m: 15, distance_m: 20 };
    expect(edited('air', vic, 'count', 5)).toBe('- air:  {vic: 5}');
    expect(edited('air', vic, 'interval', 18)).toBe('- air:  {vic: {count: 3, interval: 18 m, distance: 20 m}}');
  });

  it('edits a part, and a figure’s text, and leaves whose eyes it is for', () => {
    const figure: Formation = { ...BLOCK, part: 'eighty', shape: 'figure', count: 26, spacing_m: 20, text: '80' };
    expect(edited('show', figure, 'text', '90', ['parts', 1])).toContain('figure: {text: 90, slots: 26, spacing: 20 m, reads from: stand}');
    expect(edited('show', figure, 'text', '', ['parts', 1])).toBe('');
    expect(edited('army', figure, 'text', '90')).toBe('');
    expect(fieldsOf({ ...figure, drawn: true }).map((field) => field.key)).toEqual(['slots', 'spacing']);
  });

  it('refuses what is no formation', () => {
    for (const value of [0, -1, NaN]) expect(edited('navy', BLOCK, 'files', value)).toBe('');
    expect(edited('navy', BLOCK, 'slots', 3)).toBe('');
  });
});
