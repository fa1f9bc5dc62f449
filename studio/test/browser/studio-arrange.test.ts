// SPDX-License-Identifier: MIT
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { changed, drag, pictured, settled, shot, Small, text } from './studio-page';

let page: Page;
let first: string;
const small = new Small();
beforeAll(async () => {
  await small.open();
  ({ page, first } = small);
});
afterAll(() => small.close());
afterEach(() => small.check());
const undoAll = (): Promise<void> => small.undoAll();

describe('what is arranged by hand', () => {
  it('has an order that is dragged, and moved by keys', async () => {
    await drag(page, '[data-contingent="scouts"]', 0, 32, { y: 8 });
    const order = (await text(page)).indexOf('- scouts') > (await text(page)).indexOf('- sports club');
    expect(order).toBe(true);
    expect((await text(page)).split('\n').sort()).toEqual(first.split('\n').sort()); // lines moved, none changed
    expect(await page.evaluate(() => window.studio!.good!.processions![0]!.order.map((each) => each.name))).toEqual(
      ['fire brigade', 'sports club', 'scouts']);
    await undoAll();
    await page.locator('[data-contingent="fire brigade"]').focus();
    await page.keyboard.press('Alt+ArrowDown');
    await settled(page);
    expect((await text(page)).indexOf('- fire brigade')).toBeGreaterThan((await text(page)).indexOf('- scouts'));
    await undoAll();
  });

  it('adds an item and a contingent, and removes them', async () => {
    await page.click('button[aria-label="Add item"]');
    await settled(page);
    expect(await page.locator('[data-item="new item"]').count()).toBe(1);
    await page.click('button[aria-label^="Add contingent"] >> nth=0');
    await page.click('.picker .like');
    await settled(page);
    expect(await page.locator('[data-contingent="new contingent"]').count()).toBe(1);
    expect(await page.locator('[data-state]').getAttribute('data-state')).not.toBe('wrong');
    await page.click('#tab-details');
    await page.click('button.remove');
    await settled(page);
    expect(await page.locator('[data-contingent="new contingent"]').count()).toBe(0);
    await page.click('#tab-text');
    await undoAll();
  });

  it('adds whom a catalogue has, picked from pictures, with a formation and a gait of its own', async () => {
    const open = async (): Promise<void> => {
      await page.click('#tab-order');
      await page.click('button[aria-label^="Add contingent"] >> nth=0');
      await page.waitForSelector('.picker [data-kind="vehicle/truck"]');
    };
    await open();
    expect(await page.locator('.picker .kind').count()).toBeGreaterThan(20);
    expect(await page.locator('.picker [data-kind^="aircraft/"]').count()).toBe(0); // nobody flies along a street
    await shot(page, 'studio-kinds');
    await page.keyboard.press('Escape');
    expect(await page.locator('.picker').count()).toBe(0);
    for (const kind of ['foot/poland', 'mounted/horse', 'vehicle/car', 'vehicle/truck', 'float/small']) {
      await open();
      await page.click(`.picker [data-kind="${kind}"]`);
      await settled(page);
      const { state, diagnostics } = await page.evaluate(() => ({ state: window.studio!.plan!.state, diagnostics: window.studio!.plan!.diagnostics }));
      expect(diagnostics, kind).toEqual([]);
      expect(state, kind).toBe('holds');
      expect(await page.locator('#tab-order').getAttribute('aria-selected'), kind).toBe('true'); // what was tried meanwhile is nobody's concern
      // Whoever is faster than people on foot cannot come 20 s behind them: it gets a headway of its own.
      const own = (await text(page)).split('\n').find((line) => line.includes(`kind: ${kind}`))!;
      if (kind === 'foot/poland') expect(own).not.toContain('headway');
      else expect(own, kind).toMatch(/headway: \{time: (\d+ min )?\d+ s, station: salute line\}/);
      expect(changed(first, await text(page)).filter((line) => !line.includes(kind) && !line.startsWith('use:')), kind).toEqual([]);
      const added = await page.evaluate((name) => window.studio!.good!.processions!.flatMap((each) => each.order).filter((each) => each.kind === name).length, kind);
      expect(added, kind).toBeGreaterThan(0);
      await undoAll();
    }
    // By the keyboard: typed, then Enter.
    await open();
    await page.keyboard.type('motorc');
    await page.keyboard.press('Enter');
    await settled(page);
    expect(await page.evaluate(() => window.studio!.show.names(['marches', 'foot', 'order']).at(-1))).toBe('motorcycle');
    await undoAll();
    await page.click('#tab-order');
  });

  it('draws on the map: a corner is dragged, with metres; a station is set on its route', async () => {
    await pictured(page);
    await page.click('button.edit');
    await page.waitForSelector('[data-handle="town hall steps 2"]');
    await drag(page, '[data-handle="town hall steps 2"] rect', 40, -30, {}, async () => {
      expect(await page.locator('.coordinates').textContent()).toMatch(/ m, .* m/);
      expect(await page.locator('.map-edit .length').count()).toBe(2);
      await shot(page, 'studio-map');
    });
    const corner = changed(first, await text(page));
    expect(corner).toHaveLength(1);
    expect(corner[0]).toMatch(/town hall steps: .*\[\d+ m, 12 m\], \[(6[1-9]|[7-9]\d) m, (2[5-9]|3\d) m\]/);
    await undoAll();
    await page.click('[data-add=station]');
    const view = (await page.locator('.view').boundingBox())!;
    await page.mouse.click(view.x + view.width * 0.4, view.y + view.height * 0.75);
    await settled(page);
    const station = changed(first, await text(page));
    expect(station).toHaveLength(1);
    expect(station[0]).toMatch(/^ {4}new station: \{route: high street, abeam: \[-?[\d.]+ m, 0 m\]\}$/);
    await undoAll();
    await page.keyboard.press('Escape');
    await page.click('.segments button >> nth=0');
  });

  it('draws a route and a stand corner by corner, square where it is nearly so', async () => {
    await page.click('button.edit');
    const view = (await page.locator('.view').boundingBox())!;
    const at = (x: number, y: number): [number, number] => [view.x + view.width * x, view.y + view.height * y];
    await page.click('[data-add=route]');
    await page.mouse.click(...at(0.2, 0.72));
    await page.mouse.move(...at(0.6, 0.725));
    expect(await page.locator('.map-edit .length').last().textContent()).toMatch(/^[\d.,]+ m$/);
    await page.mouse.click(...at(0.6, 0.725));
    await page.mouse.click(...at(0.602, 0.85));
    await page.keyboard.press('Backspace');
    await page.mouse.click(...at(0.602, 0.9));
    await page.mouse.move(...at(0.603, 0.9));
    await shot(page, 'studio-draw');
    await page.keyboard.press('Enter');
    await settled(page);
    const route = changed(first, await text(page));
    expect(route).toHaveLength(1);
    expect(route[0]).toMatch(/^ {4}new route: \{points: \[\[.*\]\], corner radius: \d+ m, width: 10 m\}$/);
    const points = await page.evaluate(() => window.studio!.good!.site!.routes.find((each) => each.name === 'new route')!.points);
    expect(points).toHaveLength(3);
    expect(points[0]![1]).toBeCloseTo(points[1]![1]); // level …
    expect(points[1]![0]).toBeCloseTo(points[2]![0]); // … and square
    await undoAll();
    await page.click('[data-add=stand]');
    for (const [x, y] of [[0.3, 0.75], [0.5, 0.75], [0.5, 0.85], [0.3, 0.85]] as const) await page.mouse.click(...at(x, y));
    expect(await page.locator('.map-edit .coordinates').textContent()).toContain('m²');
    await page.mouse.click(...at(0.3, 0.75)); // the first corner ends it
    await settled(page);
    expect(await page.evaluate(() => window.studio!.good!.site!.areas.find((each) => each.name === 'new stand')!.outer.length)).toBe(4);
    expect(await page.locator('[data-state]').getAttribute('data-state')).not.toBe('wrong');
    await undoAll();
    await page.keyboard.press('2');
    await page.waitForFunction(() => Number(document.querySelector('#map-pane rect')?.getAttribute('x')) === window.studio!.player!.stage.panes.map.left && window.studio!.player!.stage.panes.map.left > 0);
    const handles = await page.evaluate(() => [...document.querySelectorAll('.map-edit .handle')].map((each) => each.getBoundingClientRect())
      .map((box) => (box.left + box.right) / 2 - document.querySelector('.view')!.getBoundingClientRect().left - window.studio!.player!.stage.panes.map.left));
    expect(handles.length).toBeGreaterThan(0);
    expect(Math.min(...handles)).toBeGreaterThanOrEqual(-1); // none lies over the scene
    await page.keyboard.press('Escape');
    await page.click('.segments button >> nth=0');
  });

  it('begins a march on a road that was drawn, without a word typed', async () => {
    await page.click('button.edit');
    const view = (await page.locator('.view').boundingBox())!;
    await page.click('[data-add=route]');
    for (const [x, y] of [[0.1, 0.8], [0.9, 0.8]] as const) await page.mouse.click(view.x + view.width * x, view.y + view.height * y);
    await page.keyboard.press('Enter');
    await settled(page);
    await page.keyboard.press('Escape');
    await page.click('[data-add=march]');
    await settled(page);
    const begun = await page.evaluate(() => window.studio!.good!.processions!.find((each) => each.name === 'new march')!);
    expect(begun.route).toBe('new route');
    expect(begun.order.map((each) => [each.name, each.people, each.steps_off_s != null])).toEqual([['new contingent', 49, true]]);
    expect(await page.locator('[data-item="march-past 2"]').count()).toBe(1);
    expect(await page.evaluate(() => window.studio!.plan!.state)).toBe('holds');
    await shot(page, 'studio-new-march');
    await undoAll();
    await page.keyboard.press('Escape');
    await page.click('.segments button >> nth=0');
  });

  it('arranges a formation, seen from above while it is typed', async () => {
    await page.click('[data-contingent="scouts"]');
    await page.click('#tab-details');
    const preview = page.locator('.arrange img');
    await page.waitForFunction(() => { const img = document.querySelector<HTMLImageElement>('.arrange img'); return img !== null && img.complete && img.naturalWidth > 0; });
    const before = await preview.getAttribute('src');
    const files = page.locator('[data-formation=files]');
    await files.focus();
    await files.fill('8');
    await page.waitForFunction((src) => document.querySelector('.arrange img')?.getAttribute('src') !== src, before);
    expect(await text(page)).toBe(first); // until the field is left
    expect(await page.evaluate(() => window.studio!.good!.processions![0]!.order[1]!.people)).toBe(82);
    await shot(page, 'studio-arrange');
    await files.press('Tab');
    await settled(page);
    expect(changed(first, await text(page))).toEqual(['      - scouts: {block: {files: 8, ranks: 10, interval: 0.9 m, distance: 1.2 m, leaders: 2}}']);
    await page.click('#tab-text');
    await undoAll();
    await page.keyboard.press('Escape');
  });
});
