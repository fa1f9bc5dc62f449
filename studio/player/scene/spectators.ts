// SPDX-License-Identifier: MIT
import {
  BufferGeometry, DataTexture, DoubleSide, DynamicDrawUsage, FloatType, GLSL3, Group, InstancedBufferAttribute,
  InstancedBufferGeometry, InterleavedBuffer, InterleavedBufferAttribute, type IUniform, Mesh, NearestFilter, Points,
  RawShaderMaterial, RedFormat, RGBAFormat, Sphere, Uint32BufferAttribute, type Vector3, Vector4,
} from 'three';
import { spectator } from './body';
import type { DensityGrid } from './density';
import type { Light } from './light';
import { ORDER, put } from './movers';
import { BODY_FRAGMENT } from './movers.glsl';
import { covered } from './people';
import { BODY_VERTEX, POINT_FRAGMENT, POINT_VERTEX } from './spectators.glsl';
import type { Stand } from './stand';

/** Places are origin + step_m times a 16-bit number; frames come every so many seconds. */
export interface PlacesScale { x: number; y: number; step_m: number }
/** Some frames: of who stands a place, of who moves one for each frame; x = 65535: not there. */
export interface PlacesChunk {
  samples: number;
  standing: Uint16Array; // (person, xy)
  moving: Uint16Array; // (person, sample, xy)
  who: Uint32Array; // who stands, then who moves
}

const AWAY = 0xffff;
const FLOOR_CELL_M = 1;
const MOST_CELLS = 6_000_000;
const MOST_BODIES = 900;
const BODY_PX = 15; // a body that is at least so high is one, else a point

/** People as points: a buffer that is handed to the card once; from frame to frame another part of it is read. */
class Cloud {
  readonly points: Points;
  private readonly frames: InterleavedBufferAttribute[] = [];
  readonly count: number;

  constructor(readonly places: Uint16Array, readonly who: Uint32Array, samples: number, material: RawShaderMaterial) {
    const geometry = new BufferGeometry();
    this.count = who.length;
    const buffer = new InterleavedBuffer(places, 2 * samples);
    for (let i = 0; i < samples; ++i) this.frames.push(new InterleavedBufferAttribute(buffer, 2, 2 * i));
    geometry.setAttribute('person', new Uint32BufferAttribute(who, 1));
    geometry.setDrawRange(0, this.count);
    geometry.boundingSphere = new Sphere(); // nobody need look for it among all
    this.points = new Points(geometry, material);
    this.points.frustumCulled = false;
    this.points.visible = this.count > 0;
    this.points.renderOrder = ORDER.mover;
    this.show(0);
  }
  show(sample: number): void {
    const { geometry } = this.points;
    const last = this.frames.length - 1;
    const now = this.frames[Math.min(sample, last)]!;
    if (geometry.attributes['position'] === now) return;
    geometry.setAttribute('position', now);
    geometry.setAttribute('next', this.frames[Math.min(sample + 1, last)]!);
  }
}

/**
 * Every spectator where the simulation has them. A chunk of frames lies on the graphics card; in between only the number
 * of the frame and the share of the way to the next change, and the few who are near by are listed anew as bodies.
 *
 *     chunk ──► standing, moving: points, far      shader: mix(frame, next)
 *                     └── near the eye ──► bodies
 */
export class Spectators {
  readonly group = new Group();
  /** As drawn last. */
  readonly drawn = { people: 0, bodies: 0 };
  private scale: PlacesScale = { x: 0, y: 0, step_m: 1 };
  private clouds: { standing: Cloud; moving: Cloud } | null = null;
  private readonly uniforms: Record<string, IUniform>;
  private readonly still: RawShaderMaterial;
  private readonly walking: RawShaderMaterial;
  private readonly bodies: Mesh;
  private readonly list: InstancedBufferGeometry;
  private readonly ways = new Float32Array(4 * MOST_BODIES);
  private readonly looks = new Float32Array(2 * MOST_BODIES);
  private samples = 1;
  private sample = 0;
  private shown = false;
  private whole = false;
  private most_m = 200; // how far bodies go, lowered where they are too many

