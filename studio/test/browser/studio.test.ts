// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { changed, drag, pictured, settled, shot, Small, text } from './studio-page';
import { PROGRAM, ROOT } from '../program';

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

describe('the studio of a small show', () => {
  it('shows the picture, the order, the programme and the text, and takes the token out of sight', async () => {
    expect(await page.locator('h1').textContent()).toBe('First steps');
    const told = JSON.parse(execFileSync(PROGRAM, ['check', 'shows/first-steps', '--json', '--quiet'], { cwd: ROOT, encoding: 'utf8' })) as Record<string, number>;
    expect(await page.locator('.bar .title p').textContent()).toBe(`${told['contingents']} contingents · ${told['people']} people · ${told['movers']} movers · ${told['cues']} cues`);
    expect(await page.evaluate(() => { // as the playback counts
      const { head } = window.studio!.player!;
      return [head.contingents.filter((each) => each.counted).length, head.cues.length];
    })).toEqual([told['contingents'], told['cues']]);
    expect(await page.locator('[data-contingent]').count()).toBe(7);
    expect(await page.locator('[data-item]').count()).toBe(5);
    expect(await page.locator('.cm-content').first().textContent()).toContain('defilada: 1');
    expect(new URL(page.url()).hash).toBe('');
    expect(await page.evaluate(() => window.studio!.player!.tracks.movers)).toBe(191);
    await page.waitForFunction(() => window.studio!.plan?.proven === true, undefined, { timeout: 60_000 });
    expect(await page.locator('[data-state]').textContent()).toBe('Proven');
    await shot(page, 'studio-first-steps');
  });

  it('asks for what the picture needs at once, for nothing twice, and for the rest when it is there', async () => {
    const found = await page.evaluate(() => ({
      picture: performance.getEntriesByName('defilada: picture')[0]!.startTime,
      context: performance.getEntriesByName('defilada: context')[0]!.startTime,
      asked: (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .map((each) => ({ path: new URL(each.name).pathname, at: each.startTime })).filter((each) => each.path.startsWith('/api/')),
    }));
    const before = found.asked.filter((each) => each.at < found.picture);
    const named = (path: string): typeof before => before.filter((each) => each.path === path);
    for (const path of ['/api/session', '/api/show', '/api/plan', '/api/tracks']) {
      expect(named(path), path).toHaveLength(1);
      expect(named(path)[0]!.at, path).toBeLessThan(found.context); // before the way to the graphics card is opened
    }
    for (const path of ['/api/schema', '/api/crowd', '/api/downloads']) expect(named(path), path).toHaveLength(0);
    await page.waitForFunction(() => window.studio!.schema !== null);
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
    const clock = (): Promise<number> => page.evaluate(() => window.studio!.player!.clock.time_s);
    await page.evaluate(() => window.studio!.seek(12 * 3600 + 333));
    const held = await page.locator('[data-item="welcome"] .bar').boundingBox();
    await drag(page, '[data-item="welcome"] .bar', 700, 0, { x: 40 }, async () => {
      await page.waitForSelector('.gantt .cannot');
      expect(await page.locator('.gantt .cannot').textContent()).toContain('no later than: 12:20');
      await shot(page, 'studio-drag-cannot');
      expect(await page.locator('[data-item="welcome"]').count()).toBe(1); // still in the hand
    });
    expect(await page.locator('[data-state]').textContent()).toBe('Cannot hold');
    expect(await page.locator('#tab-findings').getAttribute('aria-selected')).toBe('true');
    // The bars stay, that which was dropped where it was dropped; it is dragged back as it would be from anywhere.
    expect(await page.locator('[data-item]').count()).toBe(5);
    expect(await page.locator('.gantt .cannot').textContent()).toContain('where they last held');
    const dropped = await page.locator('[data-item="welcome"] .bar').boundingBox();
    expect(dropped!.x - held!.x).toBeGreaterThan(690);
    await shot(page, 'studio-dropped-cannot');
    const cannot = await text(page);
    await page.locator('[data-item="welcome"]').focus();
    await page.keyboard.press('ArrowLeft');
    await settled(page);
    const minute = (source: string): number => Number(/welcome:.*at: 12:(\d\d)/.exec(source)![1]);
    expect(minute(await text(page))).toBe(minute(cannot) - 1);
    await page.keyboard.press('Control+z');
    await settled(page);
    expect(await text(page)).toBe(cannot);
    await page.click('#tab-order');
    await pictured(page); // nobody marches; the clock stands where it stood, then and afterwards
    expect(await clock()).toBe(12 * 3600 + 333);
    await undoAll();
    await pictured(page);
    expect(await clock()).toBe(12 * 3600 + 333);
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

  it('holds an item from one side, by a bracket at its bar, by keys and in a field', async () => {
    expect(await page.locator('[data-limit="thanks ends"].set').count()).toBe(1); // the show has it
    await page.locator('[data-item="welcome"]').focus();
    await page.click('[data-limit="welcome ends"]');
    await settled(page);
    const rule = async (): Promise<string> => changed(first, await text(page)).join();
    expect(await rule()).toMatch(/^ {2}- \{cue: welcome ends, no later than: 12:0\d(:\d\d)?\}$/);
    const minute = async (): Promise<number> => Number(/than: 12:(\d\d)/.exec(await rule())![1]);
    const before = await minute();
    await page.locator('[data-item="welcome"]').focus();
    for (const press of ['Tab', 'Tab', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(press);
    await settled(page);
    expect(await minute()).toBe(before + 2);
    await shot(page, 'studio-limit');
    await page.keyboard.press('Delete');
    await settled(page);
    expect(await text(page)).toBe(first);
    await page.locator('[data-item="thanks"]').focus(); // the brackets of who is chosen are offered
    await drag(page, '[data-limit="thanks starts"]', 60, 0, {}, async () => {
      await page.waitForFunction(() => window.studio!.draft?.includes('thanks starts, no earlier than') === true);
    });
    expect(await rule()).toContain('{cue: thanks starts, no earlier than: 12:');
    await undoAll();
    await page.click('#tab-details');
    await page.locator('[data-item="welcome"]').focus();
    const field = page.locator('[data-limit-field=starts]');
    await field.fill('half past');
    await field.press('Tab');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await text(page)).toBe(first);
    await field.fill('11:59');
    await field.press('Tab');
    await settled(page);
    expect(await rule()).toBe('  - {cue: welcome starts, no earlier than: 11:59}');
    expect(await page.locator('[data-state]').getAttribute('data-state')).not.toBe('wrong');
    await undoAll();
    await page.click('#tab-text');
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

  it('has a time–distance diagram on the axis of the bars, linked with the choice and the clock', async () => {
    await pictured(page);
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
});
