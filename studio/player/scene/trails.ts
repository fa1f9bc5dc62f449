// SPDX-License-Identifier: MIT
import { BufferAttribute, BufferGeometry, DynamicDrawUsage, GLSL3, type IUniform, LineSegments, RawShaderMaterial } from 'three';
import type { Head } from '../format';
import type { Tracks } from '../tracks';
import type { Light } from './light';
import { ORDER } from './movers';

const POINTS = 17;
const APART_S = 0.4;

const VERTEX = /* glsl */ `
precision highp float;
uniform mat4 viewMatrix, projectionMatrix;
in vec3 position;
in float age;
out float vAge, vFar;
void main() {
  vec4 eye = viewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * eye;
  vAge = age;
  vFar = length(eye.xyz);
}
`;
const FRAGMENT = /* glsl */ `
precision highp float;
uniform vec3 uSkyLow;
uniform float uHaze_m, uFlat;
in float vAge, vFar;
out vec4 colour;
void main() {
  float strength = 0.75 * (1.0 - vAge) * mix(exp(-vFar / uHaze_m), 1.0, uFlat);
  colour = vec4(mix(vec3(1.0), vec3(0.25, 0.4, 0.6), uFlat), strength);
}
`;

/** Where each aeroplane was in the last seconds: a line that fades. */
export class Trails {
  readonly lines: LineSegments;
  private readonly movers: Uint32Array; // by path
  private readonly positions: Float32Array;
  private readonly sample = new Float64Array(6);

  constructor(head: Head, private readonly tracks: Tracks, light: Light) {
    const kinds = tracks.arrays.mover_kind;
    this.movers = tracks.order.filter((m) => head.kinds[kinds[m]].category === 'aeroplane');
    const segments = POINTS - 1;
    this.positions = new Float32Array(this.movers.length * segments * 6);
    const ages = Float32Array.from({ length: this.movers.length * segments * 2 },
      (_, i) => (((i >> 1) % segments) + (i & 1)) / segments);
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(this.positions, 3).setUsage(DynamicDrawUsage));
    geometry.setAttribute('age', new BufferAttribute(ages, 1));
    this.lines = new LineSegments(geometry, new RawShaderMaterial({
      glslVersion: GLSL3, vertexShader: VERTEX, fragmentShader: FRAGMENT,
      uniforms: { ...light } as Record<string, IUniform>, transparent: true, depthWrite: false,
    }));
    this.lines.frustumCulled = false;
    this.lines.renderOrder = ORDER.mover + 1;
  }

  update(time_s: number): void {
    let any = false;
    for (let i = 0; i < this.movers.length; ++i) any = this.trail(i, time_s) || any;
    this.lines.visible = any;
    if (any) this.lines.geometry.getAttribute('position').needsUpdate = true;
  }

  /** A point that is not there yet falls onto the one before it: nothing is seen. */
  private trail(i: number, time_s: number): boolean {
    const { arrays } = this.tracks;
    const mover = this.movers[i];
    const left = arrays.mover_left_m[mover];
    const { sample, positions } = this;
    let x = 0, y = 0, z = 0, any = false;
    for (let k = 0; k < POINTS; ++k) {
      this.tracks.sample(arrays.mover_path[mover], time_s - k * APART_S, sample);
      if (sample[3] === 1) {
        x = sample[0] + left * sample[4] + arrays.mover_dx_m[mover];
        y = sample[1] + left * sample[5] + arrays.mover_dy_m[mover];
        z = sample[2] + arrays.mover_dz_m[mover];
        any = true;
      } else if (k === 0) {
        break; // landed, or not in the air yet
      }
      const end = 6 * (i * (POINTS - 1) + k - 1) + 3; // of the segment to the point before
      if (k > 0) put(positions, end, x, y, z);
      if (k < POINTS - 1) put(positions, end + 3, x, y, z);
    }
    if (!any) positions.fill(0, 6 * i * (POINTS - 1), 6 * (i + 1) * (POINTS - 1));
    return any;
  }
}

function put(out: Float32Array, at: number, x: number, y: number, z: number): void {
  out[at] = x;
  out[at + 1] = y;
  out[at + 2] = z;
}
