// SPDX-License-Identifier: MIT
/**
 * The first thing that runs: opening the way to the graphics card takes longest of all, and nothing of ours. Meanwhile
 * what the first picture needs is on its way (Studio.open() takes it up), and the page's own script comes and is
 * compiled (one-file.ts has it fetched along with this one).
 */
const kept = localStorage.getItem('defilada-language');
const language = kept === null ? '' : `lang=${kept}`;

/** Answers that were asked for before there was anybody to ask, by address. */
export const ahead = new Map(['/api/session', '/api/show', `/api/plan${language && '?'}${language}`, `/api/tracks?any${language && '&'}${language}`]
  .map((address) => [address, fetch(address)] as const));
for (const answer of ahead.values()) answer.catch(() => undefined); // whoever takes it up hears of it

export const canvas = document.createElement('canvas');
/** As three.js would ask for it; null: the browser has none. */
export const context = canvas.getContext('webgl2', {
  alpha: true, depth: true, stencil: true, antialias: true, premultipliedAlpha: true, powerPreference: 'high-performance',
});
performance.mark('defilada: context');
void import('./main');
