// SPDX-License-Identifier: MIT
import {
  BufferAttribute, BufferGeometry, DynamicDrawUsage, GLSL3, type IUniform, Points, RawShaderMaterial, type Texture,
} from 'three';
import type { Point } from '../format';
import type { DensityGrid } from './density';
import { LIGHT_GLSL, type Light } from './light';
import { ORDER, put } from './movers';
import { inside } from './shapes';

const MOST = 60_000;
/** From where on nobody is seen alone, m: the ground's colour tells it. */
export const ALONE_M = 350;

const VERTEX = /* glsl */ `
precision highp float;
uniform mat4 viewMatrix, projectionMatrix;
uniform float uPixels, uRatio;
uniform sampler2D uColours;
in vec3 position; // x, y, density in steps
out vec3 vColour;
out float vFar;
const float TALL_M = 1.7;
void main() {
  vec4 eye = viewMatrix * vec4(position.xy, 0.5 * TALL_M, 1.0);
  vFar = length(eye.xyz);
  float away = -eye.z;
  bool drawn = away > 1.0 && vFar < ${ALONE_M.toFixed(1)};
  gl_Position = drawn ? projectionMatrix * eye : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = clamp(uPixels * TALL_M / max(away, 1.0), 1.5 * uRatio, 300.0 * uRatio);
  vColour = texture(uColours, vec2((position.z + 0.5) / 256.0, 0.5)).rgb;
}
`;
/** Somebody who stands: a head over a body. */
const FRAGMENT = /* glsl */ `
precision highp float;
${LIGHT_GLSL}
in vec3 vColour;
in float vFar;
out vec4 colour;
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  float head = length((at - vec2(0.0, -0.82)) / vec2(0.13, 0.17));
  float body = length((at - vec2(0.0, 0.12)) / vec2(0.27, 0.88));
  if (head > 1.0 && body > 1.0) discard;
  vec3 base = head <= 1.0 ? mix(vColour, vec3(0.25, 0.2, 0.17), 0.55) : vColour * (1.0 - 0.25 * max(0.0, at.y));
  colour = vec4(toScreen(haze(shade(base, vec3(0.0, 0.0, 1.0)), vFar)), 1.0);
}
`;

/**
 * Spectators near by as single people, as many in each cell of the ground as its density says, in its colour. Where in
 * the cell somebody stands is not known: they are spread over it, each at a place that stays while others come and go.
 */
export class People {
  readonly points: Points;
  private readonly uniforms: Record<string, IUniform>;
  private places: Float32Array | null = null;
  private shown = false;

  constructor(light: Light, colours: Texture) {
    this.uniforms = { ...light, uColours: { value: colours }, uPixels: { value: 1 }, uRatio: { value: 1 } };
    this.points = new Points(new BufferGeometry(), new RawShaderMaterial({
      glslVersion: GLSL3, vertexShader: VERTEX, fragmentShader: FRAGMENT, uniforms: this.uniforms,
    }));
    this.points.frustumCulled = false;
    this.points.visible = false;
    this.points.renderOrder = ORDER.mover;
  }

  /** Where the densities are now. `seats`: cells whose people sit in a stand, who are drawn there. */
  fill(cells: Uint8Array, grid: DensityGrid, seats: Uint8Array): void {
    const { geometry } = this.points;
    if (this.places === null) {
      this.places = new Float32Array(3 * MOST);
      geometry.setAttribute('position', new BufferAttribute(this.places, 3).setUsage(DynamicDrawUsage));
    }
    const count = spread(cells, grid, seats, this.places);
    geometry.setDrawRange(0, count);
    const attribute = geometry.getAttribute('position') as BufferAttribute;
    attribute.clearUpdateRanges();
    attribute.addUpdateRange(0, 3 * count);
    attribute.needsUpdate = true;
    this.shown = count > 0;
    this.points.visible = this.shown;
  }
  hide(): void {
    this.shown = this.points.visible = false;
  }
  /** How many there are, as of the last fill(). */
  get count(): number {
    return this.shown ? this.points.geometry.drawRange.count : 0;
  }

  /** None on the map, which shows densities. */
  setWhole(whole: boolean, pixels: number, ratio: number): void {
    this.points.visible = this.shown && !whole;
    put(this.uniforms['uPixels'], pixels);
    put(this.uniforms['uRatio'], ratio);
  }
}

/**
 * Fills x, y, density of each person into `out`, and says of how many; as many of a cell as its density says, to the
 * next whole number, with the rest of one cell going to the next. All alike are left out where there are too many.
 */
export function spread(cells: Uint8Array, grid: DensityGrid, seats: Uint8Array, out: Float32Array): number {
  const each = (grid.cell_m * grid.cell_m) / grid.steps;
  let all = 0;
  for (let cell = 0; cell < cells.length; ++cell) if (seats[cell] === 0) all += cells[cell]! * each;
  const share = Math.min(1, out.length / 3 / Math.max(1, all));
  let rest = 0.5, count = 0;
  for (let cell = 0; cell < cells.length; ++cell) {
    const value = cells[cell]!;
    if (value === 0 || seats[cell] !== 0) continue;
    rest += value * each * share;
    const people = Math.floor(rest);
    rest -= people;
    const x = grid.x + (cell % grid.columns) * grid.cell_m, y = grid.y + Math.floor(cell / grid.columns) * grid.cell_m;
    const turn = (cell * 0.754877666) % 1; // another begin in each cell, so that they make no pattern
    for (let i = 0; i < people && count < out.length / 3; ++i, ++count) {
      out[3 * count] = x + grid.cell_m * ((turn + (i + 1) * 0.754877666) % 1);
      out[3 * count + 1] = y + grid.cell_m * ((turn + (i + 1) * 0.569840291) % 1);
      out[3 * count + 2] = value;
    }
  }
  return count;
}

/** Of each cell 1 + which of the outlines its middle is in, 0: none. Requires at most 255 outlines. */
export function covered(grid: DensityGrid, outlines: Point[][]): Uint8Array {
  const out = new Uint8Array(grid.columns * grid.rows);
  for (let k = 0; k < Math.min(255, outlines.length); ++k) {
    const outline = outlines[k]!;
    const column = (x: number): number => Math.min(grid.columns, Math.max(0, Math.floor((x - grid.x) / grid.cell_m)));
    const row = (y: number): number => Math.min(grid.rows, Math.max(0, Math.floor((y - grid.y) / grid.cell_m)));
    const xs = outline.map((p) => p[0]), ys = outline.map((p) => p[1]);
    for (let r = row(Math.min(...ys)); r <= Math.min(grid.rows - 1, row(Math.max(...ys))); ++r) {
      for (let c = column(Math.min(...xs)); c <= Math.min(grid.columns - 1, column(Math.max(...xs))); ++c) {
        if (inside(outline, [grid.x + (c + 0.5) * grid.cell_m, grid.y + (r + 0.5) * grid.cell_m])) out[r * grid.columns + c] = k + 1;
      }
    }
  }
  return out;
}
