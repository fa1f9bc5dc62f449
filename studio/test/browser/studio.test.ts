// SPDX-License-Identifier: MIT
import axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './page';
import { type OpenedStudio, openStudio, pictured, serve, type Served, settled, textOf, write } from './studio-page';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
});

const text = (page: Page): Promise<string> => page.evaluate(() => window.studio!.text);
const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['DEFILADA_SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
};
/** With the mouse, as a hand does: down, a few steps, up. */
async function drag(page: Page, selector: string, dx: number, dy: number, before: { x?: number; y?: number } = {}, beforeUp?: () => Promise<void>): Promise<void> {
  const box = (await page.locator(selector).first().boundingBox())!;
  const x = box.x + (before.x ?? box.width / 2), y = box.y + (before.y ?? box.height / 2);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 4; ++i) await page.mouse.move(x + (dx * i) / 4, y + (dy * i) / 4);
  await beforeUp?.();
  await page.mouse.up();
  await settled(page);
}
/** Lines of one text that the other does not have. */
const changed = (before: string, after: string): string[] => {
  const known = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !known.has(line));
};

describe('the studio of a small show', () => {
  let served: Served;
  let opened: OpenedStudio;
  let page: Page;
  let first: string;

  beforeAll(async () => {
    served = await serve('shows/first-steps');
    first = textOf(served);
    opened = await openStudio(browser, served, { width: 1280, height: 800 });
    page = opened.page;
    await pictured(page);
  });
  afterAll(async () => {
    await page?.close();
    served?.stop();
  });
  afterEach(() => {
    expect(opened.complaints).toEqual([]);
    expect(opened.foreign).toEqual([]);
  });
  const undoAll = async (): Promise<void> => {
    const title = (await page.locator('h1').boundingBox())!;
    await page.mouse.click(title.x + 20, title.y + 5);
    for (let i = 0; i < 12 && (await text(page)) !== first; ++i) await page.keyboard.press('Control+z');
    expect(await text(page)).toBe(first);
    await settled(page);
  };

  it('shows the picture, the order, the programme and the text, and takes the token out of sight', async () => {
    expect(await page.locator('h1').textContent()).toBe('First steps');
    expect(await page.locator('[data-contingent]').count()).toBe(7);
    expect(await page.locator('[data-item]').count()).toBe(5);
    expect(await page.locator('.cm-content').first().textContent()).toContain('defilada: 1');
    expect(new URL(page.url()).hash).toBe('');
    expect(await page.evaluate(() => window.studio!.player!.tracks.movers)).toBe(191);
    await page.waitForFunction(() => window.studio!.plan?.proven === true, undefined, { timeout: 60_000 });
    expect(await page.locator('[data-state]').textContent()).toBe('Proven');
    await shot(page, 'studio-first-steps');
  });

  it('plans again while a bar is dragged, and edits one value of the text', async () => {
    const end = await page.evaluate(() => window.studio!.good!.summary!.end_s);
    await drag(page, '[data-item="welcome"] .bar', 44, 0, { x: 40 }, async () => {
      await page.waitForFunction((e) => window.studio!.good!.summary!.end_s > e + 10, end); // before it is let go
      expect(await text(page)).toBe(first);
    });
    const lines = changed(first, await text(page));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^ {2}- welcome: {6}\{at: 12:0\d:\d\d, lasts: 3 min to 5 min\}$/);
    await undoAll();
    await page.keyboard.press('Control+Shift+z');
    expect(changed(first, await text(page))).toEqual(lines);
    await undoAll();
  });

  it('says in the show’s own sentences what a drag would make impossible', async () => {
    await drag(page, '[data-item="welcome"] .bar', 700, 0, { x: 40 }, async () => {
      await page.waitForSelector('.gantt .cannot');
      expect(await page.locator('.gantt .cannot').textContent()).toContain('no later than: 12:20');
      await shot(page, 'studio-drag-cannot');
      expect(await page.locator('[data-item="welcome"]').count()).toBe(1); // still in the hand
    });
    expect(await page.locator('[data-state]').textContent()).toBe('Cannot hold');
    await page.click('#tab-order');
    await undoAll();
    expect(await page.locator('[data-state]').textContent()).not.toBe('Cannot hold');
  });

  it('moves a bar by the arrow keys, and lengthens it by its edge', async () => {
    await page.locator('[data-item="thanks"]').focus();
    await page.keyboard.press('ArrowRight');
    await settled(page);
    const moved = changed(first, await text(page));
    expect(moved).toHaveLength(1);
    expect(moved[0]).toContain('later: 1 min');
    await undoAll();
    await drag(page, '[data-item="thanks"] .edge', 30, 0);
    expect(changed(first, await text(page))[0]).toMatch(/- thanks: .*lasts: [23] min( \d+ s)?/);
    await undoAll();
  });

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

  it('edits figures in fields, with the reader’s own words for what is wrong', async () => {
    await page.locator('[data-item="welcome"]').focus();
    await page.click('#tab-details');
    const lasts = page.locator('.field', { hasText: 'lasts' }).locator('input');
    await lasts.fill('4 minutes');
    await lasts.press('Tab');
    await settled(page);
    expect(await page.locator('.field.fault .message').textContent()).toContain('minutes');
    expect(await page.locator('[data-state]').getAttribute('data-state')).toBe('wrong');
    await shot(page, 'studio-fault');
    await lasts.fill('4 min');
    await lasts.press('Tab');
    await settled(page);
    expect(await page.locator('.field.fault').count()).toBe(0);
    expect(changed(first, await text(page))).toEqual(['  - welcome:      {at: 12:00, lasts: 4 min}']);
    await page.click('#tab-text');
    await undoAll();
  });

  it('adds an item and a contingent, and removes them', async () => {
    await page.click('button[aria-label="Add item"]');
    await settled(page);
    expect(await page.locator('[data-item="new item"]').count()).toBe(1);
    await page.click('button[aria-label^="Add contingent"] >> nth=0');
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

  it('has a time–distance diagram on the axis of the bars, linked with the choice and the clock', async () => {
    await page.click('#tab-distance');
    expect(await page.locator('[data-line]').count()).toBe(6);
    await page.locator('[data-line="scouts"]').focus();
    expect(await page.evaluate(() => window.studio!.selected)).toEqual({ kind: 'contingent', name: 'scouts', procession: 'foot' });
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => window.studio!.selected?.name)).toBe('sports club');
    // Its head crosses the salute line in the diagram when the plan says so.
    const told = await page.locator('[data-line="sports club"] title').textContent();
    const said = /salute line (\d\d:\d\d:\d\d)/.exec(told ?? '')![1]!;
    const cue = await page.evaluate(() => {
      const { head, wall } = window.studio!.player!;
      return wall.text(head.cues.find((each) => each.what === 'head' && head.contingents[each.contingent!]?.name === 'sports club' && head.site.stations[each.station!]?.name === 'salute line')!.t_s);
    });
    expect(said).toBe(cue);
    // A click moves the clock to the time that stands under it on the bars, too.
    const plot = (await page.locator('.distance .bands').boundingBox())!;
    await page.mouse.click(plot.x + plot.width * 0.5, plot.y + 6);
    const now = await page.evaluate(() => window.studio!.player!.clock.time_s);
    // Both are drawn at the next frame, which a busy machine is late with.
    await page.waitForFunction((clicked) => {
      const lines = [...document.querySelectorAll('.playhead')].map((each) => each.getBoundingClientRect().x);
      return lines.length === 2 && lines.every((x) => Math.abs(x - clicked) < 2) && Math.abs(lines[0]! - lines[1]!) < 1;
    }, plot.x + plot.width * 0.5);
    expect(now).toBeGreaterThan(12 * 3600);
    // Another route.
    await page.selectOption('.distance select', 'approach');
    expect(await page.locator('[data-line]').count()).toBe(1);
    await shot(page, 'studio-distance');
    await page.click('#tab-programme');
    await page.keyboard.press('Escape');
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

  it('completes keys from the schema and names from the show, in the editor', async () => {
    await page.keyboard.press('e');
    await page.waitForFunction(() => document.querySelector('.editor')?.shadowRoot?.activeElement != null);
    await page.evaluate(() => {
      const { text: whole, writing } = window.studio!;
      const at = whole.indexOf('\n', whole.indexOf('- thanks'));
      writing!.reveal(at, at);
    });
    await page.keyboard.type('\n- goodbye: {aft'); // the editor indents by itself
    await page.waitForSelector('.cm-tooltip-autocomplete');
    expect(await page.locator('.cm-tooltip-autocomplete').textContent()).toContain('after');
    await page.keyboard.press('Escape');
    for (let i = 0; i < 40 && (await text(page)) !== first; ++i) await page.keyboard.press('Control+z');
    await settled(page);
    await page.keyboard.press('Escape');
  });

  it('saves, and asks before it writes over what somebody else has changed', async () => {
    await page.locator('[data-item="thanks"]').focus();
    await page.keyboard.press('ArrowRight');
    await settled(page);
    await page.keyboard.press('Control+s');
    await page.waitForFunction(() => !window.studio!.dirty);
    const mine = await text(page);
    expect(textOf(served)).toBe(mine);
    // Outside, while nothing is unsaved: taken over.
    const theirs = mine.replace('12:00', '12:01');
    write(served, theirs);
    await page.waitForFunction((t) => window.studio!.text === t, theirs);
    // Outside, while something is: asked.
    await settled(page);
    await page.locator('[data-item="thanks"]').focus();
    await page.keyboard.press('ArrowRight');
    await settled(page);
    const unsaved = await text(page);
    write(served, mine);
    await page.waitForSelector('[role=alertdialog]');
    await shot(page, 'studio-conflict');
    await page.click('[role=alertdialog] button.strong');
    await page.waitForFunction(() => !window.studio!.dirty);
    expect(textOf(served)).toBe(unsaved);
    // Back to the beginning, for whoever comes next.
    await page.evaluate((t) => window.studio!.writing!.replace(t), first);
    await page.keyboard.press('Control+s');
    await page.waitForFunction(() => !window.studio!.dirty);
    await settled(page);
  });

  it('hands over the run sheet', async () => {
    await page.click('#tab-take');
    await page.waitForSelector('.take a');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('.take a[download="run-sheet.pdf"]')]);
    expect(await download.failure()).toBeNull();
    expect(download.suggestedFilename()).toBe('run-sheet.pdf');
    await shot(page, 'studio-take');
    await page.click('#tab-order');
  });

  it('speaks Polish, is dark, and can be used by a reader of screens', async () => {
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((t) => window.studio!.setTheme(t), theme);
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const { axe: check } = window as unknown as { axe: { run(of: unknown, options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
        const result = await check.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'best-practice'] });
        return result.violations.map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
      });
      expect(found).toEqual([]);
    }
    await page.selectOption('select[aria-label="Language"]', 'pl');
    await settled(page);
    expect(await page.locator('#tab-order').textContent()).toContain('Kolejność');
    expect(await page.locator('h1').textContent()).toBe('Pierwsze kroki');
    await shot(page, 'studio-dark-polish');
    await page.evaluate(() => window.studio!.setTheme('light'));
    await page.selectOption('select', 'en');
    await settled(page);
  });

  it('is usable at 1280 px and on a tablet', async () => {
    for (const [width, height] of [[1280, 720], [1024, 768], [820, 1180]] as const) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(200);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await shot(page, `studio-${width}`);
    }
  });
});

