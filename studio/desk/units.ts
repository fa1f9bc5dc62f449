// SPDX-License-Identifier: MIT

/** Figures as the show file writes them. */

/** "09:44:30", "09:47" where there are no seconds; tenths where there are. */
export function clockText(time_s: number): string {
  const tenths = Math.round(Math.abs(time_s) * 10);
  const two = (n: number): string => String(n).padStart(2, '0');
  const s = Math.floor(tenths / 10);
  const base = `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}`;
  const rest = s % 60, tenth = tenths % 10;
  if (rest === 0 && tenth === 0) return base;
  return `${base}:${two(rest)}${tenth === 0 ? '' : `.${tenth}`}`;
}

/** "3 min", "1 min 30 s", "2 h", "45 s", "0.5 s". */
export function durationText(seconds: number): string {
  const tenths = Math.max(0, Math.round(seconds * 10));
  const h = Math.floor(tenths / 36000), min = Math.floor(tenths / 600) % 60, s = (tenths % 600) / 10;
  const parts = [h > 0 ? `${h} h` : '', min > 0 ? `${min} min` : '', s > 0 ? `${Number(s.toFixed(1))} s` : ''].filter((part) => part !== '');
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** "-12.5 m" */
export function metresText(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return `${Object.is(rounded, -0) ? 0 : rounded} m`;
}
export function pointText([x, y]: readonly [number, number]): string {
  return `[${metresText(x)}, ${metresText(y)}]`;
}

/** For people: "+2:30", "1:02:00". */
export function spanShown(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const h = Math.floor(whole / 3600), min = Math.floor(whole / 60) % 60, s = whole % 60;
  return `${h > 0 ? `${h}:${two(min)}` : String(min)}:${two(s)}`;
}
