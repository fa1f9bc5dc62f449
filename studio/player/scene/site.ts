// SPDX-License-Identifier: MIT
import {
  BufferAttribute, BufferGeometry, DoubleSide, GLSL3, Group, LineBasicMaterial, LineSegments, Mesh, Points,
  RawShaderMaterial, type IUniform,
} from 'three';
import type { Head, Point, Route } from '../format';
import type { Paint } from '../palette';
import { LIGHT_GLSL, type Light } from './light';
import { ORDER, shadowMaterial } from './movers';
import { dashes, Solid } from './shapes';
import { Stand } from './stand';

const NARROW_M = 6; // a route whose width is not stated
const KERB_M = 0.4;
const STRIPE_M = 0.6;
const MOST_PLACES = 60_000;

const SOLID_VERTEX = /* glsl */ `
precision highp float;
uniform mat4 viewMatrix, projectionMatrix;
in vec3 position, normal, paint;
out vec3 vNormal, vColour;
out float vFar;
void main() {
  vec4 eye = viewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * eye;
  vNormal = normal;
  vColour = paint;
  vFar = length(eye.xyz);
}
`;
const SOLID_FRAGMENT = /* glsl */ `
precision highp float;
${LIGHT_GLSL}
in vec3 vNormal, vColour;
in float vFar;
out vec4 colour;
void main() {
  vec3 normal = normalize(gl_FrontFacing ? vNormal : -vNormal);
  colour = vec4(toScreen(haze(shade(vColour, normal), vFar)), 1.0);
}
`;
const SOLID_SHADOW_VERTEX = /* glsl */ `
precision highp float;
uniform mat4 viewMatrix, projectionMatrix;
uniform vec3 uSun;
in vec3 position;
out float vFar;
void main() {
  vec3 place = vec3(position.xy - uSun.xy / uSun.z * position.z, 0.0);
  vec4 eye = viewMatrix * vec4(place, 1.0);
  vFar = length(eye.xyz);
  gl_Position = projectionMatrix * eye;
}
`;
const SOLID_SHADOW_FRAGMENT = /* glsl */ `
precision highp float;
uniform float uHaze_m;
in float vFar;
out vec4 colour;
void main() { colour = vec4(0.04, 0.06, 0.11, 0.30 * exp(-vFar / uHaze_m)); }
`;
const CROWD_VERTEX = /* glsl */ `
precision highp float;
uniform mat4 viewMatrix, projectionMatrix;
uniform float uPixels, uRatio;
in vec3 position;
out vec3 vColour;
out float vFar;
void main() {
  vec4 eye = viewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * eye;
  gl_PointSize = clamp(uPixels * 0.62 / max(1.0, -eye.z), 1.0 * uRatio, 26.0 * uRatio);
  float a = fract(sin(dot(position.xy, vec2(12.9898, 78.233))) * 43758.5453);
  float b = fract(a * 57.31);
  vec3 cloth = a < 0.4 ? vec3(0.86, 0.84, 0.80) : a < 0.6 ? vec3(0.62, 0.66, 0.72)
    : a < 0.75 ? vec3(0.78, 0.66, 0.58) : a < 0.9 ? vec3(0.44, 0.47, 0.52) : vec3(0.72, 0.45, 0.40);
  vColour = cloth * (0.85 + 0.3 * b);
  vFar = length(eye.xyz);
}
`;
const CROWD_FRAGMENT = /* glsl */ `
precision highp float;
${LIGHT_GLSL}
in vec3 vColour;
in float vFar;
out vec4 colour;
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  if (dot(at, at) > 1.0) discard;
  colour = vec4(toScreen(haze(shade(vColour * (1.0 - 0.25 * gl_PointCoord.y), vec3(0.0, 0.0, 1.0)), vFar)), 1.0);
}
`;

/** What stands still: ground, roads, areas, stands with their places, buildings. */
export class Site {
  readonly group = new Group();
  readonly stands: Stand[];
  private readonly uniforms: Record<string, IUniform>;
  private readonly flat: Mesh;
  private readonly solid: Mesh;
  private readonly solidShadow: Mesh;
  private readonly crowd: Points;
  private readonly airLines: LineSegments;

  constructor(private readonly head: Head, light: Light) {
    this.stands = head.site.areas.filter((a) => a.use === 'stand').map((a) => new Stand(a, head.site.routes));
    this.uniforms = {
      ...light, uPixels: { value: 1 }, uRatio: { value: 1 },
    };
    this.flat = new Mesh(new BufferGeometry(), this.material(SOLID_VERTEX, SOLID_FRAGMENT, false));
    this.flat.renderOrder = ORDER.area;
    const solids = new BufferGeometry();
    this.solid = new Mesh(solids, this.material(SOLID_VERTEX, SOLID_FRAGMENT, true));
    this.solid.renderOrder = ORDER.solid;
    this.solidShadow = new Mesh(solids, shadowMaterial(this.material(SOLID_SHADOW_VERTEX, SOLID_SHADOW_FRAGMENT, false)));
    this.solidShadow.renderOrder = ORDER.shadow;
    this.crowd = this.makeCrowd();
    this.airLines = this.makeAirLines();
    for (const one of [this.flat, this.solid, this.solidShadow, this.crowd, this.airLines]) {
      one.frustumCulled = false;
      this.group.add(one);
    }
  }

