// SPDX-License-Identifier: MIT
import { PlayClock, WallClock } from './clock';
import { Crowd } from './crowd';
import type { Cue, Finding, Head, Playback } from './format';
import { Contingents, type Focus, focusOf, spectatorsOf } from './places';
import { type Look, type Mode, Stage, type Theme } from './stage';
import { type Place, Tracks } from './tracks';
import { Words } from './words';

/** What somebody sees and hears of the player's state: redraw what depends on it. */
export type Change = 'choice' | 'language' | 'theme' | 'mode' | 'playing';

const LEAD_S = 6; // the picture opens so long before the first march-past
const CUE_SLIP_S = 1e-3;
const DAY_S = 86_400; // where statements exclude each other there are no times: the ground is seen at noon
const PEOPLE_AWAY_M = 45;
const WIDE_M = 120;
const STREET_M = 8; // behind the line …
const BEFORE_M = 26; // … looking at the middle of the way so far before it
const MOST_OVERVIEW_M = 230; // beyond it people are dots

/**
 * The show on a stage with a clock. The pages round it (playback, studio) call it and listen to it;
 * it knows nothing of them.
 */
export class Player {
  readonly head: Head;
  readonly tracks: Tracks;
  readonly contingents: Contingents;
  readonly clock: PlayClock;
  readonly wall: WallClock;
  readonly words: Words;
  readonly stage: Stage;
  /** The spectators; null: the playback has none. */
  readonly crowd: Crowd | null;
  /** Index of the chosen contingent, -1: none. */
  chosen = -1;
  following = false;
  /** Milliseconds of script that the last frames took, smoothed. */
  script_ms = 0;
  /** Frames that passed, and that were drawn: nothing is drawn while nothing changes. */
  frames = 0;
  drawn = 0;
  private readonly listeners = new Set<(change: Change) => void>();
  private readonly focus: Focus;
  private last_ms = 0;
  private slow = 0;

  constructor(playback: Playback, canvas: HTMLCanvasElement, look: Look = {}) {
    this.head = playback.head;
    this.tracks = new Tracks(playback);
    this.contingents = new Contingents(this.head, this.tracks);
    this.wall = new WallClock(this.head);
    this.words = new Words(this.head);
    const moves = this.tracks.movers > 0;
    // The spectators come before the show begins and go when it has ended.
    const come = playback.crowd?.crowd_time_s ?? [];
    const begin = Math.min(this.head.start_s, moves ? this.tracks.begin_s : Infinity, come[0] ?? Infinity);
    const end = Math.max(this.head.end_s, moves ? this.tracks.end_s : -Infinity, come[come.length - 1] ?? -Infinity);
    const timed = moves || this.head.end_s > this.head.start_s;
    this.clock = timed ? new PlayClock(begin, Math.max(end, begin + 1), this.opening(begin)) : new PlayClock(0, DAY_S, DAY_S / 2);
    this.stage = new Stage(canvas, this.head, this.tracks, this.wall, look);
    this.crowd = this.crowdOf(playback);
    this.focus = focusOf(this.head, this.stage.site.stands);
    this.evaluate();
    this.overview(0);
  }

  listen(listener: (change: Change) => void): void {
    this.listeners.add(listener);
  }

  /** One frame: `now_ms` as requestAnimationFrame gives it. False where nothing had to be drawn. */
  frame(now_ms: number): boolean {
    const elapsed_s = this.last_ms === 0 ? 0 : Math.min(0.25, (now_ms - this.last_ms) / 1000);
    this.last_ms = now_ms;
    const wasPlaying = this.clock.playing;
    this.clock.advance(elapsed_s);
    if (wasPlaying && !this.clock.playing) this.tell('playing');
    this.frames += 1;
    if (!this.stage.changed(this.clock.time_s)) return false;
    this.evaluate();
    this.stage.draw(this.clock.time_s, elapsed_s);
    this.drawn += 1;
    this.spare(elapsed_s);
    return true;
  }

  /** What the script of a frame took, with the page round the player. */
  took(ms: number): void {
    this.script_ms += (ms - this.script_ms) * (this.drawn < 10 ? 1 : 0.05);
  }

  // ---- time

