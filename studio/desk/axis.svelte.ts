// SPDX-License-Identifier: MIT
import { gridOf } from './gantt';

/** The stretch of the day that the bars and the time–distance diagram show, both the same. */
export class TimeAxis {
  from_s = $state(0);
  span_s = $state(3600);
  width = $state(600);

  get perPixel(): number {
    return this.span_s / Math.max(1, this.width);
  }
  get grid_s(): number {
    return gridOf(this.perPixel);
  }
  x(time_s: number): number {
    return (time_s - this.from_s) / this.perPixel;
  }
  time(x: number): number {
    return this.from_s + x * this.perPixel;
  }
  /** Times that have a line. */
  get lines(): number[] {
    const grid = this.grid_s;
    return Array.from({ length: Math.ceil(this.span_s / grid) + 1 }, (_, i) => (Math.ceil(this.from_s / grid) + i) * grid)
      .filter((t) => t < this.from_s + this.span_s);
  }
  fit(begin_s: number, end_s: number): void {
    const margin = Math.max(30, 0.03 * (end_s - begin_s));
    this.from_s = begin_s - margin;
    this.span_s = Math.max(60, end_s - begin_s + 2 * margin);
  }
  /** Moves, no farther than needed, so that a stretch that lies beside is seen. */
  reveal(begin_s: number, end_s: number): void {
    const margin = 0.05 * this.span_s;
    if (end_s < this.from_s) this.from_s = begin_s - margin;
    else if (begin_s > this.from_s + this.span_s) this.from_s = Math.min(begin_s - margin, end_s + margin - this.span_s);
    else return;
    if (end_s - begin_s > this.span_s) this.from_s = begin_s - margin;
  }
  zoom(factor: number, about = 0.5): void {
    const next = Math.min(172_800, Math.max(30, this.span_s * factor));
    this.from_s += about * (this.span_s - next);
    this.span_s = next;
  }
  wheel(event: WheelEvent, left: number): void {
    if (event.ctrlKey || event.altKey) {
      event.preventDefault();
      this.zoom(Math.exp(event.deltaY * 0.003), (event.clientX - left) / this.width);
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      this.from_s += (event.deltaX || event.deltaY) * this.perPixel;
    }
  }
}

/** Follows the pointer until it is let go. */
export function follow(go: (event: PointerEvent) => void, done: (event: PointerEvent) => void = () => undefined): void {
  const end = (e: PointerEvent): void => {
    removeEventListener('pointermove', go);
    removeEventListener('pointerup', end);
    removeEventListener('pointercancel', end);
    done(e);
  };
  addEventListener('pointermove', go);
  addEventListener('pointerup', end);
  addEventListener('pointercancel', end);
}
