// SPDX-License-Identifier: MIT
/**
 * What it costs to see every spectator: bytes and milliseconds of the chunks of a run, and script of a frame while people
 * leave. Of a studio that is open and whose spectators were simulated; drawing is left out, as in speed.test.ts.
 *
 *     studio/tool node studio/bench/spectators.mjs ADDRESS
 */
import { chromium } from 'playwright-core';

const [address] = process.argv.slice(2);
if (address === undefined) throw new Error('usage: spectators.mjs ADDRESS');
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
await page.addInitScript(() => {
  const gl = WebGL2RenderingContext.prototype;
  for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) gl[name] = () => undefined;
});
await page.goto(address);
await page.waitForFunction(() => window.studio?.crowd.result && window.studio.player, undefined, { timeout: 120_000 });

const chunks = await page.evaluate(async () => {
  const { result } = window.studio.crowd;
  const found = [];
  for (const [k, phase] of result.phases.entries()) {
    const count = Math.ceil(phase.places.frames / result.places.chunk);
    for (const share of [0.25, 0.5, 0.75]) {
      const chunk = Math.floor(share * (count - 1));
      const began = performance.now();
      const response = await fetch(`/api/crowd/places?run=${result.run}&phase=${k}&chunk=${chunk}`);
      const bytes = await response.arrayBuffer();
      const [, standing, moving] = new Uint32Array(bytes, 0, 3);
      found.push([phase.phase, share, standing, moving, bytes.byteLength, performance.now() - began]);
    }
  }
  return found;
});
console.log('phase      share  standing  moving     bytes    ms');
for (const [phase, share, standing, moving, bytes, ms] of chunks) {
  console.log(`${phase.padEnd(10)} ${share.toFixed(2)} ${String(standing).padStart(10)} ${String(moving).padStart(7)} ${String(bytes).padStart(9)} ${ms.toFixed(0).padStart(5)}`);
}

const cdp = await page.context().newCDPSession(page);
await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
const ticks = async () => (await cdp.send('Performance.getMetrics')).metrics.find((each) => each.name === 'TaskDuration').value;
for (const [name, visible] of [['without spectators', false], ['with spectators', true]]) {
  await page.evaluate(async (on) => {
    const { crowd, player } = window.studio;
    crowd.visible = on;
    crowd.forget();
    player.seek(crowd.result.phases[1].begin_s + 240);
    player.street();
    for (let i = 0; i < 60 || (on && player.stage.spectators.drawn.people === 0); ++i) {
      crowd.before(player);
      player.stage.touch();
      player.frame(performance.now());
      await new Promise((done) => setTimeout(done, 30));
    }
    window.requestAnimationFrame = () => 0;
    player.clock.playing = true;
    window.rounds = (n) => {
      for (let i = 0; i < n; ++i) {
        crowd.before(player);
        player.seek(crowd.result.phases[1].begin_s + 240 + (i % 100) / 60);
        player.frame(i * 16);
      }
    };
    window.rounds(300);
  }, visible);
  const each = [];
  for (let i = 0; i < 7; ++i) {
    const began = await ticks();
    await page.evaluate(() => window.rounds(60));
    each.push((1000 * (await ticks() - began)) / 60);
  }
  each.sort((a, b) => a - b);
  const drawn = await page.evaluate(() => ({ ...window.studio.player.stage.spectators.drawn, movers: window.studio.player.tracks.movers }));
  console.log(`${name}: ${each[0].toFixed(2)} ms of script a frame at least, ${each[3].toFixed(2)} in the middle; ${JSON.stringify(drawn)}`);
}
await browser.close();
