// SPDX-License-Identifier: MIT
import {
  BufferAttribute, BufferGeometry, CustomBlending, DataTexture, DoubleSide,
  DynamicDrawUsage, EqualStencilFunc, FloatType, Group, IncrementStencilOp, InstancedBufferAttribute,
  InstancedBufferGeometry, type IUniform, KeepStencilOp, Mesh, OneFactor, OneMinusSrcAlphaFactor, Points,
  RawShaderMaterial, RGBAFormat, SrcAlphaFactor, GLSL3, type Vector3, ZeroFactor,
} from 'three';
import type { Category, Head } from '../format';
import { type Rgb } from '../palette';
import { ALIVE, STRIDE, type Tracks, X, Y, Z } from '../tracks';
import { bodiesOf } from './body';
import type { Light } from './light';
import {
  BODY_FRAGMENT, BODY_VERTEX, POINT_FRAGMENT, POINT_VERTEX, SHADOW_FRAGMENT, SHADOW_VERTEX,
} from './movers.glsl';

const WIDTH = 1024;
const PATH_TEXELS = 3;
const CATEGORIES: Category[] = ['foot', 'mounted', 'vehicle', 'aeroplane', 'helicopter', 'drone'];
export const ORDER = { ground: 0, area: 1, road: 2, mark: 3, shadow: 4, solid: 5, mover: 6 } as const;

/** Bodies drawn at most, so that a frame stays short; the nearest paths come first in `levels`. */
export interface Budget { near: number; middle: number }

/** Sets a number that seldom changes: one that is set again would be an object again. */
export function put(uniform: IUniform, value: number): void {
  if (uniform.value !== value) uniform.value = value;
}

function texture(texels: number): DataTexture {
  const rows = Math.max(1, Math.ceil(texels / WIDTH));
  const map = new DataTexture(new Float32Array(WIDTH * rows * 4), WIDTH, rows, RGBAFormat, FloatType);
  map.needsUpdate = true;
  return map;
}

const data = (map: DataTexture): Float32Array => map.image.data as Float32Array;

/** A mesh of bodies: which movers it draws is a list that is filled anew each frame. */
class Crew {
  readonly body: Mesh;
  readonly shadow: Mesh;
  private readonly list: InstancedBufferAttribute;
  private readonly geometry: InstancedBufferGeometry;
  count = 0;

  constructor(shape: BufferGeometry, most: number, body: RawShaderMaterial, shadow: RawShaderMaterial) {
    this.geometry = new InstancedBufferGeometry();
    for (const name of ['position', 'normal', 'mark']) this.geometry.setAttribute(name, shape.getAttribute(name));
    this.list = new InstancedBufferAttribute(new Float32Array(Math.max(1, most)), 1);
    this.list.setUsage(DynamicDrawUsage);
    this.geometry.setAttribute('mover', this.list);
    this.geometry.instanceCount = 0;
    this.body = new Mesh(this.geometry, body);
    this.shadow = new Mesh(this.geometry, shadow);
    this.body.renderOrder = ORDER.mover;
    this.shadow.renderOrder = ORDER.shadow;
    this.body.frustumCulled = this.shadow.frustumCulled = false;
  }
  begin(): void {
    this.count = 0;
  }
  add(mover: number): void {
    if (this.count < this.list.array.length) this.list.array[this.count++] = mover;
  }
  finish(): void {
    this.geometry.instanceCount = this.count;
    this.body.visible = this.shadow.visible = this.count > 0;
    if (this.count > 0) this.list.needsUpdate = true;
  }
}

export class Movers {
  readonly group = new Group();
  /** One a mover, in their order. */
  readonly points: Points;
  readonly uniforms: Record<string, IUniform>;
  /** As drawn last: bodies near by, in the middle distance. */
  readonly drawn = { near: 0, middle: 0 };
  private readonly paths: DataTexture;
  private readonly teams: DataTexture;
  private readonly near: Crew[] = [];
  private readonly middle: (Crew | null)[] = [];
  private readonly crews: Crew[] = []; // all of both
  private readonly category: Uint8Array; // (mover)
  private readonly height: Float32Array; // (path) of its bodies, m
  private readonly far: Float32Array; // (path) distance from the eye, m
  private readonly byDistance: Uint32Array;