  constructor(light: Light, density: Record<string, IUniform>, private readonly stands: Stand[]) {
    this.uniforms = {
      ...light, ...density, uSpots: { value: new Vector4() }, uFloorBox: { value: new Vector4(0, 0, 1, 1) },
      uFloors: { value: floorMap(new Uint8Array(1), 1, 1) }, uPlanes: { value: planes(stands) },
      uPixels: { value: 1 }, uRatio: { value: 1 }, uNear_m: { value: 0 }, uEvery_s: { value: 2 }, uTime_s: { value: 0 }, uSeats: { value: 1 },
    };
    const material = (still: number): RawShaderMaterial => new RawShaderMaterial({
      glslVersion: GLSL3, vertexShader: POINT_VERTEX, fragmentShader: POINT_FRAGMENT, uniforms: { ...this.uniforms, uStill: { value: still } },
    });
    this.still = material(1);
    this.walking = material(0);
    this.list = new InstancedBufferGeometry();
    const shape = spectator();
    for (const name of ['position', 'normal', 'mark']) this.list.setAttribute(name, shape.getAttribute(name));
    this.list.setAttribute('way', new InstancedBufferAttribute(this.ways, 4).setUsage(DynamicDrawUsage));
    this.list.setAttribute('looks', new InstancedBufferAttribute(this.looks, 2).setUsage(DynamicDrawUsage));
    this.list.instanceCount = 0;
    this.bodies = new Mesh(this.list, new RawShaderMaterial({
      glslVersion: GLSL3, vertexShader: BODY_VERTEX, fragmentShader: BODY_FRAGMENT, uniforms: this.uniforms, side: DoubleSide,
    }));
    this.bodies.frustumCulled = false;
    this.bodies.renderOrder = ORDER.mover;
    this.group.add(this.bodies);
    this.group.visible = false;
  }

  /** The ground that they are on, and what places are told in. `seats`: whoever sits in a stand is drawn. */
  begin(scale: PlacesScale, grid: DensityGrid, seats: boolean): void {
    this.scale = scale;
    const width_m = grid.columns * grid.cell_m, height_m = grid.rows * grid.cell_m;
    const cell_m = Math.max(FLOOR_CELL_M, Math.sqrt((width_m * height_m) / MOST_CELLS));
    const floors: DensityGrid = { ...grid, cell_m, columns: Math.ceil(width_m / cell_m), rows: Math.ceil(height_m / cell_m) };
    (this.uniforms['uFloors']!.value as DataTexture).dispose();
    this.uniforms['uFloors']!.value = floorMap(covered(floors, this.stands.map((stand) => stand.area.outer)), floors.columns, floors.rows);
    (this.uniforms['uFloorBox']!.value as Vector4).set(grid.x, grid.y, floors.columns * cell_m, floors.rows * cell_m);
    this.uniforms['uSeats']!.value = seats ? 1 : 0;
    this.hide();
  }

  /** The frames that follow are of this chunk, `every_s` apart. */
  set(chunk: PlacesChunk, every_s: number): void {
    this.drop();
    const standing = chunk.standing.length >> 1;
    this.clouds = {
      standing: new Cloud(chunk.standing, chunk.who.subarray(0, standing), 1, this.still),
      moving: new Cloud(chunk.moving, chunk.who.subarray(standing), chunk.samples, this.walking),
    };
    this.samples = chunk.samples;
    this.uniforms['uEvery_s']!.value = every_s;
    this.group.add(this.clouds.standing.points, this.clouds.moving.points);
  }

  /** Between a frame and the next. */
  show(sample: number, share: number): void {
    if (this.clouds === null) return;
    this.sample = Math.min(sample, this.samples - 1);
    this.clouds.moving.show(this.sample);
    (this.uniforms['uSpots']!.value as Vector4).set(this.scale.x, this.scale.y, this.scale.step_m, share);
    this.shown = true;
    this.group.visible = !this.whole;
  }
  hide(): void {
    this.shown = this.group.visible = false;
    this.drop();
    this.drawn.people = this.drawn.bodies = 0;
  }

