// SPDX-License-Identifier: MIT
import type { Player } from './player';
import type { Word } from './words';

/** What the keys need of the page round the player. */
export interface Page {
  toggleHelp(): void;
  findInList(): void;
  nextStand(): void;
  toggleTheme(): void;
  nextLanguage(): void;
}

interface Key { keys: string[]; shown: string; says: { en: string; pl: string } }
export const KEYS: Key[] = [
  { keys: [' '], shown: 'Space', says: { en: 'play, pause', pl: 'odtwarzaj, wstrzymaj' } },
  { keys: ['ArrowLeft', 'ArrowRight'], shown: '← →', says: { en: '5 seconds back, on (Shift: a minute)', pl: '5 sekund wstecz, naprzód (Shift: minuta)' } },
  { keys: ['ArrowUp', 'ArrowDown'], shown: '↑ ↓', says: { en: 'faster, slower', pl: 'szybciej, wolniej' } },
  { keys: [',', '.'], shown: ', .', says: { en: 'previous, next cue', pl: 'poprzednia, następna chwila' } },
  { keys: ['Home', 'End'], shown: 'Home End', says: { en: 'beginning, end', pl: 'początek, koniec' } },
  { keys: ['1', '2', '3'], shown: '1 2 3', says: { en: '3-D, both, map', pl: '3-D, oba, mapa' } },
  { keys: ['o', 'p'], shown: 'O P', says: { en: 'overview, street level', pl: 'całość, z poziomu ulicy' } },
  { keys: ['n', 'b'], shown: 'N B', says: { en: 'next, previous contingent', pl: 'następna, poprzednia kolumna' } },
  { keys: ['g', 'f'], shown: 'G F', says: { en: 'fly to it, follow it', pl: 'leć do niego, podążaj za nim' } },
  { keys: ['v'], shown: 'V', says: { en: 'look from the next stand', pl: 'patrz z następnej trybuny' } },
  { keys: ['w', 'a', 's', 'd'], shown: 'W A S D', says: { en: 'move the view', pl: 'przesuń widok' } },
  { keys: ['q', 'e'], shown: 'Q E', says: { en: 'turn the view', pl: 'obróć widok' } },
  { keys: ['r', 'c'], shown: 'R C', says: { en: 'look up, down', pl: 'spójrz w górę, w dół' } },
  { keys: ['+', '-'], shown: '+ −', says: { en: 'nearer, farther', pl: 'bliżej, dalej' } },
  { keys: ['/'], shown: '/', says: { en: 'find in the list', pl: 'szukaj na liście' } },
  { keys: ['t', 'l'], shown: 'T L', says: { en: 'light or dark, language', pl: 'jasny lub ciemny, język' } },
  { keys: ['?', 'h'], shown: '?', says: { en: 'these keys', pl: 'te klawisze' } },
  { keys: ['Escape'], shown: 'Esc', says: { en: 'let go of the contingent', pl: 'zostaw kolumnę' } },
];
export const KEYS_TITLE: Word = 'keys';

/** Makes one key do its work; false where it has none. */
export function press(key: string, shift: boolean, player: Player, page: Page): boolean {
  return time(key, shift, player) || choice(key, player, page) || camera(key, player) || shell(key, player, page);
}

function time(key: string, shift: boolean, player: Player): boolean {
  const { clock } = player;
  const jump = shift ? 60 : 5;
  switch (key) {
    case ' ': player.toggle(); return true;
    case 'ArrowLeft': player.seek(clock.time_s - jump); return true;
    case 'ArrowRight': player.seek(clock.time_s + jump); return true;
    case 'ArrowUp': player.change(1); return true;
    case 'ArrowDown': player.change(-1); return true;
    case ',': player.step(-1); return true;
    case '.': player.step(1); return true;
    case 'Home': player.seek(clock.begin_s); return true;
    case 'End': player.seek(clock.end_s); return true;
    default: return false;
  }
}

function choice(key: string, player: Player, page: Page): boolean {
  const count = player.head.contingents.length;
  switch (key) {
    case 'n': player.choose(count === 0 ? -1 : (player.chosen + 1) % count); return true;
    case 'b': player.choose(count === 0 ? -1 : (Math.max(player.chosen, 0) + count - 1) % count); return true;
    case 'g': if (player.chosen >= 0) player.flyTo(player.chosen); return true;
    case 'f': player.follow(!player.following); return true;
    case 'v': page.nextStand(); return true;
    case 'Escape': player.choose(-1); return true;
    default: return false;
  }
}

function camera(key: string, player: Player): boolean {
  const { fly, map, mode, panes } = player.stage;
  const onMap = mode === 'map';
  const pan = (right: number, ahead: number): void => {
    if (onMap) {
      map.x += right * map.metresPerPixel * panes.map.height;
      map.y += ahead * map.metresPerPixel * panes.map.height;
    } else {
      fly.pan(right, ahead);
    }
  };
  switch (key) {
    case 'w': pan(0, 0.08); return true;
    case 's': pan(0, -0.08); return true;
    case 'a': pan(-0.08, 0); return true;
    case 'd': pan(0.08, 0); return true;
    case 'q': fly.turn(0.12, 0); return true;
    case 'e': fly.turn(-0.12, 0); return true;
    case 'r': fly.turn(0, 0.08); return true;
    case 'c': fly.turn(0, -0.08); return true;
    case '+': case '=': if (onMap) map.zoom(0.8, 0, 0); else fly.zoom(0.85); return true;
    case '-': if (onMap) map.zoom(1.25, 0, 0); else fly.zoom(1.18); return true;
    case 'o': player.overview(); return true;
    case 'p': player.street(); return true;
    default: return false;
  }
}

function shell(key: string, player: Player, page: Page): boolean {
  switch (key) {
    case '1': player.setMode('3d'); return true;
    case '2': player.setMode('split'); return true;
    case '3': player.setMode('map'); return true;
    case 't': page.toggleTheme(); return true;
    case 'l': page.nextLanguage(); return true;
    case '/': page.findInList(); return true;
    case '?': case 'h': page.toggleHelp(); return true;
    default: return false;
  }
}
