// SPDX-License-Identifier: MIT
import type { Player } from '../player';
import { h, setText } from './dom';

const MOST_PX = 140;

/** How long a hundred metres is on the map, and where north is. */
export class ScaleBar {
  private readonly length = h('span', { class: 'length' });
  private readonly rule = h('span', { class: 'rule' });
  readonly element = h('div', { class: 'scale', hidden: true }, h('span', { class: 'north' }, 'N ↑'), this.rule, this.length);
  private shown_m = 0;

  constructor(private readonly player: Player) {}

  update(): void {
    const { panes, map } = this.player.stage;
    const hidden = panes.map.width === 0;
    if (this.element.hidden !== hidden) this.element.hidden = hidden;
    if (hidden) return;
    const most = MOST_PX * map.metresPerPixel;
    const power = 10 ** Math.floor(Math.log10(most));
    const metres = power * (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1);
    const pixels = metres / map.metresPerPixel;
    if (Math.abs(pixels - this.shown_m) < 0.5) return;
    this.shown_m = pixels;
    this.rule.style.width = `${pixels}px`;
    setText(this.length, metres >= 1000 ? `${metres / 1000} km` : `${metres} m`);
  }
}
