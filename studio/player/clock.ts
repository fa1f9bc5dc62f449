// SPDX-License-Identifier: MIT
import type { Head } from './format';

export const SPEEDS = [1, 2, 4, 8, 15, 30, 60] as const;

/** The one clock: everything shown is a function of time_s, seconds since 00:00 of the show's date. */
export class PlayClock {
  time_s: number;
  playing = false;
  speed = 1;

  constructor(public begin_s: number, public end_s: number, start_s: number) {
    this.time_s = this.clamped(start_s);
  }

  /** Lets `elapsed_s` of real time pass; stops at the end. */
  advance(elapsed_s: number): void {
    if (!this.playing) return;
    this.time_s = this.clamped(this.time_s + elapsed_s * this.speed);
    if (this.time_s >= this.end_s) this.playing = false;
  }

  /** Widens the day: spectators come before, and leave after, what is planned. */
  include(begin_s: number, end_s: number): void {
    this.begin_s = Math.min(this.begin_s, begin_s);
    this.end_s = Math.max(this.end_s, end_s);
  }

  seek(time_s: number): void {
    this.time_s = this.clamped(time_s);
  }

  toggle(): void {
    if (!this.playing && this.time_s >= this.end_s) this.time_s = this.begin_s;
    this.playing = !this.playing;
  }

  /** One step up or down the speeds. */
  change(step: 1 | -1): void {
    const at = SPEEDS.findIndex((speed) => speed >= this.speed);
    this.speed = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + step))];
  }

  private clamped(time_s: number): number {
    return Math.min(this.end_s, Math.max(this.begin_s, time_s));
  }
}

/** Wall clock and sun of the show's place. */
export class WallClock {
  private readonly midnightUtc_ms: number;

  constructor(private readonly head: Head) {
    this.midnightUtc_ms = Date.parse(head.midnight);
  }

  utc_ms(time_s: number): number {
    return this.midnightUtc_ms + time_s * 1000;
  }

  /** "09:47:00", to the nearest second; a change of the clock counts from its instant on. */
  text(time_s: number): string {
    const { offsets } = this.head;
    const whole_s = nearestSecond(time_s);
    let change_s = 0;
    for (const [from_s, offset_s] of offsets) {
      if (from_s <= whole_s) change_s = offset_s - this.offsetAtMidnight();
    }
    return hoursMinutesSeconds(whole_s + change_s);
  }

  private offsetAtMidnight(): number {
    let found = this.head.offsets[0]?.[1] ?? 0;
    for (const [from_s, offset_s] of this.head.offsets) if (from_s <= 0) found = offset_s;
    return found;
  }
}

/** Halves upwards, as the run sheet does: an instant reads the same in every product. */
export function nearestSecond(time_s: number): number {
  return Math.floor(time_s + 0.5 + 1e-6);
}

function hoursMinutesSeconds(time_s: number): string {
  const whole = Math.abs(time_s);
  const two = (n: number): string => String(n).padStart(2, '0');
  const text = `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return time_s < 0 ? `-${text}` : text;
}
