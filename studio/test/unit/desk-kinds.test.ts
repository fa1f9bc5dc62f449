// SPDX-License-Identifier: MIT
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formationOf, type Kind, kindsOf, newContingent } from '../../desk/kinds';
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
