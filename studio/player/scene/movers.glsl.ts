// SPDX-License-Identifier: MIT
import { LIGHT_GLSL } from './light';

/**
 * Where a mover is, from three textures:
 *   uPaths    3 texels a path:  (x, y, z, level)  (nx, ny, cos, sin)  (phase, reach, bank, speed)
 *   uMovers   2 texels a mover: (left, dx, dy, dz)  (path, contingent, kind, chance in [0, 1))
 *   uTeams    1 texel a contingent: (r, g, b, 1 chosen, 0.5 plain, 0 faded)
 *   uKinds    1 texel a kind: (length, width, height, 1 where it flies)
 * level: 0 not there, 1 a point, 2 a body of the middle distance, 3 a body near by.
 */
export const MOVER_GLSL = /* glsl */ `
precision highp float;
uniform highp sampler2D uPaths, uMovers, uTeams, uKinds;
uniform float uTime_s;
const int WIDTH = 1024;
vec4 moverTexel(int i) { return texelFetch(uMovers, ivec2(i % WIDTH, i / WIDTH), 0); }
vec4 pathTexel(int i) { return texelFetch(uPaths, ivec2(i % WIDTH, i / WIDTH), 0); }
struct Mover { vec3 place; float level; vec2 ahead; float phase, reach, bank; vec4 team; vec4 size; float chance; };
Mover moverAt(int index) {
  vec4 a = moverTexel(2 * index), b = moverTexel(2 * index + 1);
  int path = int(b.x);
  vec4 p = pathTexel(3 * path), n = pathTexel(3 * path + 1), g = pathTexel(3 * path + 2);
  Mover m;
  m.place = vec3(p.xy + a.x * n.xy + a.yz, p.z + a.w);
  m.level = p.w;
  m.ahead = n.zw;
  m.phase = g.x; m.reach = g.y; m.bank = g.z;
  m.team = texelFetch(uTeams, ivec2(int(b.y), 0), 0);
  m.size = texelFetch(uKinds, ivec2(int(b.z), 0), 0);
  m.chance = b.w;
  return m;
}
`;

/** Places a vertex of a body: limbs swing, aircraft bank, rotors turn. */
const BODY_GLSL = /* glsl */ `
in vec3 position;
in vec3 normal;
in vec2 mark;
in float mover;
vec2 turned(vec2 v, float angle) {
  float c = cos(angle), s = sin(angle);
  return vec2(c * v.x - s * v.y, s * v.x + c * v.y);
}
void swing(inout vec3 v, inout vec3 n, Mover m, float hip, float shoulder) {
  if (mark.y < 0.5) return;
  if (mark.y > 4.5) {
    float angle = uTime_s * 4.0 + m.chance * 6.28;
    v.xy = turned(v.xy - vec2(0.03, 0.0), angle) + vec2(0.03, 0.0);
    return;
  }
  bool leg = mark.y < 2.5;
  float side = (mark.y == 1.0 || mark.y == 4.0) ? 1.0 : -1.0;
  float angle = side * m.reach * sin(m.phase) * (leg ? 1.0 : 0.9);
  float pivot = leg ? hip : shoulder;
  vec2 xz = turned(vec2(v.x, v.z - pivot), angle);
  float lift = leg ? max(0.0, side * cos(m.phase)) * m.reach * 0.1 : 0.0;
  v.x = xz.x; v.z = xz.y + pivot + lift;
  n.xz = turned(n.xz, angle);
}
void bodyVertex(Mover m, out vec3 place, out vec3 facing) {
  vec3 v = position * m.size.xyz;
  vec3 n = normal / max(m.size.xyz, vec3(0.05));
  swing(v, n, m, 0.48 * m.size.z, 0.8 * m.size.z);
  v.yz = turned(v.yz, -m.bank);
  n.yz = turned(n.yz, -m.bank);
  vec2 left = vec2(-m.ahead.y, m.ahead.x);
  place = m.place + vec3(v.x * m.ahead + v.y * left, v.z);
  facing = normalize(vec3(n.x * m.ahead + n.y * left, n.z));
}
`;