  paint(paint: Paint): void {
    this.flat.geometry.dispose();
    this.flat.geometry = this.flatGeometry(paint);
    this.solid.geometry.dispose();
    this.solid.geometry = this.solidShadow.geometry = this.solidGeometry(paint);
    (this.airLines.material as LineBasicMaterial).color.setRGB(...paint.mark);
  }

  /** For the map: no shadows, no people, the lines of the flights. */
  setWhole(whole: boolean, pixels: number, ratio: number): void {
    this.solidShadow.visible = !whole;
    this.crowd.visible = !whole;
    this.airLines.visible = whole;
    this.uniforms['uPixels'].value = pixels;
    this.uniforms['uRatio'].value = ratio;
  }

  private material(vertexShader: string, fragmentShader: string, solid: boolean): RawShaderMaterial {
    return new RawShaderMaterial({
      glslVersion: GLSL3, vertexShader, fragmentShader, uniforms: this.uniforms, side: DoubleSide,
      depthTest: solid, depthWrite: solid,
    });
  }

  private flatGeometry(paint: Paint): BufferGeometry {
    const out = new Solid();
    const { routes, areas, stations } = this.head.site;
    for (const area of areas) if (area.use === 'area') out.polygon(area, () => 0, paint.area);
    const ground = routes.filter((route) => !route.air && route.line.length > 1);
    for (const route of ground) out.band(route.line, -halfWidth(route), halfWidth(route), paint.road);
    for (const route of ground) markings(out, route, paint);
    for (const station of stations) {
      const route = routes[station.route];
      if (route === undefined || route.air) continue;
      const line = across(route, station.place);
      if (line !== null) out.band(line, -STRIPE_M / 2, STRIPE_M / 2, paint.mark);
    }
    return out.build();
  }

  private solidGeometry(paint: Paint): BufferGeometry {
    const out = new Solid();
    for (const stand of this.stands) {
      out.walls(stand.area, stand.floor, paint.stand).polygon(stand.area, stand.floor, paint.seat);
    }
    for (const area of this.head.site.areas) {
      if (area.use !== 'obstacle') continue;
      const top = (): number => area.height_m;
      out.walls(area, top, paint.wall).polygon(area, top, paint.roof);
    }
    return out.build();
  }

  private makeCrowd(): Points {
    const all = this.stands.reduce((sum, stand) => sum + (stand.area.capacity ?? 0), 0);
    const share = Math.min(1, MOST_PLACES / Math.max(1, all));
    const parts = this.stands.map((stand) => stand.places(Math.floor((stand.area.capacity ?? 0) * share)));
    const places = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      places.set(part, at);
      at += part.length;
    }
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(places, 3));
    const crowd = new Points(geometry, this.material(CROWD_VERTEX, CROWD_FRAGMENT, true));
    crowd.renderOrder = ORDER.mover;
    return crowd;
  }

  private makeAirLines(): LineSegments {
    const ends: number[] = [];
    for (const route of this.head.site.routes.filter((r) => r.air)) {
      for (let i = 0; i + 1 < route.line.length; ++i) ends.push(...route.line[i], 0, ...route.line[i + 1], 0);
    }
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(ends), 3));
    const lines = new LineSegments(geometry, new LineBasicMaterial({ depthTest: false }));
    lines.renderOrder = ORDER.mark;
    return lines;
  }
}

export const halfWidth = (route: Route): number => (route.width_m > 0 ? route.width_m : NARROW_M) / 2;

function markings(out: Solid, route: Route, paint: Paint): void {
  const half = halfWidth(route);
  for (const side of [-1, 1]) out.band(route.line, side * half - KERB_M / 2, side * half + KERB_M / 2, paint.mark);
  if (half < 5) return;
  const lanes = Math.max(1, Math.round(half / 6));
  for (let lane = 1 - lanes; lane < lanes; ++lane) {
    for (const dash of dashes(route.line, 4, 8)) {
      const left = (lane * half) / lanes;
      out.band(dash, left - 0.08, left + 0.08, paint.grid);
    }
  }
}

/** A line across the route at a place on it. */
function across(route: Route, place: Point): Point[] | null {
  let best = Infinity;
  let direction: Point | null = null;
  for (let i = 0; i + 1 < route.line.length; ++i) {
    const [a, b] = [route.line[i], route.line[i + 1]];
    const size = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const u: Point = [(b[0] - a[0]) / size, (b[1] - a[1]) / size];
    const s = (place[0] - a[0]) * u[0] + (place[1] - a[1]) * u[1];
    const off = Math.hypot(place[0] - a[0] - Math.min(size, Math.max(0, s)) * u[0],
      place[1] - a[1] - Math.min(size, Math.max(0, s)) * u[1]);
    if (off < best) {
      best = off;
      direction = u;
    }
  }
  if (direction === null) return null;
  const half = halfWidth(route);
  const [dx, dy] = [-direction[1] * half, direction[0] * half];
  return [[place[0] - dx, place[1] - dy], [place[0] + dx, place[1] + dy]];
}
