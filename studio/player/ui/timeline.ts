// SPDX-License-Identifier: MIT
import type { Player } from '../player';
import { h } from './dom';

// At the usual size of letters; on large screens all of it grows with them.
const USUAL_PX = 14;
const DETAIL_PX = 46;
const DAY_PX = 22;
const GAP_PX = 4;
const LETTER_PX = 11;
const LEAST_WINDOW_S = 20;
const MOST_WINDOW_S = 3600;
const STEPS_S = [5, 10, 30, 60, 300, 600, 1800, 3600];

/**
 * Two strips over each other: the minutes about now, with the cues, and the whole day with its items.
 * Dragging either moves the clock; the wheel widens and narrows the upper one.
 */
export class Timeline {
  private readonly canvas = h('canvas', { class: 'strip' });
  readonly element: HTMLElement;
  private window_s = 300;
  private stale = true;
  private readonly drawn = { at: NaN, window_s: 0, language: '', theme: '', begin_s: 0, end_s: 0 };
  private width = 0;
  private unit = 1;

  constructor(private readonly player: Player) {
    this.element = h('div', { class: 'timeline', role: 'slider', tabindex: 0 }, this.canvas);
    this.element.addEventListener('pointerdown', (event) => this.drag(event));
    this.element.addEventListener('wheel', (event) => {
      event.preventDefault();
      const factor = Math.exp(event.deltaY * 0.0015);
      this.window_s = Math.min(MOST_WINDOW_S, Math.max(LEAST_WINDOW_S, this.window_s * factor));
      this.player.stage.touch();
    }, { passive: false });
    new ResizeObserver(() => {
      this.stale = true;
      this.player.stage.touch();
    }).observe(this.element);
  }

  update(): void {
    const { clock, words, wall } = this.player;
    if (!this.changed()) return;
    const text = wall.text(clock.time_s);
    if (this.element.getAttribute('aria-valuetext') !== text) {
      this.element.setAttribute('aria-label', words.say('timeline'));
      this.element.setAttribute('aria-valuemin', String(Math.round(clock.begin_s)));
      this.element.setAttribute('aria-valuemax', String(Math.round(clock.end_s)));
      this.element.setAttribute('aria-valuenow', String(Math.round(clock.time_s)));
      this.element.setAttribute('aria-valuetext', text);
    }
    this.draw();
  }

  /** Whether anything would be drawn half a pixel further on, or otherwise. */
  private changed(): boolean {
    const { clock, words, stage } = this.player;
    const { drawn } = this;
    const at = Math.round((2 * clock.time_s * Math.max(1, this.width)) / this.window_s);
    const same = !this.stale && drawn.at === at && drawn.window_s === this.window_s && drawn.language === words.language &&
      drawn.theme === stage.theme && drawn.begin_s === clock.begin_s && drawn.end_s === clock.end_s;
    if (same) return false;
    this.stale = false;
    drawn.at = at;
    drawn.window_s = this.window_s;
    drawn.language = words.language;
    drawn.theme = stage.theme;
    drawn.begin_s = clock.begin_s;
    drawn.end_s = clock.end_s;
    return true;
  }

