// SPDX-License-Identifier: MIT
import { KEYS, KEYS_TITLE } from '../keys';
import type { Player } from '../player';
import { h, icon } from './dom';

/** The keys, over the stage. */
export class Help {
  readonly element = h('section', { class: 'help', hidden: true, tabindex: -1 });

  constructor(private readonly player: Player) {}

  get open(): boolean {
    return !this.element.hidden;
  }

  toggle(): void {
    this.element.hidden = !this.element.hidden;
    if (this.open) this.element.focus();
  }

  rebuild(): void {
    const { words } = this.player;
    const title = words.say(KEYS_TITLE);
    const rows = KEYS.map((key) => h('div', {}, h('dt', {}, ...key.shown.split(' ').map((k) => h('kbd', {}, k))),
      h('dd', {}, words.language === 'pl' ? key.says.pl : key.says.en)));
    const close = h('button', { type: 'button', class: 'icon', 'aria-label': words.say('close'), onclick: () => this.toggle() }, icon('close'));
    this.element.setAttribute('aria-label', title);
    this.element.replaceChildren(h('header', {}, h('h2', {}, title), close), h('dl', {}, ...rows), h('p', {}, words.say('orbitHint')));
  }
}
