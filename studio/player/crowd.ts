// SPDX-License-Identifier: MIT
import type { CrowdArrays, CrowdHead } from './format';

/**
 * The spectators at an instant: how dense each cell of the ground is, how full each zone. Frames are kept
 * as what changes, so going on costs the changes, and going back begins anew.
 */
export class Crowd {
  /** Densities in steps, of the last at(). */
  readonly cells: Uint8Array;
  /** (zone) share of its people who are at their places. */
  readonly seated: Float32Array;
  private frame = -1;

  constructor(readonly head: CrowdHead, private readonly arrays: CrowdArrays, cells?: Uint8Array) {
    this.cells = cells ?? new Uint8Array(head.columns * head.rows);
    this.seated = new Float32Array(head.zones.length);
  }

  /** Whether anybody is there: from the first frame to the last. */
  get there(): boolean {
    return this.frame >= 0 && this.frame < this.arrays.crowd_time_s.length - 1;
  }

  /** Sets cells and seated to the instant; false: they are as they were. */
  at(time_s: number): boolean {
    const frame = this.frameAt(time_s);
    if (frame === this.frame) return false;
    if (frame < this.frame) {
      this.cells.fill(0);
      this.frame = -1;
    }
    const { crowd_first_change: first, crowd_changes: changes, crowd_seated: seated } = this.arrays;
    const end = frame < 0 ? 0 : first[frame + 1];
    for (let i = this.frame < 0 ? 0 : first[this.frame + 1]; i < end; ++i) this.cells[changes[i] >>> 8] = changes[i] & 255;
    const zones = this.seated.length;
    for (let z = 0; z < zones; ++z) {
      const people = this.head.zones[z].people;
      this.seated[z] = frame < 0 || people === 0 ? 0 : Math.min(1, seated[frame * zones + z] / people);
    }
    this.frame = frame;
    return true;
  }

  /** The last frame that begins by then; -1: none. */
  private frameAt(time_s: number): number {
    const times = this.arrays.crowd_time_s;
    let low = -1, high = times.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle] <= time_s) low = middle; else high = middle;
    }
    return low;
  }
}