describe('the spectators of a show', () => {
  it('are simulated with progress, seen on the map and in curves, and compared with a variant', async () => {
    const served = await serve('tests/shows/square.yaml');
    try {
      const { page, complaints } = await openStudio(browser, served, { width: 1280, height: 800 });
      await pictured(page);
      await page.click('#tab-crowd');
      expect(await page.locator('.crowd .empty').textContent()).toContain('120 spectators');
      await page.click('button.run');
      await page.waitForFunction(() => window.studio!.crowd.result !== null);
      await page.click('.results .segments button >> nth=0');
      expect(await page.locator('.figures').textContent()).toContain('120 / 120');
      expect(await page.locator('.curves').count()).toBe(2);
      // The ground is coloured by where people are at the clock's time.
      const taken = (): Promise<number> => page.evaluate(() => {
        const { density } = window.studio!.player!.stage;
        return density.mesh.visible ? density.cells.reduce((n, value) => n + (value > 0 ? 1 : 0), 0) : 0;
      });
      await page.waitForFunction(() => window.studio!.player!.stage.density.mesh.visible);
      expect(await taken()).toBeGreaterThan(3);
      await page.evaluate(() => window.studio!.seek(10 * 3600));
      await page.waitForTimeout(500);
      expect(await taken()).toBeLessThan(3); // the day begins with the first who comes
      await page.uncheck('.crowd .check input');
      await page.evaluate(() => window.studio!.seek(11.2 * 3600));
      await page.waitForTimeout(300);
      expect(await taken()).toBe(0);
      await page.check('.crowd .check input');
      await page.waitForFunction(() => window.studio!.player!.stage.density.mesh.visible);
      // A click on a curve moves the clock.
      const curve = (await page.locator('.curves .u-over').first().boundingBox())!;
      await page.mouse.click(curve.x + curve.width / 2, curve.y + 20);
      const phase = await page.evaluate(() => window.studio!.crowd.result!.phases[0]!);
      const now = await page.evaluate(() => window.studio!.player!.clock.time_s);
      expect(Math.abs(now - (phase.begin_s + 30 * (phase.inside.length - 1)))).toBeLessThan(60);
      // The variant beside it.
      await page.selectOption('.crowd-controls select >> nth=1', 'half the lanes');
      await page.click('button.run');
      await page.waitForFunction(() => window.studio!.crowd.compared !== null);
      expect(await page.locator('.figures thead th').allTextContents()).toEqual(['2: Half the lanes, 100 %', '1: this text, 100 %']);
      expect(await page.locator('.curves').count()).toBe(4);
      const waits = await page.evaluate(() => [window.studio!.crowd.result!, window.studio!.crowd.compared!].map((run) => run.phases[0]!.gates[0]!.longest_wait_s));
      expect(waits[0]!).toBeGreaterThan(1.5 * waits[1]!);
      await shot(page, 'studio-crowd');
      // One that is stopped leaves nothing.
      const text = textOf(served).replace('people: 120', 'people: 2000').replace('capacity: 200', 'capacity: 2000');
      await page.evaluate((t) => window.studio!.writing!.replace(t), text);
      await settled(page);
      await page.click('button.run');
      await page.click('button.stop');
      await page.waitForFunction(() => !window.studio!.crowd.running);
      expect(await page.locator('.crowd .fault').count()).toBe(0);
      expect(await page.evaluate(() => window.studio!.crowd.runs.length)).toBe(2);
      expect(complaints).toEqual([]);
      await page.close();
    } finally {
      served.stop();
    }
  });
});

