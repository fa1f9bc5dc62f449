// SPDX-License-Identifier: MIT
import { mount } from 'svelte';
import '../player/player.css';
import './studio.css';
import { Api } from './api';
import App from './App.svelte';
import { ahead, canvas, context } from './early';
import { Studio } from './studio.svelte';

declare global {
  interface Window {
    /** The page's state, for scripts and tests. */
    studio?: Studio;
  }
}

// The token is kept for this tab, so that reloading works, and is taken out of sight.
const token = location.hash.slice(1) || (sessionStorage.getItem('defilada-token') ?? '');
sessionStorage.setItem('defilada-token', token);
if (location.hash !== '') history.replaceState(null, '', location.pathname);

performance.mark('defilada: script');
const studio = new Studio(new Api(token, ahead), canvas, context);
window.studio = studio;
const opening = studio.open();
const kept = localStorage.getItem('defilada-theme');
studio.setTheme((kept ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark' ? 'dark' : 'light');
const root = document.getElementById('studio');
if (root !== null) {
  root.replaceChildren();
  mount(App, { target: root, props: { studio } });
}
opening.catch(() => { studio.lost = true; });
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void studio.file.idle();
});
addEventListener('beforeunload', (event) => {
  if (studio.dirty) event.preventDefault();
});
