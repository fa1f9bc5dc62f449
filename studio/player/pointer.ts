// SPDX-License-Identifier: MIT
import type { Player } from './player';

const CLICK_PX = 4;
const TURN = 0.005; // rad a pixel

interface Finger { x: number; y: number }

/** Mouse, pen and fingers on the canvas: the scene turns, the map slides. `now` gives whoever plays on it. */
export function attachPointer(canvas: HTMLElement, now: () => Player): void {
  const fingers = new Map<number, Finger>();
  let travelled = 0;
  let onMap = false;

  const local = (event: MouseEvent): Finger => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  canvas.addEventListener('pointerdown', (event) => {
    const at = local(event);
    if (fingers.size === 0) {
      travelled = 0;
      const { map } = now().stage.panes;
      onMap = at.x >= map.left && map.width > 0;
    }
    fingers.set(event.pointerId, at);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return;
    const at = local(event);
    const dx = at.x - before.x, dy = at.y - before.y;
    travelled += Math.abs(dx) + Math.abs(dy);
    if (fingers.size === 2) pinch(now(), fingers, event.pointerId, at, onMap);
    else drag(now(), dx, dy, onMap, event.shiftKey || (event.buttons & 6) !== 0);
    fingers.set(event.pointerId, at);
  });
  const lift = (event: PointerEvent): void => {
    if (fingers.delete(event.pointerId) && event.type === 'pointerup' && travelled < CLICK_PX && !onMap) {
      const at = local(event);
      const found = now().pick(at.x, at.y);
      if (found >= 0) now().choose(found);
    }
  };
  canvas.addEventListener('pointerup', lift);
  canvas.addEventListener('pointercancel', lift);
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    const at = local(event);
    wheel(now(), at, Math.exp(event.deltaY * (event.ctrlKey ? 0.01 : 0.0014)));
  }, { passive: false });
}

function drag(player: Player, dx: number, dy: number, onMap: boolean, move: boolean): void {
  const { fly, map, panes } = player.stage;
  if (onMap) {
    map.x -= dx * map.metresPerPixel;
    map.y += dy * map.metresPerPixel;
  } else if (move) {
    fly.pan(-dx / panes.scene.height, dy / panes.scene.height);
  } else {
    const sign = fly.pose.distance === 0 ? 1 : -1;
    fly.turn(sign * dx * TURN, sign * dy * TURN);
  }
}

function pinch(player: Player, fingers: Map<number, Finger>, id: number, now: Finger, onMap: boolean): void {
  const other = [...fingers].find(([key]) => key !== id)?.[1];
  const before = fingers.get(id);
  if (other === undefined || before === undefined) return;
  const factor = Math.hypot(before.x - other.x, before.y - other.y) / Math.max(1, Math.hypot(now.x - other.x, now.y - other.y));
  if (onMap) player.stage.map.zoom(factor, 0, 0); else player.stage.fly.zoom(factor);
  drag(player, (now.x - before.x) / 2, (now.y - before.y) / 2, onMap, true);
}

function wheel(player: Player, at: Finger, factor: number): void {
  const { panes, map, fly } = player.stage;
  if (panes.map.width > 0 && at.x >= panes.map.left) {
    map.zoom(factor, at.x - panes.map.left - panes.map.width / 2, panes.map.height / 2 - at.y);
  } else {
    fly.zoom(factor);
  }
}
