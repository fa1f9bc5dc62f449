// SPDX-License-Identifier: MIT
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { changed, openStudio, pictured, serve, settled, shot, Small, text, textOf, write } from './studio-page';

let page: Page;
let first: string;
const small = new Small();
beforeAll(async () => {
  await small.open();
  ({ page, first } = small);
});
afterAll(() => small.close());
afterEach(() => small.check());

describe('the file that is written in', () => {
  it('saves, and asks before it writes over what somebody else has changed', async () => {
    await page.locator('[data-item="thanks"]').focus();
    await page.keyboard.press('ArrowRight');
    await settled(page);
    await page.keyboard.press('Control+s');
    await page.waitForFunction(() => !window.studio!.dirty);
    const mine = await text(page);
    expect(textOf(small.served)).toBe(mine);
    // Outside, while nothing is unsaved: taken over.
    const theirs = mine.replace('12:00', '12:01');
    write(small.served, theirs);
    await page.waitForFunction((t) => window.studio!.text === t, theirs);
    // Outside, while something is: asked.
    await settled(page);
    await page.locator('[data-item="thanks"]').focus();
    await page.keyboard.press('ArrowRight');
    await settled(page);
    const unsaved = await text(page);
    write(small.served, mine);
    await page.waitForSelector('[role=alertdialog]');
    await shot(page, 'studio-conflict');
    // By the keys: it has them, Tab stays inside, Escape decides later, and the bar has them again.
    const at = (): Promise<string> => page.evaluate(() => document.activeElement!.closest('[role=alertdialog]') === null
      ? document.activeElement!.getAttribute('data-item') ?? '' : document.activeElement!.textContent!.trim());
    const round: string[] = [];
    for (let i = 0; i < 4; ++i) {
      round.push(await at());
      await page.keyboard.press('Tab');
    }
    expect(round).toEqual(['Decide later', 'Take the other version', 'Save mine over it', 'Decide later']);
    await page.keyboard.press('Escape');
    expect(await page.locator('[role=alertdialog]').count()).toBe(0);
    expect(await at()).toBe('thanks');
    await page.keyboard.press('Control+s'); // asks again
    await page.waitForSelector('[role=alertdialog]');
    await page.keyboard.press('Shift+Tab');
    expect(await at()).toBe('Save mine over it');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !window.studio!.dirty);
    expect(textOf(small.served)).toBe(unsaved);
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
});

describe('saving as one goes', () => {
  it('writes what rests, and never over what somebody else has changed', async () => {
    const served = await serve('shows/first-steps');
    try {
      const { page, complaints } = await openStudio(small.browser, served, { width: 1280, height: 800 }, true);
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
      await page.evaluate(() => { window.studio!.file.autosave = false; });
      await page.locator('[data-item="thanks"]').focus();
      await page.keyboard.press('ArrowRight');
      const theirs = first.replace('12:00', '12:02');
      write(served, theirs);
      await page.evaluate(() => { window.studio!.file.autosave = true; });
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
      const { page, complaints } = await openStudio(small.browser, served, { width: 1280, height: 800 });
      await page.waitForSelector('.conflict');
      expect(await page.locator('[data-state]').textContent()).toBe('Cannot hold');
      expect(await page.locator('.conflict').textContent()).toContain('no later than');
      await shot(page, 'studio-cannot-hold');
      expect(await page.locator('.bar .title p').textContent()).not.toContain('cue'); // nothing has a time
      expect(await page.evaluate(() => window.studio!.player?.clock.time_s ?? 43_200)).toBe(43_200); // the ground at noon, not at night
      await page.locator('.conflict .apply').first().focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => window.studio!.plan?.state === 'holds');
      await page.waitForFunction(() => document.activeElement?.matches('.apply, #tab-findings')); // the keys are not lost with the button
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
