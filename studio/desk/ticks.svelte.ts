// SPDX-License-Identifier: MIT
import { nearestSecond } from '../player/clock';
import type { Player } from '../player/player';

/** What changes with every frame, for the parts of the page that show it: no state of its own. */
class Ticks {
  /** Whole seconds, so that the page is asked once a second and not at every frame. */
  second = $state(0);
  item = $state('');
  playing = $state(false);
  speed = $state(1);
  private readonly listeners = new Set<(player: Player) => void>();

  /** After each picture. */
  drawn(player: Player): void {
    const second = nearestSecond(player.clock.time_s);
    if (second !== this.second) this.changed(player);
    for (const listener of this.listeners) listener(player);
  }
  changed(player: Player): void {
    this.second = nearestSecond(player.clock.time_s);
    this.playing = player.clock.playing;
    this.speed = player.clock.speed;
  }
  listen(listener: (player: Player) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
export const ticks = new Ticks();
