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

  it('is gone round by F6, part by part, and back', async () => {
    const at = (): Promise<string> => page.evaluate(() => {
      const part = document.activeElement?.closest('.bar, .left, .view, .lower, .right');
      return ['bar', 'left', 'view', 'lower', 'right'].find((each) => part?.classList.contains(each)) ?? '';
    });
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const seen: string[] = [];
    for (let i = 0; i < 6; ++i) {
      await page.keyboard.press('F6');
      seen.push(await at());
    }
    expect(seen).toEqual(['bar', 'left', 'view', 'lower', 'right', 'bar']);
    await page.keyboard.press('Shift+F6');
    expect(await at()).toBe('right');
  });

  it('brings a bar that lies beside into sight when it is chosen', async () => {
    const inside = async (name: string): Promise<boolean> => {
      const bars = (await page.locator('.gantt .bars').first().boundingBox())!, bar = (await page.locator(`[data-item="${name}"] .bar`).boundingBox())!;
      return bar.x >= bars.x && bar.x < bars.x + bars.width;
    };
    for (let i = 0; i < 8; ++i) await page.click('.gantt button[aria-label="Shorter stretch of time"]');
    const names = await page.locator('[data-item]').evaluateAll((all) => all.map((each) => (each as SVGElement).dataset['item']!));
    for (const name of [names[0]!, names[names.length - 1]!]) {
      await page.locator('.gantt button.name', { hasText: name }).first().click();
      expect(await inside(name), name).toBe(true);
    }
    await page.locator(`[data-item="${names[0]!}"]`).focus();
    expect(await inside(names[0]!)).toBe(true);
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