  seek(time_s: number): void {
    this.clock.seek(time_s);
    this.evaluate();
  }
  toggle(): void {
    this.clock.toggle();
    this.tell('playing');
  }
  change(step: 1 | -1): void {
    this.clock.change(step);
    this.tell('playing');
  }
  setSpeed(speed: number): void {
    this.clock.speed = speed;
    this.tell('playing');
  }

  /** Index of the last cue that has happened, -1 before the first. */
  currentCue(): number {
    const { cues } = this.head;
    let low = -1, high = cues.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (cues[middle].t_s <= this.clock.time_s + CUE_SLIP_S) low = middle; else high = middle;
    }
    return low;
  }

  jump(cue: number): void {
    const found = this.head.cues[cue];
    if (found === undefined) return;
    this.seek(found.t_s);
    if (found.contingent !== null && found.contingent !== this.chosen) this.choose(found.contingent);
  }

  /** The next or previous instant that has a cue. */
  step(direction: 1 | -1): void {
    const { cues } = this.head;
    const now = this.clock.time_s;
    const found = direction > 0 ? cues.find((cue) => cue.t_s > now + CUE_SLIP_S)
      : cues.findLast((cue) => cue.t_s < now - CUE_SLIP_S);
    if (found !== undefined) this.seek(found.t_s);
  }

  nextCueOf(contingent: number): Cue | null {
    const now = this.clock.time_s;
    return this.head.cues.find((cue) => cue.contingent === contingent && cue.t_s > now) ?? null;
  }

  // ---- what is looked at

  choose(contingent: number): void {
    this.chosen = contingent;
    if (contingent < 0) this.following = false;
    this.stage.choose(contingent);
    this.tell('choice');
  }

  follow(on: boolean): void {
    this.following = on && this.chosen >= 0;
    if (this.following && this.stage.fly.pose.distance > 0) this.flyTo(this.chosen);
    else this.tell('choice');
  }

  /** Chooses a contingent and goes there; where it is gone, to the time when it next does something. */
  flyTo(contingent: number): void {
    this.choose(contingent);
    if (!this.contingents.there(contingent)) {
      const cue = this.nextCueOf(contingent) ?? this.head.cues.find((c) => c.contingent === contingent);
      if (cue === undefined || cue === null) return;
      this.seek(cue.t_s);
    }
    const s = this.contingents.state;
    const at = contingent * Contingents.STRIDE;
    const extent = this.extent(contingent);
    const { air, first_mover } = this.head.contingents[contingent];
    // A wide one is met at its first: between echelons there is but air.
    const wide = extent > WIDE_M;
    const place = this.tracks.mover(first_mover, { x: s[at], y: s[at + 1], z: s[at + 2], alive: true });
    const [x, y, z] = wide && place.alive ? [place.x, place.y, place.z] : [s[at], s[at + 1], s[at + 2]];
    const away = Math.max(PEOPLE_AWAY_M, 2.2 * Math.min(extent, WIDE_M));
    // From ahead and to the left, so that faces are seen; aircraft from a little below.
    const heading = Math.atan2(s[at + 6], s[at + 5]);
    this.stage.fly.fly({
      x, y, z: z + (air ? 0 : 1), distance: away, yaw: heading + Math.PI - 0.6, pitch: air ? 0.12 : -0.3,
    });
    this.stage.map.x = x;
    this.stage.map.y = y;
  }

  /** Sits down in a stand and looks at the chosen contingent, or at the line where it is not there. */
  lookFrom(stand: number): void {
    const place = this.stage.site.stands[stand];
    if (place === undefined) return;
    const [x, y, z] = place.eye();
    const [fx, fy] = place.front;
    const there = this.chosen >= 0 && this.contingents.there(this.chosen);
    const view = there ? this.towards(x, y, z) : { yaw: Math.atan2(fy - y, fx - x), pitch: -0.03 };
    this.following = there;
    this.stage.fly.fly({ x, y, z, distance: 0, fov: 55, ...view });
    this.tell('choice');
  }

  /** The whole ground from behind the spectators, looking towards those who come. */
  overview(lasts_s = 1.2): void {
    this.following = false;
    const { point: [x, y], direction } = this.focus;
    const crowd = spectatorsOf(this.stage.site.stands, [x, y]) ?? [x + 120 * direction[1], y - 120 * direction[0]];
    const across = Math.atan2(y - crowd[1], x - crowd[0]);
    const ahead = Math.sin(across) * direction[0] - Math.cos(across) * direction[1]; // > 0: they leave to the right
    const yaw = across + (ahead > 0 ? 1.12 : -1.12);
    const away = Math.min(MOST_OVERVIEW_M, Math.max(110, 0.66 * this.reach()));
    this.stage.fly.fly({
      x: x - 0.25 * away * direction[0], y: y - 0.25 * away * direction[1], z: 0, distance: away, yaw, pitch: -0.24,
    }, lasts_s);
    this.tell('choice');
  }

  /** At the kerb behind the line that everybody passes, on the spectators' side, at eye level. */
  street(): void {
    this.following = false;
    const { point: [px, py], direction: [dx, dy], half_m } = this.focus;
    const crowd = spectatorsOf(this.stage.site.stands, [px, py]) ?? [px + dy, py - dx];
    const side = dx * (crowd[1] - py) - dy * (crowd[0] - px) > 0 ? 1 : -1; // 1: to the left of the way
    const beside = side * (half_m + 1.5);
    const ex = px + STREET_M * dx - beside * dy, ey = py + STREET_M * dy + beside * dx;
    const [x, y] = [px - BEFORE_M * dx, py - BEFORE_M * dy];
    this.stage.fly.fly({
      x, y, z: 1.4, distance: Math.hypot(x - ex, y - ey), yaw: Math.atan2(y - ey, x - ex), pitch: -0.012, fov: 42,
    });
    this.tell('choice');
  }

  /** A finding's time, place and people. */
  show(finding: Finding): void {
    if (finding.t0_s !== null) this.seek(finding.t0_s);
    const name = finding.who[0]?.split('/')[0];
    const who = this.head.contingents.findIndex((c) => c.name === name || c.id === name);
    if (who >= 0) this.choose(who);
    if (finding.place !== null) {
      const [x, y, z] = finding.place;
      this.stage.fly.fly({ x, y, z, distance: 40, pitch: -0.5 });
    } else if (who >= 0) {
      this.flyTo(who);
    }
  }

  setMode(mode: Mode): void {
    this.stage.mode = mode;
    this.tell('mode');
  }
  setTheme(theme: Theme): void {
    this.stage.setTheme(theme, this.chosen);
    this.tell('theme');
  }
  setLanguage(language: string): void {
    this.words.language = language;
    this.tell('language');
  }

  /**
   * Where a mover is now, m; `slot` from 1 as in "contingent/slot". Of a guest, who is a mover for each
   * stretch on foot, the one that is there. For tests and inspectors.
   */
  whereIs(contingent: string, slot: number): Place | null {
    const found = this.head.contingents.find((c) => c.name === contingent);
    if (found === undefined) return null;
    let place: Place | null = null;
    for (let m = found.first_mover; m < found.first_mover + found.movers && place?.alive !== true; ++m) {
      if (this.tracks.arrays.mover_slot[m] === slot - 1) {
        place = this.tracks.mover(m, { x: 0, y: 0, z: 0, alive: false });
      }
    }
    return place;
  }

  /** The contingent at a point of the scene's pane, -1: none. */
  pick(px: number, py: number): number {
    const { camera } = this.stage.fly;
    const pane = this.stage.panes.scene;
    const focal = this.stage.focal;
    const place: Place = { x: 0, y: 0, z: 0, alive: false };
    const m = camera.matrixWorldInverse.elements;
    let best = 14; // px
    let found = -1;
    for (let mover = 0; mover < this.tracks.movers; ++mover) {
      const p = this.tracks.mover(mover, place);
      if (!p.alive) continue;
      const z = p.z + 0.9;
      const ez = m[2] * p.x + m[6] * p.y + m[10] * z + m[14];
      if (ez > -0.5) continue;
      const ex = m[0] * p.x + m[4] * p.y + m[8] * z + m[12];
      const ey = m[1] * p.x + m[5] * p.y + m[9] * z + m[13];
      const off = Math.hypot(pane.width / 2 + (focal * ex) / -ez - px, pane.height / 2 - (focal * ey) / -ez - py);
      if (off < best) {
        best = off;
        found = this.tracks.arrays.mover_contingent[mover];
      }
    }
    return found;
  }

  /** The film of the spectators colours the ground and fills the stands. */
  private crowdOf({ head, crowd }: Playback): Crowd | null {
    if (!head.crowd || crowd === null) return null;
    this.stage.density.setGrid(head.crowd);
    return new Crowd(head.crowd, crowd, this.stage.density.cells);
  }

  private showCrowd(crowd: Crowd): void {
    if (!crowd.at(this.clock.time_s)) return;
    const { density, site } = this.stage;
    if (crowd.there) density.show(); else density.hide();
    const { areas } = this.head.site;
    crowd.head.zones.forEach((zone, i) => {
      const area = areas[zone.area];
      site.fill(area, Math.min(1, (crowd.seated[i] * zone.people) / (area.capacity ?? Infinity)));
    });
  }

  private evaluate(): void {
    if (this.crowd !== null) this.showCrowd(this.crowd);
    const s = this.contingents.state;
    const at = this.chosen * Contingents.STRIDE;
    const follows = this.following && this.contingents.there(this.chosen);
    const x = follows ? s[at] : 0, y = follows ? s[at + 1] : 0, z = follows ? s[at + 2] : 0;
    this.tracks.at(this.clock.time_s);
    this.contingents.update();
    if (!follows || !this.contingents.there(this.chosen)) return;
    const { pose } = this.stage.fly;
    if (pose.distance === 0) {
      if (!this.stage.fly.flying) Object.assign(pose, this.towards(pose.x, pose.y, pose.z));
    } else {
      this.stage.fly.carry(s[at] - x, s[at + 1] - y, s[at + 2] - z);
      this.stage.map.x += s[at] - x;
      this.stage.map.y += s[at + 1] - y;
    }
  }

  /** Where to look from a place to see the chosen contingent. */
  private towards(x: number, y: number, z: number): { yaw: number; pitch: number } {
    const s = this.contingents.state;
    const at = this.chosen * Contingents.STRIDE;
    const dx = s[at] - x, dy = s[at + 1] - y;
    return { yaw: Math.atan2(dy, dx), pitch: Math.min(1.5, Math.atan2(s[at + 2] + 1 - z, Math.hypot(dx, dy))) };
  }

  /** Half the diagonal of a contingent's box, m. */
  private extent(contingent: number): number {
    const { first_mover, movers } = this.head.contingents[contingent];
    const place: Place = { x: 0, y: 0, z: 0, alive: false };
    let x0 = Infinity, x1 = -Infinity, y0 = Infinity, y1 = -Infinity;
    for (let m = first_mover; m < first_mover + movers; ++m) {
      const p = this.tracks.mover(m, place);
      if (!p.alive) continue;
      x0 = Math.min(x0, p.x);
      x1 = Math.max(x1, p.x);
      y0 = Math.min(y0, p.y);
      y1 = Math.max(y1, p.y);
    }
    return x1 < x0 ? 0 : Math.hypot(x1 - x0, y1 - y0) / 2;
  }

  /** How far the stands are from the focus, m. */
  private reach(): number {
    const corners = this.stage.site.stands.flatMap((stand) => stand.area.outer);
    return corners.reduce((most, [x, y]) => Math.max(most, Math.hypot(x - this.focus.point[0], y - this.focus.point[1])), 0);
  }

  private opening(begin_s: number): number {
    const moves = this.head.items.filter((item) => item.procession !== null);
    const march = moves.find((item) => !this.head.processions[item.procession!].air) ?? moves[0];
    return march === undefined ? begin_s : march.start_s - LEAD_S;
  }

  /** Fewer bodies where frames take long: a slow machine keeps moving. */
  private spare(elapsed_s: number): void {
    this.slow += (elapsed_s - this.slow) * 0.1;
    const { budget } = this.stage;
    if (this.drawn % 20 !== 0) return;
    if (this.slow > 0.05 && budget.middle > 1500) {
      budget.middle = Math.round(budget.middle * 0.8);
      budget.near = Math.max(400, Math.round(budget.near * 0.8));
    } else if (this.slow < 0.02 && budget.middle < 12_000) {
      budget.middle = Math.round(budget.middle * 1.1);
      budget.near = Math.min(3000, Math.round(budget.near * 1.1));
    }
  }

  private tell(change: Change): void {
    this.stage.touch();
    for (const listener of this.listeners) listener(change);
  }
}
