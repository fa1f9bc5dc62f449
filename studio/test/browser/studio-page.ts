// SPDX-License-Identifier: MIT
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type {} from '../../desk/main';
import { PROGRAM, ROOT, scratch } from '../program';
import { launch } from './page';

/** A running studio of a copy of a show. */
export interface Served { address: string; file: string; process: ChildProcess; stop(): void }

export async function serve(show: string): Promise<Served> {
  const folder = join(scratch(), 'show');
  mkdirSync(folder, { recursive: true });
  if (show.endsWith('.yaml')) cpSync(join(ROOT, show), join(folder, 'show.yaml'));
  else cpSync(join(ROOT, show), folder, { recursive: true });
  const process = spawn(PROGRAM, ['studio', folder, '--no-browser', '--quiet'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    process.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve(said.trim());
    });
    process.on('exit', (code) => reject(new Error(`the studio ended with ${code}`)));
  });
  return { address, file: join(folder, 'show.yaml'), process, stop: () => process.kill('SIGINT') };
}
export const textOf = (served: Served): string => readFileSync(served.file, 'utf8');
export const write = (served: Served, text: string): void => writeFileSync(served.file, text);

/** The page with everything that it complained of, or asked of anybody else. */
export interface OpenedStudio { page: Page; complaints: string[]; foreign: string[] }

export async function openStudio(browser: Browser, served: Served, size = { width: 1440, height: 900 }, autosave = false): Promise<OpenedStudio> {
  const page = await browser.newPage({ viewport: size, locale: 'en-GB' });
  const complaints: string[] = [], foreign: string[] = [];
  page.on('console', (message) => {
    // What the software rasteriser says of its own speed is not the page's; a text that is overtaken by a
    // newer one (409), and a file that somebody else has changed (412), are what the page is made for.
    if ((message.type() === 'error' || message.type() === 'warning') && !/GPU stall|status of (409|412)/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(served.address).origin) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
  });
  // Saving by itself has a test of its own; the others undo, and the file stays as it was.
  if (!autosave) await page.addInitScript(() => { localStorage.setItem('defilada-autosave', 'off'); });
  await page.goto(served.address);
  await page.waitForFunction(() => window.studio?.plan !== null && window.studio?.plan !== undefined, undefined, { timeout: 60_000 });
  return { page, complaints, foreign };
}

/** Until the newest text is planned. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => window.studio!.upToDate && !window.studio!.planning, undefined, { timeout: 120_000 });
}

/** Until the picture is that of the newest plan, and the editor is there: a processor that draws has seconds to do there. */
export async function pictured(page: Page): Promise<void> {
  await settled(page);
  await page.waitForFunction(() => window.studio!.player !== null && window.studio!.writing !== null && window.studio!.pictured === window.studio!.good?.etag, undefined, { timeout: 120_000 });
}

export const text = (page: Page): Promise<string> => page.evaluate(() => window.studio!.text);
export const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['DEFILADA_SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
};
/** With the mouse, as a hand does: down, a few steps, up. */
export async function drag(page: Page, selector: string, dx: number, dy: number, before: { x?: number; y?: number } = {}, beforeUp?: () => Promise<void>): Promise<void> {
  const box = (await page.locator(selector).first().boundingBox())!;
  const x = box.x + (before.x ?? box.width / 2), y = box.y + (before.y ?? box.height / 2);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 4; ++i) await page.mouse.move(x + (dx * i) / 4, y + (dy * i) / 4);
  await beforeUp?.();
  await page.mouse.up();
  await settled(page);
}
/** Lines of one text that the other does not have. */
export const changed = (before: string, after: string): string[] => {
  const known = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !known.has(line));
};

/** The studio of shows/first-steps, for the tests of one file. */
export class Small {
  browser!: Browser;
  page!: Page;
  first!: string; // its text
  served!: Served;
  private opened!: OpenedStudio;

  async open(): Promise<void> {
    this.browser = await launch();
    this.served = await serve('shows/first-steps');
    this.first = textOf(this.served);
    this.opened = await openStudio(this.browser, this.served, { width: 1280, height: 800 });
    this.page = this.opened.page;
    await pictured(this.page);
  }
  async close(): Promise<void> {
    await this.browser?.close();
    this.served?.stop();
  }
  check(): void {
    expect(this.opened.complaints).toEqual([]);
    expect(this.opened.foreign).toEqual([]);
  }
  async undoAll(): Promise<void> {
    const { page, first } = this;
    const title = (await page.locator('h1').boundingBox())!;
    await page.mouse.click(title.x + 20, title.y + 5);
    for (let i = 0; i < 12 && (await text(page)) !== first; ++i) await page.keyboard.press('Control+z');
    expect(await text(page)).toBe(first);
    await settled(page);
  }
}
