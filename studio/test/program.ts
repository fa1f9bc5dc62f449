// SPDX-License-Identifier: MIT
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** CTest says which; by hand, the program of `make test`. */
export const PROGRAM = process.env['DEFILADA_PROGRAM'] ?? join(ROOT, 'build/dev/apps/defilada/defilada');

export function defilada(...args: string[]): void {
  execFileSync(PROGRAM, [...args, '--quiet'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** A folder of its own for what a test writes. */
export function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'defilada-'));
}

/** What `defilada run` writes of a show of this repository. */
export function run(show: string): string {
  const folder = scratch();
  defilada('run', show, '--no-crowd', '--no-pdf', '--out', folder);
  return folder;
}

/** The same with the spectators simulated. */
export function runWithCrowd(show: string): string {
  const folder = scratch();
  defilada('run', show, '--no-pdf', '--out', folder);
  return folder;
}

/** The base64 text in a playback. */
export function dataOf(folder: string): string {
  const page = readFileSync(join(folder, 'playback.html'), 'utf8');
  const mark = 'type="application/octet-stream">';
  const begin = page.indexOf(mark) + mark.length;
  return page.slice(begin, page.indexOf('</script>', begin));
}