describe('saving as one goes', () => {
  it('writes what rests, and never over what somebody else has changed', async () => {
    const served = await serve('shows/first-steps');
    try {
      const { page, complaints } = await openStudio(browser, served, { width: 1280, height: 800 }, true);
      await pictured(page);
      const first = textOf(served);
      await page.locator('[data-item="thanks"]').focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(() => !window.studio!.dirty);
      expect(textOf(served)).toBe(await text(page));
      expect(textOf(served)).toContain('later: 1 min}');
      // Undone, it is saved again.
      await page.locator('[data-item="thanks"]').focus();
      await page.keyboard.press('Control+z');
      await expect.poll(() => textOf(served), { timeout: 30_000 }).toBe(first);
      await page.waitForFunction(() => !window.studio!.dirty);
      // Somebody else's change while something is unsaved here: asked, and not written over.
      await page.evaluate(() => { window.studio!.autosave = false; });
      await page.locator('[data-item="thanks"]').focus();
      await page.keyboard.press('ArrowRight');
      const theirs = first.replace('12:00', '12:02');
      write(served, theirs);
      await page.evaluate(() => { window.studio!.autosave = true; });
      await page.waitForSelector('[role=alertdialog]');
      await page.click('[role=alertdialog] button >> nth=0'); // decide later
      await page.locator('[data-item="thanks"]').focus();
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(3000);
      expect(textOf(served)).toBe(theirs);
      expect(await page.evaluate(() => window.studio!.dirty)).toBe(true);
      await page.keyboard.press('Control+s'); // which asks again
      await page.waitForSelector('[role=alertdialog]');
      await page.click('[role=alertdialog] button.strong');
      await page.waitForFunction(() => !window.studio!.dirty);
      expect(textOf(served)).toBe(await text(page));
      // It can be switched off, among the keys.
      await page.keyboard.press('?');
      await page.uncheck('.setting input');
      await page.keyboard.press('Escape');
      await page.locator('[data-item="thanks"]').focus();
      await page.keyboard.press('ArrowLeft');
      await page.waitForTimeout(2500);
      expect(await page.evaluate(() => window.studio!.dirty)).toBe(true);
      expect(complaints).toEqual([]);
      await page.close();
    } finally {
      served.stop();
    }
  });
});

describe('a show that cannot hold', () => {
  it('is explained by its own sentences, and mended by a button', async () => {
    const served = await serve('tests/shows/infeasible.yaml');
    try {
      const { page, complaints } = await openStudio(browser, served, { width: 1280, height: 800 });
      await page.waitForSelector('.conflict');
      expect(await page.locator('[data-state]').textContent()).toBe('Cannot hold');
      expect(await page.locator('.conflict').textContent()).toContain('no later than');
      await shot(page, 'studio-cannot-hold');
      await page.locator('.conflict .apply').first().click();
      await page.waitForFunction(() => window.studio!.plan?.state === 'holds');
      expect(changed(textOf(served), await text(page))).toHaveLength(1);
      await pictured(page);
      expect(await page.evaluate(() => window.studio!.player!.tracks.movers)).toBeGreaterThan(100);
      expect(complaints).toEqual([]);
      await page.close();
    } finally {
      served.stop();
    }
  });
});
