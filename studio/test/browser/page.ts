// SPDX-License-Identifier: MIT
import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's Chromium with its own rasteriser, so that a machine without a graphics card draws too. */
export async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--no-sandbox'],
  });
}

/** A page with everything that it complained of or asked for. */
export interface Opened { page: Page; complaints: string[]; requests: string[] }

export async function open(browser: Browser, file: string, size = { width: 1100, height: 620 }): Promise<Opened> {
  const page = await browser.newPage({ viewport: size });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => requests.push(request.url().slice(0, 200)));
  await page.goto(`file://${file}`);
  await page.waitForFunction(() => window.defilada !== undefined, undefined, { timeout: 60_000 });
  return { page, complaints, requests };
}

/** Waits until so many more frames are drawn and the camera rests. */
export async function frames(page: Page, count = 2): Promise<void> {
  const now = await page.evaluate(() => window.defilada!.player.frames);
  await page.waitForFunction(
    ([begin, more]) => window.defilada!.player.frames >= begin + more && !window.defilada!.player.stage.fly.flying,
    [now, count] as const, { timeout: 200_000 });
}
