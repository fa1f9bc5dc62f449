// SPDX-License-Identifier: MIT
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { settled, shot, Small } from './studio-page';

/** What axe has to say of the page. */
const faultsOf = (page: Page): Promise<string[]> => page.evaluate(async () => {
  const { axe: check } = window as unknown as { axe: { run(of: unknown, options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
  const result = await check.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'best-practice'] });
  return result.violations.map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
});

let page: Page;
const small = new Small();
beforeAll(async () => {
  await small.open();
  ({ page } = small);
});
afterAll(() => small.close());
afterEach(() => small.check());

describe('how it looks', () => {
  it('speaks Polish, is dark, and can be used by a reader of screens', async () => {
    await page.evaluate(axe.source);
    const found: string[] = [];
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((t) => window.studio!.setTheme(t), theme);
      for (const tabs of [['order', 'programme', 'text'], ['findings', 'distance', 'details'], ['take', 'crowd', 'text']]) {
        for (const tab of tabs) await page.click(`#tab-${tab}`);
        if (tabs.includes('take')) await page.waitForSelector('.take a');
        for (const fault of await faultsOf(page)) found.push(`${theme}, ${tabs.join(', ')}: ${fault}`);
      }
      await page.click('#tab-order');
      await page.click('button[aria-label^="Add contingent"] >> nth=0');
      await page.waitForSelector('.picker [data-kind="foot/uk"]');
      for (const fault of await faultsOf(page)) found.push(`${theme}, the kinds: ${fault}`);
      await page.keyboard.press('Escape');
    }
    expect(found).toEqual([]);
    await page.click('#tab-order');
    await page.click('#tab-programme');
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
