// SPDX-License-Identifier: MIT
import {
  DataTexture, DoubleSide, GLSL3, type IUniform, Mesh, NearestFilter, PlaneGeometry, RawShaderMaterial, RedFormat, RGBAFormat,
  Vector4,
} from 'three';
import { DENSITY_RAMP, densityOf, LEVELS, rgb } from '../palette';
import type { Point } from '../format';
import type { Light } from './light';
import { ORDER } from './movers';
import { ALONE_M, covered, People } from './people';

/** Row 0 is the southernmost; a value v of a cell is v / steps people per m². */
export interface DensityGrid { x: number; y: number; cell_m: number; columns: number; rows: number; steps: number }
export type DensityScale = 'density' | 'level';

const ABOVE_M = 0.12; // the ground and what is painted on it

const VERTEX = /* glsl */ `
precision highp float;
uniform mat4 viewMatrix, projectionMatrix;
uniform vec4 uBox;
in vec3 position;
in vec2 uv;
out vec2 vAt;
out vec3 vEye;
void main() {
  vAt = uv;
  vec4 eye = viewMatrix * vec4(uBox.xy + uBox.zw * uv, ${ABOVE_M}, 1.0);
  vEye = eye.xyz;
  gl_Position = projectionMatrix * eye;
}
`;
const FRAGMENT = /* glsl */ `
precision highp float;
uniform sampler2D uValues, uColours;
uniform float uWhole;
in vec2 vAt;
in vec3 vEye;
out vec4 colour;
void main() {
  float value = texture(uValues, vAt).r;
  if (value == 0.0) discard;
  colour = texture(uColours, vec2((value * 255.0 + 0.5) / 256.0, 0.5));
  // Near by the people themselves are seen.
  float far = max(uWhole, smoothstep(0.3, 1.0, length(vEye) / ${ALONE_M.toFixed(1)}));
  colour.a *= mix(0.3, 1.0, far);
}
`;

/** The ground coloured by how dense people stand on it, under those who march, in both views; near by the people. */
export class Density {
  readonly mesh: Mesh;
  readonly people: People;
  private readonly material: RawShaderMaterial;
  private values = new DataTexture(new Uint8Array(1), 1, 1, RedFormat);
  private readonly colours = new DataTexture(new Uint8Array(256 * 4), 256, 1, RGBAFormat);
  private grid: DensityGrid | null = null;
  private scale: DensityScale = 'density';
  private seats: Uint8Array = new Uint8Array(0);
  /** Nobody knows where in its cell each one is: they are spread over it. Else somebody else draws them. */
  spreads = true;

  /** `stands`: whose people sit, and are drawn there. */
  constructor(light: Light, private readonly stands: Point[][]) {
    this.people = new People(light, this.colours);
    this.material = new RawShaderMaterial({
      glslVersion: GLSL3, vertexShader: VERTEX, fragmentShader: FRAGMENT, side: DoubleSide, transparent: true, depthWrite: false,
      uniforms: { uBox: { value: new Vector4() }, uValues: { value: this.values }, uColours: { value: this.colours }, uWhole: { value: 0 } },
    });
    this.mesh = new Mesh(new PlaneGeometry(1, 1), this.material);
    this.mesh.frustumCulled = false;
    this.mesh.visible = false;
    this.mesh.renderOrder = ORDER.shadow + 0.5;
  }

  /** What else is coloured by the densities takes. */
  get uniforms(): Record<string, IUniform> {
    const { uBox, uValues, uColours } = this.material.uniforms;
    return { uBox: uBox!, uValues: uValues!, uColours: uColours! };
  }

  /** What the next values are of; no cell has anybody yet. */
  setGrid(grid: DensityGrid): void {
    this.grid = grid;
    this.seats = covered(grid, this.stands);
    this.values.dispose();
    this.values = new DataTexture(new Uint8Array(grid.columns * grid.rows), grid.columns, grid.rows, RedFormat);
    this.values.magFilter = this.values.minFilter = NearestFilter;
    this.values.unpackAlignment = 1;
    this.values.needsUpdate = true;
    this.material.uniforms['uValues']!.value = this.values;
    (this.material.uniforms['uBox']!.value as Vector4).set(grid.x, grid.y, grid.columns * grid.cell_m, grid.rows * grid.cell_m);
    this.paint(this.scale);
  }

  /** By density, or by level of service. */
  paint(scale: DensityScale): void {
    this.scale = scale;
    const steps = this.grid?.steps ?? 20;
    const data = this.colours.image.data as Uint8Array;
    for (let value = 0; value < 256; ++value) {
      const [r, g, b] = colourOf(value / steps, scale);
      data.set([Math.round(255 * r), Math.round(255 * g), Math.round(255 * b), 215], 4 * value);
    }
    this.colours.needsUpdate = true;
  }

  /** The values of all cells, to be filled in by the caller; then show(). */
  get cells(): Uint8Array {
    return this.values.image.data as Uint8Array;
  }
  show(): void {
    this.values.needsUpdate = true;
    this.mesh.visible = true;
    if (this.grid === null) return;
    if (this.spreads) this.people.fill(this.cells, this.grid, this.seats);
    else this.people.hide();
  }
  hide(): void {
    this.mesh.visible = false;
    this.people.hide();
  }

  /** On the map nothing stands before it, and it lies on the stands. */
  setWhole(whole: boolean, pixels: number, ratio: number): void {
    this.people.setWhole(whole, pixels, ratio);
    this.material.uniforms['uWhole']!.value = whole ? 1 : 0;
    this.material.depthTest = !whole;
    this.mesh.renderOrder = whole ? ORDER.solid + 0.5 : ORDER.shadow + 0.5;
  }
}

export function colourOf(density: number, scale: DensityScale): [number, number, number] {
  if (scale === 'level') return rgb(LEVELS.findLast((level) => density >= level.from)?.colour ?? LEVELS[0]!.colour);
  const at = densityOf(density) * (DENSITY_RAMP.length - 1);
  const i = Math.min(DENSITY_RAMP.length - 2, Math.floor(at));
  const [a, b] = [rgb(DENSITY_RAMP[i]!), rgb(DENSITY_RAMP[i + 1]!)];
  const t = at - i;
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])];
}
