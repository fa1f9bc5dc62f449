// SPDX-License-Identifier: MIT
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Conflict, Place } from '../../desk/api';
import { formationOf, type Kind, kindsOf, newContingent, spacedOut } from '../../desk/kinds';
import { applied, ShowText } from '../../desk/text';
import { ROOT } from '../program';

const files = readdirSync(join(ROOT, 'catalogue')).filter((name) => name.endsWith('.yaml'));
const sources = files.map((name) => ({ name: name.replace('.yaml', ''), text: readFileSync(join(ROOT, 'catalogue', name), 'utf8') }));
const all: Kind[] = sources.flatMap(({ name, text }) => kindsOf(text, name));

describe('kinds to pick from', () => {
  it('are all that the catalogues have, each with its size', () => {
    const written = sources.reduce((sum, { text }) => sum + (text.match(/^ {4}category:/gm)?.length ?? 0), 0);
    expect(all).toHaveLength(written);
    expect(written).toBeGreaterThan(40);
    for (const kind of all) {
      expect(kind.length_m, kind.name).toBeGreaterThan(0.1);
      expect(kind.width_m, kind.name).toBeGreaterThan(0.1);
      expect(kind.separation_m, kind.name).toBeGreaterThan(0.1);
      expect(kind.label['pl'], kind.name).toBeTruthy();
    }
    const car = all.find((kind) => kind.name === 'vehicle/car')!;
    expect([car.length_m, car.width_m, car.height_m, car.separation_m, car.catalogue]).toEqual([5.5, 2, 1.6, 3.5, 'vehicles']);
    expect(kindsOf('kinds: [', 'x')).toEqual([]);
  });

  it('begin with a formation in which nobody is too near', () => {
    for (const kind of all) {
      const [interval, distance] = ['interval', 'distance'].map((key) => Number(new RegExp(`${key}: ([\\d.]+) m`).exec(formationOf(kind))![1]));
      expect(interval, kind.name).toBeGreaterThanOrEqual(kind.separation_m);
      expect(distance, kind.name).toBeGreaterThanOrEqual(kind.separation_m);
      expect(interval, kind.name).toBeGreaterThan(kind.width_m);
      expect(distance, kind.name).toBeGreaterThan(kind.length_m);
    }
  });

  it('bring their catalogue along, once', () => {
    const show = new ShowText('use: [foot]  # theirs\nmarches:\n  m:\n    order:\n      - a: {kind: foot/uk}\n');
    const truck = all.find((kind) => kind.name === 'vehicle/truck')!, guard = all.find((kind) => kind.name === 'foot/uk')!;
    const one = applied(show.text, newContingent(show, ['marches', 'm', 'order'], 'lorry', truck, true));
    expect(one).toContain('use: [foot, vehicles]  # theirs');
    expect(one).toMatch(/^ {6}- lorry: \{kind: vehicle\/truck, column: \{count: 4, abreast: 2, .*\}, gait: 10 km\/h\}$/m);
    const two = applied(show.text, newContingent(show, ['marches', 'm', 'order'], 'b', guard, false));
    expect(two.split('\n')[0]).toBe('use: [foot]  # theirs');
    expect(two).not.toContain('gait');
  });
});

describe('a contingent that cannot come as close as its march asks', () => {
  const order = ['marches', 'm', 'order'];
  const text = (spacing: string, last: string): string => `# zażółć\nmarches:\n  m:\n    ${spacing}\n    order:\n      - a: {kind: foot/uk}\n      - ${last}\n`;
  const ahead = { procession: 'm', contingent: 'a', head: [], tail: [[0, 0], [100, 0], [200, 150], [300, 280]] as [number, number][] };
  /** What the planner says of a stretch of the text, in bytes. */
  function told(source: string, about: string, instead: string | null): Conflict[] {
    const start = Buffer.byteLength(source.slice(0, source.indexOf(about))), place: Place = { file: 'show.yaml', line: 1, column: 1, start, end: start + Buffer.byteLength(about) };
    const fix = { text: '', edits: [{ file: 'show.yaml', start, end: place.end, new: instead ?? '' }] };
    return [{ short_by_s: 20.1, ring: true, statements: [{ text: '', physics: false, place }], fixes: instead === null ? [] : [fix] }];
  }
  function spaced(source: string, conflicts: Conflict[]): string | null {
    const show = new ShowText(source);
    const found = spacedOut({ show, file: 'show.yaml', order, name: 'b', ahead }, conflicts);
    return found === null ? null : applied(source, found.edits);
  }

  it('gets the headway that the planner asks for, in its own line alone', () => {
    const before = text('headway: {time: 20 s, station: line}', 'b: {kind: vehicle/car}');
    expect(spaced(before, told(before, '20 s', '2 min 13 s'))).toBe(
      before.replace('b: {kind: vehicle/car}', 'b: {kind: vehicle/car, headway: {time: 2 min 13 s, station: line}}'));
    const bare = text('gap: {station: "the line", time: 20 s}', 'b:');
    expect(spaced(bare, told(bare, '20 s', '45 s'))).toBe(bare.replace('- b:', '- b: {gap: {station: "the line", time: 45 s}}'));
  });
  it('or as many metres more as the one ahead marches in the seconds that are missing', () => {
    const before = text('gap: {distance: 10 m, station: line}', 'b: {kind: vehicle/car}');
    expect(spaced(before, told(before, '10 m', null))).toContain('- b: {kind: vehicle/car, gap: {distance: 41 m, station: line}}'); // 10 + 20.1 × 1.5
  });
  it('has its own widened once more', () => {
    const before = text('headway: {time: 20 s, station: line}', 'b: {kind: vehicle/car, headway: {time: 30 s, station: line}}');
    expect(spaced(before, told(before, '30 s', '40 s'))).toBe(before.replace('30 s', '40 s'));
  });
  it('gets none where it is about something else', () => {
    const before = text('headway: {time: 20 s, station: line}', 'b: {kind: vehicle/car}');
    expect(spaced(before, told(before, 'zażółć', '1 s'))).toBeNull();
    expect(spaced(before, [])).toBeNull();
    const none = text('gait: walk', 'b: {kind: vehicle/car}');
    expect(spaced(none, told(none, 'walk', 'trot'))).toBeNull();
  });
});
