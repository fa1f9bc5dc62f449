// SPDX-License-Identifier: MIT
import { OrthographicCamera, PerspectiveCamera, Vector3 } from 'three';
import type { Point } from './format';

/**
 * The eye is `distance` behind the pivot, looking at it; at distance 0 it turns about itself, as
 * somebody in a stand does. Yaw: of the view, anticlockwise from east; pitch: up is positive.
 */
export interface Pose {
  x: number; y: number; z: number;
  distance: number;
  yaw: number;
  pitch: number;
  fov: number; // deg
}

const LEAST_EYE_M = 0.7; // above the ground
const MOST_DISTANCE_M = 200_000;
const NORMAL_FOV = 45;

export class FlyCamera {
  readonly camera = new PerspectiveCamera(NORMAL_FOV, 1, 0.5, 300_000);
  readonly pose: Pose = { x: 0, y: 0, z: 0, distance: 300, yaw: Math.PI / 2, pitch: -0.4, fov: NORMAL_FOV };
  private from: Pose | null = null;
  private to: Pose | null = null;
  private done = 1;
  private lasts_s = 1;
  private readonly forward = new Vector3();

  /** Goes to a pose within about a second; at once where motion is not wanted. */
  fly(to: Partial<Pose>, lasts_s = 1.2): void {
    const target = { ...this.pose, fov: NORMAL_FOV, ...to };
    while (target.yaw - this.pose.yaw > Math.PI) target.yaw -= 2 * Math.PI;
    while (target.yaw - this.pose.yaw < -Math.PI) target.yaw += 2 * Math.PI;
    if (lasts_s <= 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      Object.assign(this.pose, target);
      this.to = null;
      return;
    }
    this.from = { ...this.pose };
    this.to = target;
    this.done = 0;
    this.lasts_s = lasts_s;
  }

  get flying(): boolean {
    return this.to !== null;
  }

  /** Moves the pivot, and where a flight is going to, with what is followed. */
  carry(dx: number, dy: number, dz: number): void {
    for (const pose of [this.pose, this.to, this.from]) {
      if (pose === null) continue;
      pose.x += dx;
      pose.y += dy;
      pose.z += dz;
    }
  }

  turn(yaw: number, pitch: number): void {
    this.to = null;
    const p = this.pose;
    const slow = p.fov / NORMAL_FOV;
    p.yaw += yaw * slow;
    p.pitch = Math.min(1.55, Math.max(p.distance === 0 ? -1.4 : -1.55, p.pitch + pitch * slow));
  }

  /** Nearer (< 1) or farther; in a stand it is the lens that changes. */
  zoom(factor: number): void {
    this.to = null;
    const p = this.pose;
    if (p.distance === 0) p.fov = Math.min(80, Math.max(5, p.fov * factor));
    else p.distance = Math.min(MOST_DISTANCE_M, Math.max(3, p.distance * factor));
  }

  /** Moves the pivot over the ground by shares of the view's height. */
  pan(right: number, ahead: number): void {
    this.to = null;
    const p = this.pose;
    const scale = p.distance === 0 ? 4 : p.distance * 0.83;
    const c = Math.cos(p.yaw), s = Math.sin(p.yaw);
    p.x += scale * (ahead * c + right * s);
    p.y += scale * (ahead * s - right * c);
  }

  /** Sets the camera for this frame. */
  update(elapsed_s: number, aspect: number): void {
    this.advance(elapsed_s);
    const p = this.pose;
    this.forward.set(Math.cos(p.pitch) * Math.cos(p.yaw), Math.cos(p.pitch) * Math.sin(p.yaw), Math.sin(p.pitch));
    const camera = this.camera;
    camera.up.set(0, 0, 1);
    camera.position.set(p.x, p.y, p.z).addScaledVector(this.forward, -p.distance);
    if (camera.position.z < LEAST_EYE_M) camera.position.z = LEAST_EYE_M;
    this.forward.multiplyScalar(10).add(camera.position);
    if (p.distance > 0) this.forward.set(p.x, p.y, p.z);
    camera.lookAt(this.forward);
    camera.fov = p.fov;
    camera.aspect = aspect;
    camera.near = Math.min(20, Math.max(0.3, 0.01 * Math.max(p.distance, camera.position.z)));
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
  }

  private advance(elapsed_s: number): void {
    const { from, to } = this;
    if (from === null || to === null) return;
    this.done = Math.min(1, this.done + elapsed_s / this.lasts_s);
    const t = this.done * this.done * (3 - 2 * this.done);
    for (const key of Object.keys(to) as (keyof Pose)[]) this.pose[key] = from[key] + (to[key] - from[key]) * t;
    if (this.done === 1) {
      Object.assign(this.pose, to);
      this.to = null;
    }
  }
}

/** The map: straight from above, north up. */
export class MapCamera {
  readonly camera = new OrthographicCamera(-1, 1, 1, -1, 1, 60_000);
  x = 0;
  y = 0;
  metresPerPixel = 1;

  fit(points: Point[], width: number, height: number): void {
    if (points.length === 0) return;
    const xs = points.map((p) => p[0]), ys = points.map((p) => p[1]);
    const x0 = Math.min(...xs), x1 = Math.max(...xs), y0 = Math.min(...ys), y1 = Math.max(...ys);
    this.x = (x0 + x1) / 2;
    this.y = (y0 + y1) / 2;
    this.metresPerPixel = Math.max(0.05, 1.15 * Math.max((x1 - x0) / width, (y1 - y0) / height));
  }

  zoom(factor: number, px: number, py: number): void {
    const next = Math.min(500, Math.max(0.01, this.metresPerPixel * factor));
    this.x += px * (this.metresPerPixel - next);
    this.y += py * (this.metresPerPixel - next);
    this.metresPerPixel = next;
  }

  update(width: number, height: number): void {
    const camera = this.camera;
    camera.left = (-width / 2) * this.metresPerPixel;
    camera.right = -camera.left;
    camera.top = (height / 2) * this.metresPerPixel;
    camera.bottom = -camera.top;
    camera.up.set(0, 1, 0);
    camera.position.set(this.x, this.y, 30_000);
    camera.lookAt(this.x, this.y, 0);
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
  }
}
