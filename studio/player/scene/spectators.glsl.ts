// SPDX-License-Identifier: MIT
import { LIGHT_GLSL } from './light';

/**
 * Where a spectator is and what they stand on.
 *   uSpots    origin x, y; metres a step; share of the way from one frame to the next
 *   uFloors   a texel a cell of the ground: number of the floor that it is on, 0: the ground
 *   uPlanes   2 texels a floor: (slope to x, to y, height at the origin, 1 where people sit)  (facing x, y)
 */
const PLACE_GLSL = /* glsl */ `
precision highp float;
precision highp int;
uniform mat4 viewMatrix, projectionMatrix;
uniform vec4 uSpots, uFloorBox, uBox;
uniform sampler2D uFloors, uPlanes, uValues, uColours;
uniform float uStill, uSeats;
const float AWAY = 65534.5;
const float TALL_M = 1.7;
struct Floor { float height; bool seats; vec2 facing; };
Floor floorAt(vec2 at) {
  int k = int(texture(uFloors, (at - uFloorBox.xy) / uFloorBox.zw).r * 255.0 + 0.5);
  if (k == 0) return Floor(0.0, false, vec2(0.0));
  vec4 plane = texelFetch(uPlanes, ivec2(2 * k, 0), 0);
  return Floor(plane.z + dot(plane.xy, at), plane.w > 0.5, texelFetch(uPlanes, ivec2(2 * k + 1, 0), 0).xy);
}
float chance(uint person) {
  uint n = person * 747796405u + 2891336453u;
  n = ((n >> ((n >> 28u) + 4u)) ^ n) * 277803737u;
  return float((n >> 22u) ^ n) / 4294967296.0;
}
vec3 clothOf(float a) {
  float b = fract(a * 57.31);
  vec3 cloth = a < 0.35 ? vec3(0.88, 0.87, 0.84) : a < 0.55 ? vec3(0.56, 0.62, 0.70)
    : a < 0.7 ? vec3(0.80, 0.70, 0.58) : a < 0.85 ? vec3(0.36, 0.40, 0.47) : a < 0.95 ? vec3(0.70, 0.42, 0.37) : vec3(0.45, 0.55, 0.44);
  return cloth * (0.85 + 0.3 * b);
}
vec3 densityAt(vec2 at) {
  float value = texture(uValues, (at - uBox.xy) / uBox.zw).r;
  return texture(uColours, vec2((max(1.0, value * 255.0) + 0.5) / 256.0, 0.5)).rgb;
}
`;

/** One point a person: who is too far for a body. */
export const POINT_VERTEX = /* glsl */ `${PLACE_GLSL}
in vec2 position, next;
in uint person;
uniform float uPixels, uRatio, uNear_m;
out vec3 vCloth, vSkin;
out float vFar, vSits;
void main() {
  vec2 at = uSpots.xy + uSpots.z * mix(position, next, uSpots.w);
  Floor ground = floorAt(at);
  bool sits = ground.seats && uStill > 0.5;
  float tall = sits ? 1.0 : TALL_M;
  vec4 eye = viewMatrix * vec4(at, ground.height + 0.5 * tall, 1.0);
  float away = -eye.z;
  vFar = length(eye.xyz);
  bool drawn = position.x < AWAY && next.x < AWAY && away > 0.8 && vFar > uNear_m && (uSeats > 0.5 || !sits);
  gl_Position = drawn ? projectionMatrix * eye : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = clamp(uPixels * tall / max(away, 0.8), 1.6 * uRatio, 260.0 * uRatio);
  float own = chance(person);
  vCloth = mix(clothOf(own), densityAt(at), sits ? 0.0 : smoothstep(45.0, 140.0, vFar));
  vSkin = mix(vec3(0.86, 0.70, 0.58), vec3(0.30, 0.24, 0.20), step(0.45, fract(own * 91.7)));
  vSits = sits ? 1.0 : 0.0;
}
`;
/** A head over a body, of somebody who stands or sits. */
export const POINT_FRAGMENT = /* glsl */ `
precision highp float;
${LIGHT_GLSL}
in vec3 vCloth, vSkin;
in float vFar, vSits;
out vec4 colour;
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  bool sits = vSits > 0.5;
  float head = length((at - vec2(0.0, sits ? -0.62 : -0.82)) / (sits ? vec2(0.24, 0.3) : vec2(0.13, 0.17)));
  float body = length((at - vec2(0.0, sits ? 0.6 : 0.12)) / (sits ? vec2(0.56, 0.9) : vec2(0.27, 0.88)));
  if (head > 1.0 && body > 1.0) discard;
  vec3 base = head <= 1.0 ? vSkin : vCloth * (1.0 - 0.28 * max(0.0, at.y));
  colour = vec4(toScreen(haze(shade(base, vec3(0.0, 0.0, 1.0)), vFar)), 1.0);
}
`;

