// SPDX-License-Identifier: MIT
import type { Anchor } from './labels';
import { Contingents } from './places';
import type { Player } from './player';
import { centroid, nearest } from './scene/shapes';
import { halfWidth } from './scene/site';
import { capital } from './words';

/** The names in the scene: contingents move, the site's stay. */
export class Anchors {
  readonly list: Anchor[] = [];
  private readonly first: number;

  constructor(private readonly player: Player) {
    const { head, stage } = player;
    const add = (kind: Anchor['kind'], x: number, y: number, z: number, weight: number, colour: string | null): void => {
      this.list.push({ kind, x, y, z, weight, colour, visible: true, mapOnly: false, text: '', chosen: false });
    };
    for (const area of head.site.areas) {
      const [x, y] = centroid(area.outer);
      if (area.use === 'obstacle') add('building', x, y, area.height_m + 1, 3, null);
      else if (area.use === 'stand') add('stand', x, y, 4, 2, null);
      else add('area', x, y, 0, 0, null);
    }
    for (const station of head.site.stations) {
      const route = head.site.routes[station.route];
      const air = route === undefined || route.air;
      // At the kerb, where nobody walks over it.
      const { direction } = route === undefined ? { direction: [1, 0] } : nearest(route.line, station.place);
      const aside = air ? 0 : halfWidth(route) + 1;
      add('station', station.place[0] - aside * direction[1], station.place[1] + aside * direction[0], 0.5, 1, null);
      this.list[this.list.length - 1].mapOnly = air;
    }
    this.first = this.list.length;
    head.contingents.forEach((contingent, i) => {
      const moves = contingent.procession === null ? 0 : 1;
      add('contingent', 0, 0, 0, 4 + moves - i * 1e-4, stage.colours[i]);
    });
    this.rename();
  }

  /** Another language. */
  rename(): void {
    const { head, words } = this.player;
    const names = [...head.site.areas.map((a) => capital(a.name)), ...head.site.stations.map((s) => capital(s.name)),
      ...head.contingents.map((c) => words.contingent(c))];
    names.forEach((name, i) => (this.list[i].text = name));
  }

  update(): void {
    const { contingents, head, chosen } = this.player;
    for (let i = 0; i < head.contingents.length; ++i) {
      const anchor = this.list[this.first + i];
      const at = i * Contingents.STRIDE;
      anchor.visible = contingents.there(i);
      anchor.x = contingents.state[at];
      anchor.y = contingents.state[at + 1];
      anchor.z = contingents.state[at + 2] + 2.2;
      anchor.chosen = i === chosen;
      if (anchor.chosen) anchor.weight = 9;
      else if (anchor.weight === 9) anchor.weight = 4;
    }
  }
}