export const BODY_VERTEX = /* glsl */ `${MOVER_GLSL}${BODY_GLSL}
uniform mat4 viewMatrix, projectionMatrix;
out vec3 vNormal;
out vec3 vColour;
out float vFar;
vec3 toned(Mover m) {
  vec3 own = m.team.rgb;
  if (mark.x < 0.5) return own;
  if (mark.x < 1.5) return vec3(0.12, 0.125, 0.14);
  if (mark.x < 2.5) return mix(vec3(0.80, 0.62, 0.49), vec3(0.66, 0.47, 0.36), m.chance);
  if (mark.x < 3.5) return vec3(0.93, 0.92, 0.88);
  if (mark.x < 4.5) return own * 0.72;
  return mix(vec3(0.42, 0.26, 0.15), vec3(0.25, 0.17, 0.12), m.chance);
}
void main() {
  Mover m = moverAt(int(mover));
  vec3 place;
  bodyVertex(m, place, vNormal);
  vec4 eye = viewMatrix * vec4(place, 1.0);
  gl_Position = projectionMatrix * eye;
  vFar = length(eye.xyz);
  vColour = toned(m);
  if (m.team.a < 0.25) vColour = mix(vColour, vec3(dot(vColour, vec3(0.33))), 0.75);
}
`;

export const BODY_FRAGMENT = /* glsl */ `
precision highp float;
${LIGHT_GLSL}
in vec3 vNormal;
in vec3 vColour;
in float vFar;
out vec4 colour;
void main() {
  vec3 normal = normalize(gl_FrontFacing ? vNormal : -vNormal);
  colour = vec4(toScreen(haze(shade(vColour, normal), vFar)), 1.0);
}
`;

/** The body again, laid on the ground along the sun's rays. */
export const SHADOW_VERTEX = /* glsl */ `${MOVER_GLSL}${BODY_GLSL}
uniform mat4 viewMatrix, projectionMatrix;
uniform vec3 uSun;
out float vFar;
void main() {
  Mover m = moverAt(int(mover));
  vec3 place, facing;
  bodyVertex(m, place, facing);
  place.xy -= uSun.xy / uSun.z * max(0.0, place.z);
  place.z = 0.0;
  vec4 eye = viewMatrix * vec4(place, 1.0);
  vFar = length(eye.xyz);
  gl_Position = projectionMatrix * eye;
}
`;

export const SHADOW_FRAGMENT = /* glsl */ `
precision highp float;
uniform float uHaze_m, uShadow;
in float vFar;
out vec4 colour;
void main() { colour = vec4(0.04, 0.06, 0.11, uShadow * exp(-vFar / uHaze_m)); }
`;

/** One point a mover, for those too far for a body; as large as the body seems, never below two pixels. */
export const POINT_VERTEX = /* glsl */ `${MOVER_GLSL}
in vec3 position;
uniform mat4 viewMatrix, projectionMatrix;
uniform float uPixels, uRatio, uWhole;
out vec3 vColour;
out float vFar;
void main() {
  Mover m = moverAt(gl_VertexID);
  bool drawn = m.level > 0.5 && (m.level < 1.5 || uWhole > 0.5);
  vec3 place = m.place + vec3(0.0, 0.0, m.size.w > 0.5 ? 0.0 : 0.5 * m.size.z) + 0.0 * position;
  vec4 eye = viewMatrix * vec4(place, 1.0);
  gl_Position = drawn ? projectionMatrix * eye : vec4(2.0, 2.0, 2.0, 1.0);
  float size = m.size.w > 0.5 ? m.size.y : max(m.size.y, 0.7 * min(m.size.x, m.size.z));
  float pixels = uPixels * size * (uWhole > 0.5 ? 1.0 : 1.0 / max(1.0, -eye.z));
  float least = (m.size.w > 0.5 ? 4.0 : m.size.x > 2.0 ? 3.0 : 2.0) * (m.team.a > 0.75 ? 1.5 : 1.0);
  gl_PointSize = clamp(pixels, least * uRatio, 40.0 * uRatio);
  vFar = length(eye.xyz);
  vColour = m.team.rgb;
  if (m.team.a < 0.25) vColour = mix(vColour, vec3(0.6), 0.7);
}
`;

export const POINT_FRAGMENT = /* glsl */ `
precision highp float;
${LIGHT_GLSL}
uniform float uWhole;
in vec3 vColour;
in float vFar;
out vec4 colour;
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  if (dot(at, at) > 1.0) discard;
  vec3 lit = vColour * (uAmbient + uSunColour * 0.45);
  float edge = uWhole > 0.5 ? smoothstep(0.55, 0.95, dot(at, at)) * 0.45 : 0.0;
  colour = vec4(toScreen(haze(mix(lit, vColour, uFlat), vFar * 0.5) * (1.0 - edge)), 1.0);
}
`;
