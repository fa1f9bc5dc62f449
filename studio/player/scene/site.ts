// SPDX-License-Identifier: MIT
import {
  BufferAttribute, BufferGeometry, DoubleSide, GLSL3, Group, LineBasicMaterial, LineSegments, Mesh, type Object3D, Points,
  RawShaderMaterial, type IUniform,
} from 'three';
import type { Area, Head, Point, Route } from '../format';
import type { Paint, Rgb } from '../palette';
import { LIGHT_GLSL, type Light } from './light';
import { ORDER, put, shadowMaterial } from './movers';
import { beside, dashes, nearest, Solid } from './shapes';
import { Stand } from './stand';

const NARROW_M = 6; // a route whose width is not stated
const KERB_M = 0.4;
const STRIPE_M = 0.6;
const MOST_PLACES = 60_000;

const SOLID_VERTEX = /* glsl */ `
precision highp float;
uniform mat4 viewMatrix, projectionMatrix;
in vec3 position, normal, paint;
out vec3 vNormal, vColour, vEye;
out float vHigh;
void main() {
  vec4 eye = viewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * eye;
  vHigh = position.z;
  vNormal = normal;
  vColour = paint;
  vEye = eye.xyz; // its length is taken at each pixel: a road is one long triangle
}
`;
const SOLID_FRAGMENT = /* glsl */ `
precision highp float;
${LIGHT_GLSL}
in vec3 vNormal, vColour, vEye;
in float vHigh;
out vec4 colour;
const float STOREY_M = 4.0;
void main() {
  vec3 normal = normalize(gl_FrontFacing ? vNormal : -vNormal);
  // Walls: a line at each storey tells the size, and the foot is darker, as out of doors.
  float wall = step(abs(normal.z), 0.3) * (1.0 - uFlat);
  float at = vHigh / STOREY_M;
  float wide = max(fwidth(at), 1e-4);
  float line = (1.0 - smoothstep(0.0, 1.5 * wide + 0.04, abs(fract(at + 0.5) - 0.5))) * (1.0 - smoothstep(0.1, 0.5, wide)) * step(2.0, vHigh);
  float foot = 1.0 - 0.22 * exp(-vHigh * 0.35);
  vec3 base = vColour * mix(1.0, foot * (1.0 - 0.14 * line), wall);
  colour = vec4(toScreen(haze(shade(base, normal), length(vEye))), 1.0);
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
in float filled;
out vec3 vCloth, vSkin;
out float vFar;
void main() {
  vec4 eye = viewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * eye;
  float away = -eye.z;
  gl_PointSize = away < 1.5 ? 0.0 : clamp(uPixels * 1.0 / away, 1.4 * uRatio, 220.0 * uRatio);
  float a = fract(sin(dot(position.xy, vec2(12.9898, 78.233))) * 43758.5453);
  float b = fract(a * 57.31);
  vec3 cloth = a < 0.35 ? vec3(0.88, 0.87, 0.84) : a < 0.55 ? vec3(0.56, 0.62, 0.70)
    : a < 0.7 ? vec3(0.80, 0.70, 0.58) : a < 0.85 ? vec3(0.36, 0.40, 0.47) : a < 0.95 ? vec3(0.70, 0.42, 0.37) : vec3(0.45, 0.55, 0.44);
  vCloth = cloth * (0.85 + 0.3 * b);
  // Places that nobody has taken yet are not drawn: in no order, as people come.
  if (fract(a * 91.73 + b * 13.1) >= filled) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vSkin = mix(vec3(0.86, 0.70, 0.58), vec3(0.30, 0.24, 0.20), step(0.45, b));
  vFar = length(eye.xyz);
}
`;
/** Somebody who sits: a head over shoulders. */
const CROWD_FRAGMENT = /* glsl */ `
precision highp float;
${LIGHT_GLSL}
in vec3 vCloth, vSkin;
in float vFar;
out vec4 colour;
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  float head = length((at - vec2(0.0, -0.62)) / vec2(0.24, 0.3));
  float body = length((at - vec2(0.0, 0.6)) / vec2(0.56, 0.9));
  if (head > 1.0 && body > 1.0) discard;
  vec3 base = head <= 1.0 ? vSkin : vCloth * (1.0 - 0.3 * max(0.0, at.y));
  colour = vec4(toScreen(haze(shade(base, vec3(0.0, 0.0, 1.0)), vFar)), 1.0);
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
  /** Whether the places of stands have people, as filled; else somebody else draws them. */
  seated = true;
  /** (stand) its places among all. */
  private readonly placesOf = new Map<Area, { first: number; count: number }>();

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

  /** What a view in 3-D shows of it. */
  get seen(): Object3D[] {
    return [this.flat, this.solid, this.solidShadow, this.crowd];
  }

  paint(paint: Paint): void {
    this.flat.geometry.dispose();
    this.flat.geometry = this.flatGeometry(paint);
    this.solid.geometry.dispose();
    this.solid.geometry = this.solidShadow.geometry = this.solidGeometry(paint);
    (this.airLines.material as LineBasicMaterial).color.setRGB(...paint.mark);
  }

  /** Which share of the places of a stand is taken; without a word all are. */
  fill(stand: Area | undefined, share: number): void {
    const places = stand === undefined ? undefined : this.placesOf.get(stand);
    if (places === undefined) return;
    const filled = this.crowd.geometry.getAttribute('filled') as BufferAttribute;
    if (filled.array[places.first] === share) return;
    filled.array.fill(share, places.first, places.first + places.count);
    filled.needsUpdate = true;
  }

  /** For the map: no shadows, no people, the lines of the flights. */
  setWhole(whole: boolean, pixels: number, ratio: number): void {
    this.solidShadow.visible = !whole;
    this.crowd.visible = !whole && this.seated;
    this.airLines.visible = whole;
    put(this.uniforms['uPixels'], pixels);
    put(this.uniforms['uRatio'], ratio);
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
    ground.forEach((route, i) => markings(out, route, ground.slice(0, i), paint));
    for (const station of stations) {
      const route = routes[station.route];
      if (route === undefined || route.air) continue;
      out.band(across(route, station.place), -STRIPE_M / 2, STRIPE_M / 2, paint.mark);
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
    parts.forEach((part, i) => {
      places.set(part, at);
      this.placesOf.set(this.stands[i].area, { first: at / 3, count: part.length / 3 });
      at += part.length;
    });
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(places, 3));
    geometry.setAttribute('filled', new BufferAttribute(new Float32Array(places.length / 3).fill(1), 1));
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

/** Kerbs and lanes, but where the route lies on another: `under` are those drawn before. */
function markings(out: Solid, route: Route, under: Route[], paint: Paint): void {
  const half = halfWidth(route);
  const mark = (left: number, dash: number, gap: number, width: number, colour: Rgb): void => {
    for (const line of dashes(beside(route.line, left), dash, gap)) {
      const p = line[line.length >> 1];
      if (under.some((other) => nearest(other.line, p).away < halfWidth(other) + 0.5)) continue;
      out.band(line, -width / 2, width / 2, colour);
    }
  };
  for (const side of [-half, half]) mark(side, under.length === 0 ? 1e6 : 6, 0, KERB_M, paint.kerb);
  if (half < 5) return;
  const lanes = Math.max(1, Math.round(half / 6));
  for (let lane = 1 - lanes; lane < lanes; ++lane) mark((lane * half) / lanes, 4, 8, 0.18, paint.lane);
}

/** A line across the route at a place on it. */
function across(route: Route, place: Point): Point[] {
  const { direction } = nearest(route.line, place);
  const half = halfWidth(route);
  const [dx, dy] = [-direction[1] * half, direction[0] * half];
  return [[place[0] - dx, place[1] - dy], [place[0] + dx, place[1] + dy]];
}
