// SPDX-License-Identifier: MIT
import { Vector3, type Camera } from 'three';
import type { Pane } from './stage';

/** Something in the scene with a name. */
export interface Anchor {
  x: number; y: number; z: number;
  /** Larger first where there is room for one only. */
  weight: number;
  visible: boolean;
  /** Of the map alone: a station in the air has no place on the ground. */
  mapOnly: boolean;
  text: string;
  kind: 'contingent' | 'station' | 'stand' | 'building' | 'area';
  chosen: boolean;
  colour: string | null;
}

interface Tag {
  element: HTMLElement;
  text: string;
  kind: Anchor['kind'];
  chosen: boolean;
  weight: number;
  width: number;
  height: number;
  left: number;
  top: number;
  shown: boolean;
}

const MOST = 28;
const GAP_PX = 6;
const LIFT_PX = 16;

/** Names over one view, the heavier first, none over another. */
export class Labels {
  private readonly tags: Tag[] = [];
  private readonly order: number[] = [];
  private readonly boxes = new Float32Array(4 * MOST);
  private readonly screen = new Vector3();

  /** What of the view's upper edge belongs to others. */
  clear_px = 2;

  constructor(private readonly layer: HTMLElement) {}

  update(anchors: Anchor[], camera: Camera, pane: Pane, most_m: number, map: boolean): void {
    this.grow(anchors);
    let used = 0;
    for (let k = 0; k < this.order.length; ++k) {
      const i = this.order[k];
      const anchor = anchors[i];
      const tag = this.tags[i];
      const shown = anchor.visible && (map || !anchor.mapOnly) && used < MOST && pane.width > 0 && this.put(anchor, tag, camera, pane, used, most_m);
      if (shown) used += 1;
      if (shown !== tag.shown) {
        tag.element.hidden = !shown;
        tag.shown = shown;
      }
    }
  }

  private put(anchor: Anchor, tag: Tag, camera: Camera, pane: Pane, used: number, most_m: number): boolean {
    const at = this.screen.set(anchor.x, anchor.y, anchor.z);
    const away = at.distanceTo(camera.position);
    if (away > most_m && !anchor.chosen) return false;
    at.project(camera);
    if (at.z > 1 || at.z < -1 || Math.abs(at.x) > 0.98 || Math.abs(at.y) > 0.98) return false;
    const left = Math.round((at.x * 0.5 + 0.5) * pane.width - tag.width / 2);
    const top = Math.round((0.5 - at.y * 0.5) * pane.height - tag.height - LIFT_PX);
    if (left < 2 || top < this.clear_px || left + tag.width > pane.width - 2) return false;
    for (let k = 0; k < used; ++k) {
      const b = 4 * k;
      if (left < this.boxes[b + 2] + GAP_PX && left + tag.width > this.boxes[b] - GAP_PX &&
          top < this.boxes[b + 3] + GAP_PX && top + tag.height > this.boxes[b + 1] - GAP_PX) return false;
    }
    const b = 4 * used;
    this.boxes[b] = left;
    this.boxes[b + 1] = top;
    this.boxes[b + 2] = left + tag.width;
    this.boxes[b + 3] = top + tag.height;
    if (pane.left + left !== tag.left || top !== tag.top) {
      tag.left = pane.left + left;
      tag.top = top;
      tag.element.style.transform = `translate(${tag.left}px,${top}px)`;
    }
    return true;
  }

  private grow(anchors: Anchor[]): void {
    let sorted = this.tags.length === anchors.length;
    while (this.tags.length < anchors.length) {
      const element = document.createElement('div');
      element.hidden = true;
      this.layer.append(element);
      this.order.push(this.tags.length);
      this.tags.push({ element, text: '', kind: 'area', chosen: false, weight: NaN, width: 0, height: 0, left: -1, top: -1, shown: false });
    }
    for (let i = 0; i < anchors.length; ++i) {
      const anchor = anchors[i];
      const tag = this.tags[i];
      if (tag.weight !== anchor.weight) {
        tag.weight = anchor.weight;
        sorted = false;
      }
      if (tag.text !== anchor.text || tag.kind !== anchor.kind || tag.chosen !== anchor.chosen) write(tag, anchor);
    }
    if (!sorted) this.order.sort((a, b) => anchors[b].weight - anchors[a].weight || a - b);
  }
}

function write(tag: Tag, anchor: Anchor): void {
  tag.text = anchor.text;
  tag.kind = anchor.kind;
  tag.chosen = anchor.chosen;
  tag.element.className = `label ${anchor.kind}${anchor.chosen ? ' chosen' : ''}`;
  tag.element.textContent = anchor.text;
  if (anchor.colour !== null) tag.element.style.setProperty('--own', anchor.colour);
  tag.element.hidden = false;
  tag.width = tag.element.offsetWidth;
  tag.height = tag.element.offsetHeight;
  tag.element.hidden = !tag.shown;
}
