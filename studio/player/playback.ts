// SPDX-License-Identifier: MIT
import { decode, unpack } from './format';
import { Player } from './player';
import './player.css';
import { h } from './ui/dom';
import { Shell } from './ui/shell';

declare global {
  interface Window {
    /** The player of this page, for scripts and tests. */
    defilada?: { player: Player; firstPicture_ms: number; step(now_ms: number): void };
  }
}

function fail(root: HTMLElement, title: string, reason: string): void {
  root.replaceChildren(h('section', { class: 'notice', role: 'alert' }, h('h1', {}, title), h('p', {}, reason)));
}

async function open(root: HTMLElement): Promise<void> {
  const polish = document.documentElement.lang === 'pl';
  root.replaceChildren(h('section', { class: 'notice', role: 'status' },
    h('div', { class: 'spinner' }), h('h1', {}, document.title), h('p', {}, polish ? 'Rozpakowywanie pokazu…' : 'Unpacking the show…')));
  const data = document.getElementById('defilada-data');
  const playback = decode(await unpack(data?.textContent ?? ''));
  data?.remove();
  const canvas = h('canvas', { class: 'stage', tabindex: 0, role: 'img' });
  let player: Player;
  try {
    player = new Player(playback, canvas, { theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light' });
  } catch (error) {
    fail(root, playback.head.title['en'] ?? '', `${polish
      ? 'Ta przeglądarka nie rysuje w 3-D (brak WebGL 2 lub jest wyłączony).'
      : 'This browser cannot draw in 3-D (WebGL 2 is missing or switched off).'} ${String(error)}`);
    return;
  }
  const shell = new Shell(root, canvas, player);
  canvas.setAttribute('aria-label', document.title);
  const step = (now_ms: number): void => {
    const began = performance.now();
    if (player.frame(now_ms)) {
      shell.update();
      player.took(performance.now() - began);
    }
  };
  const frame = (now_ms: number): void => {
    step(now_ms);
    window.defilada ??= { player, firstPicture_ms: performance.now(), step };
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

const root = document.getElementById('app');
if (root !== null) {
  open(root).catch((error: unknown) => {
    const polish = document.documentElement.lang === 'pl';
    fail(root, polish ? 'Nie można pokazać tego nagrania' : 'This playback cannot be shown', String(error instanceof Error ? error.message : error));
  });
}