  private draw(): void {
    const style = getComputedStyle(this.element);
    this.unit = Math.max(0.9, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PX);
    const ratio = Math.min(2, devicePixelRatio) * this.unit;
    const width = this.element.clientWidth / this.unit;
    const height = DETAIL_PX + DAY_PX + GAP_PX + 2;
    this.width = this.element.clientWidth;
    this.element.style.height = `${height * this.unit}px`;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== across || this.canvas.height !== down) {
      this.canvas.width = across;
      this.canvas.height = down;
    }
    const g = this.canvas.getContext('2d')!;
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, height);
    const ink = style.getPropertyValue('--ink').trim();
    const faint = style.getPropertyValue('--faint').trim();
    const line = style.getPropertyValue('--line').trim();
    const band = style.getPropertyValue('--band').trim();
    const accent = style.getPropertyValue('--accent').trim();
    g.font = `${LETTER_PX}px ${style.fontFamily}`;
    g.textBaseline = 'middle';
    this.drawDetail(g, width, ink, faint, line, band);
    this.drawDay(g, width, ink, line, band, accent);
    g.fillStyle = accent;
    g.fillRect(Math.round(width / 2) - 1, 0, 2, DETAIL_PX);
  }

  private drawDetail(g: CanvasRenderingContext2D, width: number, ink: string, faint: string, line: string, band: string): void {
    const { clock, head, words, wall, stage } = this.player;
    const scale = width / this.window_s;
    const x = (t: number): number => width / 2 + (t - clock.time_s) * scale;
    const first = clock.time_s - this.window_s / 2, last = clock.time_s + this.window_s / 2;
    const step = STEPS_S.find((s) => s * scale > 70) ?? 7200;
    g.fillStyle = line;
    for (let t = Math.ceil(first / step) * step; t < last; t += step) g.fillRect(Math.round(x(t)), 0, 1, DETAIL_PX);
    for (const item of head.items) {
      if (item.end_s < first || item.start_s > last) continue;
      const a = Math.max(0, x(item.start_s)), b = Math.min(width, x(item.end_s));
      g.fillStyle = band;
      g.fillRect(a, 15, Math.max(2, b - a - 1), 16);
      clipText(g, words.name(item.label) || item.name, a + 5, 23.5, b - a - 9, ink);
    }
    for (const cue of head.cues) {
      if (cue.t_s < first || cue.t_s > last) continue;
      g.fillStyle = cue.contingent === null ? faint : stage.colours[cue.contingent];
      g.fillRect(Math.round(x(cue.t_s)) - 1, 34, 2.5, cue.what === 'head' ? 12 : 7);
    }
    g.fillStyle = faint;
    for (let t = Math.ceil(first / step) * step; t < last; t += step) g.fillText(wall.text(t), Math.round(x(t)) + 4, 7);
  }

  private drawDay(g: CanvasRenderingContext2D, width: number, ink: string, line: string, band: string, accent: string): void {
    const { clock, head, words } = this.player;
    const top = DETAIL_PX + GAP_PX;
    const scale = width / (clock.end_s - clock.begin_s || 1);
    const x = (t: number): number => (t - clock.begin_s) * scale;
    g.fillStyle = line;
    g.fillRect(0, top, width, DAY_PX);
    for (const item of head.items) {
      const a = x(item.start_s), b = x(item.end_s);
      g.fillStyle = band;
      g.fillRect(a, top + 2, Math.max(1.5, b - a - 1), DAY_PX - 4);
      clipText(g, words.name(item.label) || item.name, a + 4, top + DAY_PX / 2 + 0.5, b - a - 8, ink);
    }
    g.fillStyle = ink;
    const hours = hoursOf(clock.begin_s, clock.end_s);
    const wide = g.measureText('00:00').width + 8;
    const free = freeHours(hours.map(x), wide, head.items.map((item) => [x(item.start_s), x(item.end_s)]));
    hours.forEach((t, i) => {
      g.globalAlpha = 0.35;
      g.fillRect(Math.round(x(t)), top, 1, DAY_PX);
      g.globalAlpha = 1;
      if (free[i]) g.fillText(this.player.wall.text(t).slice(0, 5), Math.round(x(t)) + 4, top + DAY_PX / 2 + 0.5);
    });
    g.strokeStyle = accent;
    g.lineWidth = 1;
    const half = Math.max(3, (this.window_s * scale) / 2);
    g.strokeRect(Math.max(0.5, x(clock.time_s) - half), top + 0.5, 2 * half, DAY_PX - 1);
    g.fillStyle = accent;
    g.fillRect(x(clock.time_s) - 1, top, 2, DAY_PX);
  }

  private drag(event: PointerEvent): void {
    const { clock } = this.player;
    const box = this.element.getBoundingClientRect();
    const whole = event.clientY - box.top > (DETAIL_PX + GAP_PX / 2) * this.unit;
    const start_s = clock.time_s;
    const start_x = event.clientX;
    const day = (e: PointerEvent): number =>
      clock.begin_s + ((e.clientX - box.left) / box.width) * (clock.end_s - clock.begin_s);
    const click = start_s + ((event.clientX - box.left) / box.width - 0.5) * this.window_s;
    let moved = false;
    if (whole) this.player.seek(day(event));
    this.element.setPointerCapture(event.pointerId);
    const move = (e: PointerEvent): void => {
      moved ||= Math.abs(e.clientX - start_x) > 3;
      if (whole) this.player.seek(day(e));
      else if (moved) this.player.seek(start_s - ((e.clientX - start_x) / this.width) * this.window_s);
    };
    const end = (): void => {
      if (!whole && !moved) this.player.seek(click);
      this.element.removeEventListener('pointermove', move);
    };
    this.element.addEventListener('pointermove', move);
    this.element.addEventListener('pointerup', end, { once: true });
    this.element.addEventListener('pointercancel', end, { once: true });
  }
}

const HOUR_S = 3600;
/** Full hours from begin on, before end. */
export function hoursOf(begin_s: number, end_s: number): number[] {
  const first = Math.ceil(begin_s / HOUR_S);
  return Array.from({ length: Math.max(0, Math.ceil(end_s / HOUR_S) - first) }, (_, i) => (first + i) * HOUR_S);
}
/** Which labels of so many pixels have room beside the items, which have names of their own, and beside each other. */
export function freeHours(at: number[], wide: number, items: (readonly [number, number])[]): boolean[] {
  let taken = -Infinity;
  return at.map((left) => {
    const free = left >= taken && items.every(([a, b]) => left + wide <= a || left >= b);
    if (free) taken = left + wide;
    return free;
  });
}

function clipText(g: CanvasRenderingContext2D, text: string, x: number, y: number, width: number, ink: string): void {
  if (width < 18) return;
  g.fillStyle = ink;
  let shown = text;
  if (g.measureText(text).width > width) {
    while (shown.length > 1 && g.measureText(`${shown}…`).width > width) shown = shown.slice(0, -1);
    if (shown.length < 3) return;
    shown += '…';
  }
  g.fillText(shown, x, y);
}
