// SPDX-License-Identifier: MIT
/**
 * What the first picture of a show waits for, as a table: least and median of several openings, each of a program that
 * has just been started. Milliseconds from when the page is asked for.
 * There is no graphics card: the page is put together by the processor, as a browser does then (plain), or goes through
 * the rasteriser that stands in for the card, as the picture does (card). In turn.
 *
 *     studio/tool node studio/bench/first-picture.mjs build/release/apps/defilada/defilada shows/beijing-2025 7
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium } from 'playwright-core';

const [program, show, tries = '7'] = process.argv.slice(2);
if (program === undefined || show === undefined) throw new Error('usage: first-picture.mjs PROGRAM SHOW [TRIES]');

const launch = (args) => chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--enable-unsafe-swiftshader', '--no-sandbox', ...args],
});
const WAYS = { plain: await launch([]), card: await launch(['--use-angle=swiftshader', '--ignore-gpu-blocklist']) };

/** One opening: name of what happened, when. */
async function open(browser) {
  const began = Date.now();
  const server = spawn(program, ['studio', show, '--no-browser', '--quiet'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(server.stdout, 'data');
  const started = Date.now() - began;
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    const look = () => {
      if (window.studio?.player?.drawn > 0) window.firstPicture = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(String(said).trim());
  await page.waitForFunction(() => window.firstPicture !== undefined, undefined, { timeout: 60_000 });
  const marks = await page.evaluate(() => {
    const found = {};
    for (const each of performance.getEntriesByType('resource')) {
      const name = new URL(each.name).pathname;
      if (!['/api/plan', '/api/tracks', '/api/downloads', '/assets/main.js'].includes(name) || each.startTime > window.firstPicture) continue;
      found[`${name}: asked`] ??= each.startTime;
      found[`${name}: has come`] ??= each.responseEnd;
      for (const timing of each.serverTiming) found[`${name}: ${timing.name} lasts`] ??= timing.duration;
    }
    for (const each of performance.getEntriesByType('mark')) if (each.name.startsWith('defilada: ')) found[each.name.slice(10)] ??= each.startTime;
    found['the picture is drawn'] = window.firstPicture;
    return found;
  });
  await page.close();
  server.kill('SIGINT');
  await once(server, 'exit');
  return { 'the program has started (before)': started, ...marks };
}

const all = { plain: [], card: [] };
for (let i = 0; i < Number(tries); ++i) for (const [way, browser] of Object.entries(WAYS)) all[way].push(await open(browser));
for (const browser of Object.values(WAYS)) await browser.close();
const sorted = (way, name) => all[way].map((each) => each[name]).filter((value) => value !== undefined).sort((a, b) => a - b);
const names = [...new Set(all.plain.flatMap((each) => Object.keys(each)))];
const median = (way, name) => sorted(way, name)[sorted(way, name).length >> 1] ?? NaN;
names.sort((a, b) => median('plain', a) - median('plain', b));
const row = (name, figures) => console.log(name.padEnd(36) + figures.map((each) => String(each).padStart(14)).join(''));
row('ms', ['plain: least', 'median', 'card: least', 'median']);
for (const name of names) row(name, ['plain', 'card'].flatMap((way) => [sorted(way, name)[0] ?? NaN, median(way, name)]).map((ms) => ms.toFixed(0)));
