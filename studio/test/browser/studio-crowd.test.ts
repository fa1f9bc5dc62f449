// SPDX-License-Identifier: MIT
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './page';
import { openStudio, pictured, serve, settled, shot, textOf } from './studio-page';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
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
      // Everybody is seen where the simulation has them, the nearest with a body; nobody else sits in the stand.
      const seen = (): Promise<{ people: number; bodies: number }> => page.evaluate(() => ({ ...window.studio!.player!.stage.spectators.drawn }));
      await page.evaluate(() => {
        const studio = window.studio!;
        studio.player!.setMode('3d');
        studio.seek(studio.crowd.result!.phases[0]!.end_s);
      });
      await expect.poll(async () => (await seen()).people, { timeout: 30_000 }).toBe(120);
      expect(await page.evaluate(() => window.studio!.player!.stage.site.seated)).toBe(false);
      await page.evaluate(() => window.studio!.player!.lookFrom(0));
      await expect.poll(async () => (await seen()).bodies, { timeout: 30_000 }).toBeGreaterThan(10);
      await shot(page, 'studio-crowd-near');
      // They walk out while the clock goes sixty times as fast.
      await page.evaluate(() => {
        const studio = window.studio!;
        studio.seek(studio.crowd.result!.phases[1]!.begin_s);
        studio.player!.setSpeed(60);
        studio.player!.toggle();
      });
      const last_s = await page.evaluate(() => window.studio!.crowd.result!.phases[1]!.last_s);
      await expect.poll(() => page.evaluate(() => window.studio!.player!.clock.time_s), { timeout: 60_000 }).toBeGreaterThan(last_s - 1);
      expect((await seen()).people).toBeLessThan(60);
      await page.evaluate(() => {
        window.studio!.player!.clock.playing = false;
        window.studio!.player!.setSpeed(1);
      });
      await page.evaluate(() => window.studio!.seek(10 * 3600));
      await expect.poll(taken, { timeout: 30_000 }).toBeLessThan(3); // the day begins with the first who comes
      await page.uncheck('.crowd .check input');
      await page.evaluate(() => window.studio!.seek(11.2 * 3600));
      await expect.poll(taken, { timeout: 30_000 }).toBe(0);
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
