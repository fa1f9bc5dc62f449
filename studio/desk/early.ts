// SPDX-License-Identifier: MIT
/**
 * The first thing that runs: opening the way to the graphics card takes longest of all, and nothing of ours. Meanwhile
 * the page's own script comes and is compiled (one-file.ts has it fetched along with this one).
 */
export const canvas = document.createElement('canvas');
/** As three.js would ask for it; null: the browser has none. */
export const context = canvas.getContext('webgl2', {
  alpha: true, depth: true, stencil: true, antialias: true, premultipliedAlpha: true, powerPreference: 'high-performance',
});
performance.mark('defilada: context');
void import('./main');
