// SPDX-License-Identifier: MIT
import type { Paint, Rgb } from '../palette';

/**
 * What all materials share: one sun, one sky, one haze. Uniform objects are passed by reference. Arrays are handed to the
 * card as they are; of a vector each number would become an object, for each material, in every frame.
 */
export interface Light {
  uSun: { value: Float32Array };
  uSunColour: { value: Float32Array };
  uAmbient: { value: Float32Array };
  uSkyHigh: { value: Float32Array };
  uSkyLow: { value: Float32Array };
  uHaze_m: { value: number };
  uFlat: { value: number };
}

const vector = (): { value: Float32Array } => ({ value: new Float32Array(3) });
const set = (out: Float32Array, x: number, y: number, z: number): void => {
  out[0] = x;
  out[1] = y;
  out[2] = z;
};

export function makeLight(): Light {
  return {
    uSun: { value: Float32Array.of(0.4, -0.5, 0.77) },
    uSunColour: vector(),
    uAmbient: vector(),
    uSkyHigh: vector(),
    uSkyLow: vector(),
    uHaze_m: { value: 9000 },
    uFlat: { value: 0 },
  };
}

const LOWEST_SUN = 0.2; // rad: below it shadows would cover the square

/** `flat`: the map, where nothing is shaded by the hour. */
export function setSun(light: Light, paint: Paint, elevation: number, azimuth: number, flat: boolean): void {
  const up = Math.max(LOWEST_SUN, elevation);
  set(light.uSun.value, Math.sin(azimuth) * Math.cos(up), Math.cos(azimuth) * Math.cos(up), Math.sin(up));
  light.uFlat.value = flat ? 1 : 0; // small whole numbers are no objects
  const day = flat ? 1 : smooth(-0.12, 0.18, elevation);
  const low = flat ? 0 : 1 - smooth(0.02, 0.45, elevation);
  const sun = 0.8 * day * paint.light;
  set(light.uSunColour.value, sun, sun * (1 - 0.22 * low), sun * (1 - 0.45 * low));
  const fill = (0.36 + 0.3 * day) * paint.light;
  set(light.uAmbient.value, fill * 0.96, fill, fill * (1.06 + 0.14 * (1 - day)));
  if (flat) light.uAmbient.value.fill(paint.light);
  tint(light.uSkyHigh.value, paint.skyHigh, day, 0);
  tint(light.uSkyLow.value, paint.skyLow, day, low * day * 0.25);
}

function tint(out: Float32Array, colour: Rgb, day: number, warm: number): void {
  const dim = 0.16 + 0.84 * day;
  set(out, colour[0] * dim * (1 + warm * 0.25), colour[1] * dim * (1 - warm * 0.15), colour[2] * dim * (1.1 - 0.1 * day - warm * 0.45));
}

function smooth(from: number, to: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** Shading that every solid thing shares. */
export const LIGHT_GLSL = /* glsl */ `
uniform vec3 uSun, uSunColour, uAmbient, uSkyHigh, uSkyLow;
uniform float uHaze_m, uFlat;
vec3 shade(vec3 colour, vec3 normal) {
  float sun = max(0.0, dot(normal, uSun));
  float sky = 0.78 + 0.22 * normal.z;
  vec3 lit = colour * (uAmbient * sky + uSunColour * sun * 0.75);
  return mix(lit, colour * uAmbient, uFlat);
}
vec3 haze(vec3 colour, float distance_m) {
  float seen = exp(-distance_m / uHaze_m);
  return mix(mix(uSkyLow, colour, seen), colour, uFlat);
}
vec3 toScreen(vec3 linearish) { return clamp(linearish, 0.0, 1.0); }
`;
