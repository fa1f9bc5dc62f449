// SPDX-License-Identifier: MIT
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {} from '../../player/playback';
import { manyMarchers } from '../many';
import { defilada, scratch } from '../program';
import { launch } from './page';

const CONTINGENTS = 100, MOVERS = 60_000;
const SCRIPT_MS = 4; // of a frame, for so many
const MOST_BYTES = 3000; // a frame: what three.js makes, and some; the smallest object for each mover would be 700 000
const MOST_BYTES_PAGE = 9000; // with the page round it: names that move, a strip that is drawn, which have texts

interface Sampled { callFrame: { url: string; functionName: string }; selfSize: number; children: Sampled[] }

/**
 * What a frame costs the script, drawing left out: the calls that draw are taken away, so that neither the machine's
 * rasteriser nor its load is measured, and time is the thread's own.
 */
describe('a frame of 60 000 movers', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const folder = scratch();
    const show = join(folder, 'many.yaml');
    writeFileSync(show, manyMarchers(CONTINGENTS));
    defilada('run', show, '--no-crowd', '--no-pdf', '--out', folder);
    browser = await launch();
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.addInitScript(() => {
      const gl = WebGL2RenderingContext.prototype as unknown as Record<string, unknown>;
      for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) gl[name] = () => undefined;
    });
    await page.goto(`file://${join(folder, 'playback.html')}`);
    await page.waitForFunction(() => window.defilada !== undefined, undefined, { timeout: 120_000, polling: 500 });
    await page.evaluate(() => {
      const { player } = window.defilada!;
      player.seek(12 * 3600 + 1200); // in the middle of it
      player.setSpeed(4);
      player.clock.playing = true;
      player.stage.resize(1280, 720);
      const own = window as unknown as { rounds(n: number, page?: boolean): number; at: number };
      own.at = performance.now() + 1000;
      const { step } = window.defilada!;
      own.rounds = (n, whole = false) => {
        const began = performance.now();
        for (let i = 0; i < n; ++i) {
          own.at += 1000 / 60;
          if (whole) step(own.at); else player.frame(own.at);
        }
        return (performance.now() - began) / n;
      };
      own.rounds(60);
    });
  });
  afterAll(async () => {
    await browser?.close();
  });
  const rounds = (n: number, whole = false): Promise<number> => page.evaluate(([count, all]) =>
    (window as unknown as { rounds(n: number, page: boolean): number }).rounds(count, all), [n, whole] as const);

  it('takes less than 4 ms of script', async () => {
    expect(await page.evaluate(() => window.defilada!.player.tracks.movers)).toBe(MOVERS);
    const before = await page.evaluate(() => window.defilada!.player.drawn);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' }); // of the processor, whoever else wants it
    const script = async (): Promise<number> => {
      const { metrics } = await cdp.send('Performance.getMetrics');
      return metrics.find((each) => each.name === 'TaskDuration')!.value;
    };
    const means: number[] = [];
    for (let i = 0; i < 6; ++i) {
      const began = await script();
      await rounds(40);
      means.push((1000 * (await script() - began)) / 40);
    }
    expect(await page.evaluate(() => window.defilada!.player.drawn) - before).toBeGreaterThanOrEqual(240); // none was left out
    means.sort((a, b) => a - b);
    if (process.env['DEFILADA_SHOTS'] !== undefined) console.log(`script of a frame: ${means.map((each) => each.toFixed(2)).join(' ')} ms`);
    expect(means[2]!).toBeGreaterThan(0);
    expect(means[2]!).toBeLessThan(SCRIPT_MS);
  });

  it('makes no object for each mover, and few at all', async () => {
    await page.evaluate(() => {
      const gl = WebGL2RenderingContext.prototype as unknown as Record<string, unknown>;
      for (const name of ['texSubImage2D', 'texImage2D', 'bufferSubData', 'bufferData', 'clear']) gl[name] = () => undefined;
      window.requestAnimationFrame = () => 0; // no frames but those that are counted
    });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('HeapProfiler.enable');
    const sample = async (frames: number, whole: boolean): Promise<Map<string, number>> => {
      await cdp.send('HeapProfiler.startSampling', { samplingInterval: 128, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true });
      await rounds(frames, whole);
      const { profile } = (await cdp.send('HeapProfiler.stopSampling')) as unknown as { profile: { head: Sampled } };
      const found = new Map<string, number>();
      const add = (node: Sampled): void => {
        found.set(node.callFrame.functionName, (found.get(node.callFrame.functionName) ?? 0) + node.selfSize);
        node.children.forEach(add);
      };
      add(profile.head);
      return found;
    };
    for (const [whole, most] of [[false, MOST_BYTES], [true, MOST_BYTES_PAGE]] as const) {
      await rounds(3000, whole); // until everything is compiled; what V8 boxes of numbers still counts
      await sample(20, whole);
      const few = await sample(20, whole), many = await sample(220, whole);
      const grown = [...many].map(([name, bytes]) => [name, (bytes - (few.get(name) ?? 0)) / 200] as const).filter(([, bytes]) => bytes > 10).sort((a, b) => b[1] - a[1]);
      const sum = grown.reduce((total, [, bytes]) => total + bytes, 0);
      if (process.env['DEFILADA_SHOTS'] !== undefined) console.log(`bytes a frame${whole ? ', with the page' : ''}: ${sum.toFixed(0)}; ${grown.slice(0, 8).map(([name, bytes]) => `${name} ${bytes.toFixed(0)}`).join(', ')}`);
      expect(sum, JSON.stringify(grown.slice(0, 6))).toBeLessThan(most);
    }
  });
});