  constructor(private readonly head: Head, private readonly tracks: Tracks, light: Light) {
    this.paths = texture(tracks.paths * PATH_TEXELS);
    const movers = texture(tracks.movers * 2);
    this.teams = new DataTexture(new Float32Array(4 * Math.max(1, head.contingents.length)),
      Math.max(1, head.contingents.length), 1, RGBAFormat, FloatType);
    this.category = new Uint8Array(tracks.movers);
    this.height = new Float32Array(tracks.paths);
    this.far = new Float32Array(tracks.paths);
    this.byDistance = Uint32Array.from({ length: tracks.paths }, (_, i) => i);
    this.fillMovers(data(movers));
    this.uniforms = {
      ...light,
      uPaths: { value: this.paths }, uMovers: { value: movers }, uTeams: { value: this.teams },
      uKinds: { value: this.kinds() }, uTime_s: { value: 0 }, uPixels: { value: 1 },
      uRatio: { value: 1 }, uWhole: { value: 0 }, uShadow: { value: 0.34 },
    };
    this.points = this.makePoints();
    this.makeCrews();
  }

  /** Colours of the contingents; `chosen` stands out, -1: none. */
  paint(colours: Rgb[], chosen: number): void {
    const texels = data(this.teams);
    colours.forEach(([r, g, b], i) => texels.set([r, g, b, i === chosen ? 1 : 0.5], 4 * i));
    this.teams.needsUpdate = true;
  }

  /**
   * Hands the paths of this instant to the graphics card, nearest bodies first. `pixels`: how high a
   * metre is at a metre's distance.
   */
  update(time_s: number, eye: Vector3, pixels: number, budget: Budget): void {
    this.uniforms['uTime_s'].value = time_s % 3600;
    this.measure(eye);
    this.choose(pixels, budget);
    this.paths.needsUpdate = true;
  }

  /** Whole: points only, sized by `pixels` a metre, for the map. */
  setWhole(whole: boolean, pixels: number, ratio: number): void {
    this.uniforms['uWhole'].value = whole ? 1 : 0;
    put(this.uniforms['uPixels'], pixels);
    put(this.uniforms['uRatio'], ratio);
    for (let i = 0; i < this.crews.length; ++i) { // an iterator would be an object
      const crew = this.crews[i];
      crew.body.visible = crew.shadow.visible = !whole && crew.count > 0;
    }
  }

  private measure(eye: Vector3): void {
    const { state, radius, paths } = this.tracks;
    for (let p = 0; p < paths; ++p) {
      const base = p * STRIDE;
      const x = state[base + X] - eye.x, y = state[base + Y] - eye.y, z = state[base + Z] - eye.z;
      const away = Math.sqrt(x * x + y * y + z * z);
      this.far[p] = state[base + ALIVE] > 0 ? Math.max(0, away - radius[p]) : Infinity;
    }
    sortBy(this.byDistance, this.far);
  }

  private choose(pixels: number, budget: Budget): void {
    const { tracks } = this;
    const texels = data(this.paths);
    this.drawn.near = this.drawn.middle = 0;
    for (let i = 0; i < this.crews.length; ++i) this.crews[i].begin();
    for (let i = 0; i < tracks.paths; ++i) {
      const p = this.byDistance[i];
      const count = tracks.first[p + 1] - tracks.first[p];
      let level = 0;
      if (this.far[p] < Infinity) {
        const size = (pixels * this.height[p]) / Math.max(1, this.far[p]);
        level = size > 13 && this.drawn.near + count <= budget.near ? 3
          : size > 2.5 && this.drawn.middle + count <= budget.middle ? 2 : 1;
        if (level > 1) this.list(p, level);
      }
      for (let k = 0; k < 12; ++k) texels[p * 12 + k] = tracks.state[p * STRIDE + k];
      texels[p * 12 + ALIVE] = level;
    }
    for (let i = 0; i < this.crews.length; ++i) this.crews[i].finish();
  }

