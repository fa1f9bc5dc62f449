// SPDX-License-Identifier: MIT
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../program';
import { launch } from './page';
import { openStudio, pictured, type Served, serve, settled, shot, textOf, write } from './studio-page';

const NOTHING = 'defilada: 1\ntitle: {en: Fair, pl: Festyn}\ndate: 2026-05-03\nzone: Europe/Warsaw\nsite:\n  origin: {lat: 52.25, lon: 21.01}\n';

let browser: Browser;
let served: Served;
beforeAll(async () => {
  browser = await launch();
  served = await serve('shows/first-steps');
  write(served, NOTHING);
});
afterAll(async () => {
  await browser?.close();
  served?.stop();
});

describe('a parade from nothing', () => {
  it('is built with the mouse alone, saved by itself, and its run sheet and cards are printed', async () => {
    const { page, complaints } = await openStudio(browser, served, { width: 1280, height: 800 }, true);
    await page.waitForFunction((text) => window.studio!.text === text, NOTHING);
    await pictured(page);
    const view = (await page.locator('.view').boundingBox())!;
    const click = (x: number, y: number): Promise<void> => page.mouse.click(view.x + view.width * x, view.y + view.height * y);
    const button = (name: string): Promise<void> => page.click(name);
    // A road, and a stand beside it.
    await button('button.edit');
    await button('[data-add=route]');
    await click(0.1, 0.6);
    await click(0.9, 0.6);
    await click(0.9, 0.6); // the last corner again ends it
    await settled(page);
    await button('[data-add=stand]');
    for (const [x, y] of [[0.4, 0.65], [0.6, 0.65], [0.6, 0.75], [0.4, 0.75], [0.4, 0.65]] as const) await click(x, y);
    await settled(page);
    await button('button.edit');
    // Three contingents march along it.
    await button('[data-add=march]');
    await settled(page);
    for (const kind of ['foot/uk', 'mounted/horse']) {
      await button('button[aria-label^="Add contingent"]');
      await button(`.picker [data-kind="${kind}"]`);
      await settled(page);
    }
    const made = await page.evaluate(() => ({
      state: window.studio!.plan!.state, order: window.studio!.good!.processions![0]!.order.map((each) => each.people), stands: window.studio!.good!.site!.areas.length,
    }));
    expect(made).toEqual({ state: 'holds', order: [49, 49, 17], stands: 1 });
    await shot(page, 'studio-begin');
    await expect.poll(() => textOf(served), { timeout: 20_000 }).toContain('mounted/horse');
    // What is printed.
    await button('#tab-take');
    for (const name of ['run-sheet.pdf', 'cards.pdf']) {
      const [download] = await Promise.all([page.waitForEvent('download'), button(`.take a[download="${name}"]`)]);
      expect(await download.failure()).toBeNull();
      const bytes = readFileSync(await download.path());
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      expect(bytes.length).toBeGreaterThan(10_000);
      const folder = process.env['DEFILADA_SHOTS'] ?? scratch();
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('opens a text with errors without a word in the log', async () => {
    write(served, NOTHING.replace('date: 2026-05-03', 'date: soon'));
    await new Promise((done) => setTimeout(done, 1500));
    const page = await browser.newPage();
    const log: string[] = [];
    page.on('console', (message) => { if (message.type() === 'error') log.push(message.text()); });
    await page.goto(served.address);
    await page.waitForFunction(() => window.studio?.plan?.state === 'wrong' && window.studio.writing !== null);
    expect(log).toEqual([]);
    await page.close();
  });
});
