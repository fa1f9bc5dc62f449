// SPDX-License-Identifier: MIT
import { Contingents } from '../places';
import type { Player } from '../player';
import { capital } from '../words';
import { h, icon, setText } from './dom';

/** What is known of the chosen contingent. */
export class Card {
  readonly element = h('section', { class: 'card', hidden: true });
  private readonly speed = h('dd');
  private readonly next = h('dd');
  private follow: HTMLButtonElement | null = null;

  constructor(private readonly player: Player) {}

  rebuild(): void {
    const { player } = this;
    const { words, head } = player;
    const contingent = head.contingents[player.chosen];
    this.element.hidden = contingent === undefined;
    if (contingent === undefined) return;
    const name = words.contingent(contingent);
    const swatch = h('span', { class: 'dot' });
    swatch.style.background = player.stage.colours[player.chosen];
    const close = h('button', { type: 'button', class: 'icon', 'aria-label': words.say('close'), onclick: () => player.choose(-1) }, icon('close'));
    this.follow = h('button', { type: 'button', class: 'wide', onclick: () => player.follow(!player.following) }, words.say('follow'));
    const fly = h('button', { type: 'button', class: 'wide', onclick: () => player.flyTo(player.chosen) }, words.say('fly'));
    this.element.setAttribute('aria-label', name);
    this.element.replaceChildren(
      h('header', {}, swatch, h('h2', {}, name), close), this.facts(),
      h('div', { class: 'buttons' }, this.follow, fly));
    this.update();
  }

  update(): void {
    const { player } = this;
    if (this.element.hidden || player.chosen < 0) return;
    const { words, contingents } = player;
    const at = player.chosen * Contingents.STRIDE;
    const there = contingents.there(player.chosen);
    const speed = contingents.state[at + 4];
    const height = contingents.state[at + 2];
    setText(this.speed, !there ? words.say('gone')
      : `${words.number(speed * 3.6, speed < 10 ? 1 : 0)} km/h${height > 20 ? ` · ${words.number(height)} m` : ''}`);
    const cue = player.nextCueOf(player.chosen);
    setText(this.next, cue === null ? '–' : `${player.wall.text(cue.t_s)} ${words.cue(cue).what}`);
    this.follow?.setAttribute('aria-pressed', String(player.following));
  }

  private facts(): HTMLElement {
    const { words, head } = this.player;
    const contingent = head.contingents[this.player.chosen];
    const list = h('dl');
    const add = (term: string, value: string | HTMLElement): void => {
      list.append(h('dt', {}, term), typeof value === 'string' ? h('dd', {}, value) : value);
    };
    const chief = contingent.attributes['head'];
    if (contingent.guest === true) add(words.say('guests'), chief === undefined ? `${contingent.place}` : `${contingent.place} · ${chief}`);
    if (contingent.procession !== null) add(capital(contingent.procession), `${words.say('place')} ${contingent.place}`);
    const kinds = contingent.parts.map((part) => words.name(head.kinds[part.kind].label) || head.kinds[part.kind].name);
    if (contingent.guest !== true) add(words.say('movers'), `${words.number(contingent.movers)} · ${[...new Set(kinds)].join(', ')}`);
    add(words.say('peopleTerm'), words.number(contingent.people));
    const exhibits = contingent.parts.flatMap((part) => part.exhibits.map((e) => (e.count > 0 ? `${e.count} × ${e.name}` : e.name)));
    if (exhibits.length > 0) add(words.say('shown'), exhibits.join(', '));
    add(words.say('speedNow'), this.speed);
    add(words.say('nextCue'), this.next);
    return list;
  }
}