/** A body of somebody near by: walks as far as it gets on, sits in a stand. */
export const BODY_VERTEX = /* glsl */ `${PLACE_GLSL}
in vec3 position, normal;
in vec2 mark;
in vec4 way;     // steps: x, y of this frame and of the next
in vec2 looks;   // chance, 1 where it stands still
uniform float uEvery_s, uTime_s;
out vec3 vNormal, vColour;
out float vFar;
vec2 turned(vec2 v, float angle) {
  float c = cos(angle), s = sin(angle);
  return vec2(c * v.x - s * v.y, s * v.x + c * v.y);
}
void main() {
  vec2 at = uSpots.xy + uSpots.z * mix(way.xy, way.zw, uSpots.w);
  vec2 step_m = uSpots.z * (way.zw - way.xy);
  float speed = length(step_m) / uEvery_s;
  Floor ground = floorAt(at);
  bool sits = ground.seats && looks.y > 0.5;
  float turn = 6.2832 * fract(looks.x * 13.7);
  vec2 ahead = speed > 0.05 ? normalize(step_m)
    : ground.facing != vec2(0.0) ? turned(ground.facing, 0.5 * (fract(looks.x * 13.7) - 0.5)) : vec2(cos(turn), sin(turn));
  float tall = TALL_M * (0.93 + 0.14 * fract(looks.x * 7.3));
  vec3 size = vec3(0.42, 0.48, tall);
  vec3 v = position * size, n = normal / size;
  float hip = 0.48 * tall;
  if (mark.y > 0.5) {
    bool leg = mark.y < 2.5;
    float side = (mark.y == 1.0 || mark.y == 4.0) ? 1.0 : -1.0;
    float pivot = leg ? hip : 0.8 * tall;
    // A step is about 0.7 m; whoever stands or sits keeps still.
    float swing = 0.5 * smoothstep(0.1, 1.0, speed) * sin(6.2832 * (uTime_s * speed / 1.4 + looks.x)) * side;
    float angle = leg ? (sits ? 1.45 : swing) : (sits ? 0.7 : -0.8 * swing);
    vec2 xz = turned(vec2(v.x, v.z - pivot), angle);
    v.x = xz.x; v.z = xz.y + pivot;
    n.xz = turned(n.xz, angle);
  }
  if (sits) v.z -= 0.24 * tall;
  vec2 left = vec2(-ahead.y, ahead.x);
  vec3 place = vec3(at + v.x * ahead + v.y * left, ground.height + v.z);
  vNormal = normalize(vec3(n.x * ahead + n.y * left, n.z));
  vec4 eye = viewMatrix * vec4(place, 1.0);
  // Nobody stands in the eye of whoever sits down among them.
  float near = length((viewMatrix * vec4(at, ground.height + 0.7 * tall, 1.0)).xyz);
  bool drawn = (uSeats > 0.5 || !sits) && near > 1.1;
  gl_Position = drawn ? projectionMatrix * eye : vec4(2.0, 2.0, 2.0, 1.0);
  vFar = length(eye.xyz);
  vec3 cloth = mix(clothOf(looks.x), densityAt(at), sits ? 0.0 : smoothstep(45.0, 140.0, vFar));
  float tone = fract(looks.x * 91.7);
  vColour = mark.x < 0.5 ? cloth
    : mark.x < 1.5 ? mix(vec3(0.14, 0.12, 0.11), vec3(0.36, 0.28, 0.20), step(0.8, tone))
    : mark.x < 2.5 ? mix(vec3(0.82, 0.65, 0.53), vec3(0.60, 0.44, 0.34), step(0.7, tone))
    : mix(vec3(0.22, 0.25, 0.32), vec3(0.55, 0.50, 0.44), tone);
}
`;
