// SPDX-License-Identifier: MIT
import type { Player } from '../player';
import { colourOf } from '../scene/density';
import { capital } from '../words';
import { h } from './dom';

const MOST = 14;
const DENSITIES = [0.2, 1, 4]; // people per m²

/** Which colour is whose: branches, where the show names them. */
export class Legend {
  readonly element = h('details', { class: 'legend' });

  constructor(private readonly player: Player) {}

  rebuild(): void {
    const { head, words, stage } = this.player;
    const found = new Map<string, string>();
    head.contingents.forEach((contingent, i) => {
      const name = contingent.attributes['branch'] ?? (contingent.procession === null ? null : words.contingent(contingent));
      if (name !== null && !found.has(name)) found.set(name, stage.colours[i]);
    });
    const branches = new Set(head.contingents.map((c) => c.attributes['branch']));
    const shown = [...found].filter(([name]) => branches.size <= 1 || branches.has(name)).slice(0, MOST);
    const crowd = this.player.crowd === null ? [] : DENSITIES.map((density) => {
      const dot = h('span', { class: 'dot' });
      dot.style.background = `rgb(${colourOf(density, 'density').map((part) => Math.round(255 * part)).join(' ')})`;
      return h('li', {}, dot, `${words.say('spectators')}: ${words.number(density, density < 1 ? 1 : 0)} ${words.say('perSquare')}`);
    });
    this.element.hidden = shown.length + crowd.length === 0;
    const rows = shown.map(([name, colour]) => {
      const dot = h('span', { class: 'dot' });
      dot.style.background = colour;
      const own = head.contingents.find((c) => c.attributes['branch'] === name && c.label[words.language] !== undefined);
      return h('li', {}, dot, own !== undefined && name !== 'joint' ? words.contingent(own) : capital(name));
    });
    this.element.replaceChildren(h('summary', {}, words.say('mapKey')), h('ul', {}, ...rows, ...crowd));
  }
}
