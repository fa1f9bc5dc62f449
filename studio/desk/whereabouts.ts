// SPDX-License-Identifier: MIT
import type { Player } from '../player/player';
import type { PlacesChunk } from '../player/scene/spectators';
import type { Api, CrowdResult } from './api';
import { type Moment, momentAt, placesOf, strideOf } from './film';

const KEPT = 6;
const ASKED = 2; // at once: whoever drags the clock passes many

/**
 * Where every spectator is at the clock's time: chunks of a run come round it, and lie on the graphics card. A run of a
 * share of the people shows those who were simulated on their ways; the stands fill as the whole would.
 */
export class Whereabouts {
  private readonly chunks = new Map<number, PlacesChunk | null>(); // null: asked for
  private asked = 0;
  private readonly now: Moment = { phase: -1, chunk: -1, sample: 0, share: 0 };
  // What the picture has.
  private run = 0;
  private phase = -1;
  private chunk = -1;
  private stride = 0;
  private filled = false;
  private last: CrowdResult | null = null;

  constructor(private readonly api: Api) {}

  /** Another picture, which has nobody yet. */
  attach(): void {
    this.run = 0;
    this.filled = false;
    this.forget();
  }
  begin(player: Player, result: CrowdResult): void {
    player.stage.spectators.begin(result.places, result.film, result.share >= 1);
    this.forget();
    this.run = result.run;
  }
  hide(player: Player): void {
    if (!this.filled && this.chunk < 0) return;
    player.stage.spectators.hide();
    this.seat(player, null);
    this.forget();
    this.run = 0;
    player.stage.touch();
  }

  /** Before each frame. Makes nothing but when a chunk comes. */
  before(player: Player, result: CrowdResult, emergency: number): void {
    if (this.run !== result.run) this.begin(player, result);
    const { spectators } = player.stage;
    const { time_s, speed, playing } = player.clock;
    const stride = strideOf(playing ? speed : 1);
    const now = momentAt(result.phases, result.places, time_s, emergency, stride, this.now);
    this.seat(player, result);
    if (now.chunk < 0) {
      if (this.chunk >= 0) player.stage.touch();
      spectators.hide();
      this.forget();
      return;
    }
    if (now.phase !== this.phase || now.chunk !== this.chunk || stride !== this.stride) {
      const chunk = this.ask(player, result.run, now.phase, now.chunk, stride);
      if (chunk === null) return; // what was seen stays so long
      spectators.set(chunk, result.places.every_s * stride);
      this.phase = now.phase;
      this.chunk = now.chunk;
      this.stride = stride;
      player.stage.touch();
    }
    spectators.show(now.sample, now.share);
    const frames = result.phases[now.phase]!.places.frames;
    if (playing && (now.chunk + 1) * result.places.chunk * stride < frames) this.ask(player, result.run, now.phase, now.chunk + 1, stride);
  }

  private forget(): void {
    this.phase = this.chunk = -1;
  }

  /** Where everybody is simulated the stands' own are not drawn; of a share they are as full as the zones were. */
  private seat(player: Player, result: CrowdResult | null): void {
    const { site } = player.stage;
    const { areas } = player.head.site;
    site.seated = result === null || result.share < 1;
    this.filled = result !== null;
    const zones = (result ?? this.last)?.zones ?? [];
    this.last = result;
    const phase = result?.phases[this.now.phase];
    for (let z = 0; z < zones.length; ++z) {
      const area = areas[zones[z]!.area];
      let share = result === null ? 1 : 0;
      if (result !== null && phase !== undefined && this.now.chunk >= 0) {
        const curve = phase.zones[z] ?? [];
        const minute = Math.floor((player.clock.time_s - phase.begin_s) / 60);
        const people = curve[Math.max(0, Math.min(curve.length - 1, minute))] ?? 0;
        share = Math.min(1, people / result.share / (area?.capacity ?? Infinity));
      }
      site.fill(area, share);
    }
  }

  /** A chunk, or null until it has come. */
  private ask(player: Player, run: number, phase: number, chunk: number, stride: number): PlacesChunk | null {
    // A number: a text would be made in every frame.
    const key = ((run * 64 + phase) * 8 + stride) * 65536 + chunk;
    const known = this.chunks.get(key);
    if (known !== undefined || this.asked >= ASKED) return known ?? null;
    this.chunks.set(key, null);
    this.asked += 1;
    void this.api.places(run, phase, chunk, stride).then((buffer) => {
      this.chunks.set(key, placesOf(buffer));
      for (const old of this.chunks.keys()) {
        if (this.chunks.size <= KEPT) break;
        this.chunks.delete(old);
      }
      player.stage.touch();
    }, () => { setTimeout(() => this.chunks.delete(key), 2000); }).finally(() => { this.asked -= 1; });
    return null;
  }
}