  /** Before each frame: who is near enough for a body. `pixels`: how high a metre is at a metre's distance. */
  update(time_s: number, eye: Vector3, pixels: number): void {
    const { clouds } = this;
    if (!this.shown || clouds === null) return;
    put(this.uniforms['uTime_s']!, time_s % 3600);
    const wanted_m = (1.7 * pixels) / BODY_PX;
    this.most_m = Math.min(this.most_m * 1.05, wanted_m, 400);
    this.drawn.people = 0;
    let count = this.listNear(clouds.standing, 1, 0, 1, eye, 0);
    count = this.listNear(clouds.moving, this.samples, this.sample, 0, eye, count);
    if (count >= MOST_BODIES) this.most_m *= 0.8; // then the rest are points, and soon all of that distance
    put(this.uniforms['uNear_m']!, count >= MOST_BODIES ? 0.8 * this.most_m : this.most_m);
    this.list.instanceCount = count;
    this.bodies.visible = count > 0;
    this.drawn.bodies = count;
    if (count === 0) return;
    refresh(this.list.getAttribute('way') as InstancedBufferAttribute, 4 * count);
    refresh(this.list.getAttribute('looks') as InstancedBufferAttribute, 2 * count);
  }

  /** None on the map, which shows densities. */
  setWhole(whole: boolean, pixels: number, ratio: number): void {
    this.whole = whole;
    this.group.visible = this.shown && !whole;
    put(this.uniforms['uPixels']!, pixels);
    put(this.uniforms['uRatio']!, ratio);
  }

  private listNear(cloud: Cloud, samples: number, sample: number, still: number, eye: Vector3, count: number): number {
    const { places, who } = cloud;
    const { x, y, step_m } = this.scale;
    const stride = 2 * samples, next = sample + 1 < samples ? 2 : 0;
    // In steps of the places: one subtraction and one product for each who is not near.
    const reach = this.most_m / step_m, ex = (eye.x - x) / step_m, ey = (eye.y - y) / step_m;
    const least = eye.z > this.most_m ? -1 : reach * reach - (eye.z / step_m) * (eye.z / step_m);
    const end = cloud.count;
    for (let i = 0, at = 2 * sample; i < end; ++i, at += stride) {
      if (places[at] === AWAY || places[at + next] === AWAY) continue;
      this.drawn.people += 1;
      const dx = places[at]! - ex, dy = places[at + 1]! - ey;
      if (dx * dx + dy * dy > least || count >= MOST_BODIES) continue;
      this.ways[4 * count] = places[at]!;
      this.ways[4 * count + 1] = places[at + 1]!;
      this.ways[4 * count + 2] = places[at + next]!;
      this.ways[4 * count + 3] = places[at + next + 1]!;
      this.looks[2 * count] = chance(who[i]!);
      this.looks[2 * count + 1] = still;
      ++count;
    }
    return count;
  }

  private drop(): void {
    if (this.clouds === null) return;
    for (const cloud of [this.clouds.standing, this.clouds.moving]) {
      this.group.remove(cloud.points);
      cloud.points.geometry.dispose();
    }
    this.clouds = null;
  }
}

/** The same number as the shader's, in [0, 1). */
export function chance(person: number): number {
  let n = (Math.imul(person, 747796405) + 2891336453) >>> 0;
  n = Math.imul((n >>> ((n >>> 28) + 4)) ^ n, 277803737) >>> 0;
  return (((n >>> 22) ^ n) >>> 0) / 4294967296;
}

function refresh(attribute: InstancedBufferAttribute, count: number): void {
  attribute.clearUpdateRanges();
  attribute.addUpdateRange(0, count);
  attribute.needsUpdate = true;
}

function floorMap(values: Uint8Array, columns: number, rows: number): DataTexture {
  const map = new DataTexture(values, columns, rows, RedFormat);
  map.magFilter = map.minFilter = NearestFilter;
  map.unpackAlignment = 1;
  map.needsUpdate = true;
  return map;
}

function planes(stands: Stand[]): DataTexture {
  const data = new Float32Array(8 * (stands.length + 1));
  stands.forEach((stand, i) => {
    data.set([...stand.plane(), 1, ...stand.facing(), 0, 0], 8 * (i + 1));
  });
  const map = new DataTexture(data, 2 * (stands.length + 1), 1, RGBAFormat, FloatType);
  map.needsUpdate = true;
  return map;
}
