// SPDX-License-Identifier: MIT
import { BufferAttribute, BufferGeometry, GLSL3, type IUniform, Mesh, RawShaderMaterial } from 'three';
import type { Paint } from '../palette';
import { LIGHT_GLSL, type Light } from './light';

const VERTEX = /* glsl */ `
precision highp float;
uniform mat4 viewMatrix, projectionMatrix;
uniform float uFlat;
in vec3 position;
out vec3 vRay;
out vec2 vPlace;
void main() {
  vec2 across = position.xy / vec2(projectionMatrix[0][0], projectionMatrix[1][1]);
  vRay = transpose(mat3(viewMatrix)) * vec3(across, -1.0);
  vec3 eye = -transpose(mat3(viewMatrix)) * viewMatrix[3].xyz;
  vPlace = eye.xy + across;
  gl_Position = vec4(position.xy, 0.0, 1.0);
}
`;
const FRAGMENT = /* glsl */ `
precision highp float;
${LIGHT_GLSL}
uniform vec3 uEye, uGround, uGrid;
in vec3 vRay;
in vec2 vPlace;
out vec4 colour;
float lines(vec2 place, float step_m) {
  vec2 at = place / step_m;
  vec2 wide = fwidth(at);
  vec2 near = abs(fract(at - 0.5) - 0.5) / max(wide, vec2(1e-6));
  float fade = 1.0 - smoothstep(0.02, 0.25, max(wide.x, wide.y));
  return (1.0 - min(min(near.x, near.y), 1.0)) * fade;
}
vec3 skyAt(vec3 ray) {
  vec3 sky = mix(uSkyLow, uSkyHigh, pow(clamp(ray.z, 0.0, 1.0), 0.55));
  float sun = max(0.0, dot(ray, uSun));
  return sky + uSunColour * (0.9 * smoothstep(0.99985, 0.99996, sun) + 0.18 * pow(sun, 180.0) + 0.08 * pow(sun, 12.0));
}
void main() {
  vec3 ray = normalize(vRay);
  float far = ray.z < 0.0 ? uEye.z / -ray.z : 1e9;
  vec2 place = uFlat > 0.5 ? vPlace : uEye.xy + ray.xy * min(far, 4e5);
  float grid = max(0.5 * lines(place, 10.0) * (1.0 - uFlat), max(0.8 * lines(place, 100.0), lines(place, 1000.0)));
  vec3 ground = haze(shade(mix(uGround, uGrid, grid), vec3(0.0, 0.0, 1.0)), far);
  bool above = uFlat < 0.5 && ray.z >= 0.0;
  colour = vec4(min(above ? skyAt(ray) : ground, vec3(1.0)), 1.0);
}
`;

/**
 * Sky and ground behind everything, one ray a pixel: the haze at the horizon joins them, and no plane
 * of a hundred kilometres is cut into triangles whose corners cannot be told apart.
 */
export class Backdrop {
  readonly mesh: Mesh;
  readonly uniforms: Record<string, IUniform>;

  constructor(light: Light) {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3));
    this.uniforms = { ...light, uEye: { value: [0, 0, 0] }, uGround: { value: [0, 0, 0] }, uGrid: { value: [0, 0, 0] } };
    this.mesh = new Mesh(geometry, new RawShaderMaterial({
      glslVersion: GLSL3, uniforms: this.uniforms, depthTest: false, depthWrite: false,
      vertexShader: VERTEX, fragmentShader: FRAGMENT,
    }));
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = -1;
  }

  paint(paint: Paint): void {
    this.uniforms['uGround'].value = paint.ground;
    this.uniforms['uGrid'].value = paint.grid;
  }

  look(x: number, y: number, z: number): void {
    const eye = this.uniforms['uEye'].value as number[];
    eye[0] = x;
    eye[1] = y;
    eye[2] = z;
  }
}
