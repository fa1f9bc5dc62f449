// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { PlayClock, WallClock } from '../../player/clock';
import type { Head } from '../../player/format';
import { sunAt } from '../../player/sun';

describe('the clock', () => {
  it('runs at its speed and stops at the end', () => {
    const clock = new PlayClock(100, 200, 150);
    clock.advance(1);
    expect(clock.time_s).toBe(150);
    clock.toggle();
    clock.speed = 8;
    clock.advance(2);
    expect(clock.time_s).toBe(166);
    clock.advance(10);
    expect([clock.time_s, clock.playing]).toEqual([200, false]);
    clock.toggle();
    expect([clock.time_s, clock.playing]).toEqual([100, true]);
  });

  it('steps through the speeds and no further', () => {
    const clock = new PlayClock(0, 1, 0);
    clock.change(-1);
    expect(clock.speed).toBe(1);
    for (let i = 0; i < 20; ++i) clock.change(1);
    expect(clock.speed).toBe(60);
  });

  it('is never outside the day', () => {
    const clock = new PlayClock(100, 200, 500);
    expect(clock.time_s).toBe(200);
    clock.seek(-3);
    expect(clock.time_s).toBe(100);
  });
});

describe('the wall clock', () => {
  const head = (offsets: [number, number][]): Head => ({ midnight: '2025-10-26T00:00:00+02:00', offsets }) as Head;

  it('shows what a clock in the place shows', () => {
    const wall = new WallClock(head([[-86400, 7200]]));
    expect(wall.text(35220)).toBe('09:47:00');
    expect(wall.text(90000)).toBe('25:00:00');
    expect(wall.text(-60)).toBe('-00:01:00');
    expect(wall.utc_ms(0)).toBe(Date.UTC(2025, 9, 25, 22));
  });

  it('rounds to the nearest second, halves upwards, as the run sheet does', () => {
    const wall = new WallClock(head([[-86400, 7200]]));
    expect([31587.4, 31587.5, 31587.6, 31588].map((t) => wall.text(t))).toEqual(['08:46:27', '08:46:28', '08:46:28', '08:46:28']);
    expect([-0.4, -0.5, -0.6].map((t) => wall.text(t))).toEqual(['00:00:00', '00:00:00', '-00:00:01']);
  });

  it('changes with daylight saving', () => {
    const wall = new WallClock(head([[-86400, 7200], [10800, 3600]]));
    expect(wall.text(10799)).toBe('02:59:59');
    expect(wall.text(10799.6)).toBe('02:00:00');
    expect(wall.text(10800)).toBe('02:00:00');
  });
});

describe('the sun', () => {
  // At the upper transit the elevation is 90 deg - latitude + declination; the declination of
  // 3 September is about 7.5 deg, and the transit at 116.39 deg east about 12:14 by the clock of Beijing.
  it('stands in the south of Beijing at noon', () => {
    const { elevation, azimuth } = sunAt(Date.UTC(2025, 8, 3, 4, 14), 39.9063, 116.3914);
    expect(Math.abs((elevation * 180) / Math.PI - (90 - 39.9063 + 7.5))).toBeLessThan(0.5);
    expect(Math.cos(azimuth)).toBeLessThan(-0.999);
  });

  it('is in the east in the morning, in the west in the evening, below the ground at night', () => {
    const at = (hour_utc: number): { elevation: number; azimuth: number } => sunAt(Date.UTC(2025, 8, 3, hour_utc), 39.9063, 116.3914);
    expect(Math.sin(at(0).azimuth)).toBeGreaterThan(0.9);
    expect(Math.sin(at(9).azimuth)).toBeLessThan(-0.9);
    expect(at(16).elevation).toBeLessThan(-0.5);
  });
});