  private list(path: number, level: number): void {
    const { order, first } = this.tracks;
    for (let i = first[path]; i < first[path + 1]; ++i) {
      const category = this.category[order[i]];
      const middle = this.middle[category];
      if (level === 3 || middle === null) this.near[category].add(order[i]); else middle.add(order[i]);
    }
    if (level === 3) this.drawn.near += first[path + 1] - first[path];
    else this.drawn.middle += first[path + 1] - first[path];
  }

  private fillMovers(texels: Float32Array): void {
    const a = this.tracks.arrays;
    for (let m = 0; m < this.tracks.movers; ++m) {
      texels.set([a.mover_left_m[m], a.mover_dx_m[m], a.mover_dy_m[m], a.mover_dz_m[m],
        a.mover_path[m], a.mover_contingent[m], a.mover_kind[m], (m * 0.61803398875) % 1], 8 * m);
      const kind = this.head.kinds[a.mover_kind[m]];
      this.category[m] = CATEGORIES.indexOf(kind.category);
      this.height[a.mover_path[m]] = Math.max(this.height[a.mover_path[m]], kind.height_m, kind.width_m * 0.5);
    }
  }

  private kinds(): DataTexture {
    const { kinds } = this.head;
    const map = new DataTexture(new Float32Array(4 * Math.max(1, kinds.length)), Math.max(1, kinds.length), 1, RGBAFormat, FloatType);
    kinds.forEach((kind, i) => {
      const flies = ['aeroplane', 'helicopter', 'drone'].includes(kind.category);
      data(map).set([kind.length_m, kind.width_m, kind.height_m, flies ? 1 : 0], 4 * i);
    });
    map.needsUpdate = true;
    return map;
  }

  private material(vertexShader: string, fragmentShader: string): RawShaderMaterial {
    return new RawShaderMaterial({
      glslVersion: GLSL3, vertexShader, fragmentShader, uniforms: this.uniforms, side: DoubleSide,
    });
  }

  private makePoints(): Points {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(3 * Math.max(1, this.tracks.movers)), 3));
    const points = new Points(geometry, this.material(POINT_VERTEX, POINT_FRAGMENT));
    points.frustumCulled = false;
    points.renderOrder = ORDER.mover;
    points.visible = this.tracks.movers > 0;
    this.group.add(points);
    return points;
  }

  private makeCrews(): void {
    const body = this.material(BODY_VERTEX, BODY_FRAGMENT);
    const shadow = shadowMaterial(this.material(SHADOW_VERTEX, SHADOW_FRAGMENT));
    const counts = new Uint32Array(CATEGORIES.length);
    for (const category of this.category) counts[category] += 1;
    CATEGORIES.forEach((category, i) => {
      const { near, far } = bodiesOf(category);
      const crew = new Crew(near, counts[i], body, shadow);
      const middle = far === null ? null : new Crew(far, counts[i], body, shadow);
      this.near.push(crew);
      this.middle.push(middle);
      for (const one of [crew, middle]) {
        if (one === null) continue;
        this.crews.push(one);
        this.group.add(one.body, one.shadow);
      }
    });
  }
}

/** Shadows darken the ground once, however many lie over each other. */
export function shadowMaterial(material: RawShaderMaterial): RawShaderMaterial {
  material.blending = CustomBlending;
  material.blendSrc = SrcAlphaFactor;
  material.blendDst = OneMinusSrcAlphaFactor;
  material.blendSrcAlpha = ZeroFactor; // the canvas stays opaque, or the page would shine through
  material.blendDstAlpha = OneFactor;
  material.depthTest = false;
  material.depthWrite = false;
  material.stencilWrite = true;
  material.stencilRef = 0;
  material.stencilFunc = EqualStencilFunc;
  material.stencilFail = KeepStencilOp;
  material.stencilZPass = IncrementStencilOp;
  return material;
}

/** Insertion sort: the order hardly changes from frame to frame, and nothing is allocated. */
function sortBy(order: Uint32Array, key: Float32Array): void {
  for (let i = 1; i < order.length; ++i) {
    const element = order[i];
    const value = key[element];
    let j = i - 1;
    while (j >= 0 && key[order[j]] > value) {
      order[j + 1] = order[j];
      j -= 1;
    }
    order[j + 1] = element;
  }
}
