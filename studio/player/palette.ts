// SPDX-License-Identifier: MIT
import type { Contingent, Head } from './format';

/**
 * Colours of branches. Any two of them differ by 19 at least in CIELAB, also for eyes without the cones
 * for long, middle or short waves (tested); names stand beside them everywhere, so that colour is never
 * the only sign.
 */
export const BRANCH: Record<string, string> = {
  joint: '#8d6710',
  army: '#578852',
  navy: '#dfe6ee',
  'air force': '#58cbeb',
  'rocket force': '#574a3d',
  'aerospace force': '#be5aeb',
  'cyberspace force': '#993790',
  'information support': '#009e8e',
  'joint logistics': '#e8e069',
  'armed police': '#95ad4e',
  reserve: '#242f4d',
  militia: '#e9b090',
};
/** For what has no branch; the same law. */
export const SERIES = ['#5084e4', '#c9573b', '#47544f', '#eada4b', '#7b3790', '#5cd5ec', '#c9789f', '#a0c38f'];

export type Rgb = [number, number, number];

export function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** A colour for each contingent: by its branch, else by its part in the show, in the show's order. */
export function contingentColours(head: Head): string[] {
  const groups = new Map<string, string>();
  return head.contingents.map((contingent) => {
    const branch = contingent.attributes['branch'];
    if (branch !== undefined && BRANCH[branch] !== undefined) return BRANCH[branch];
    const group = groupOf(contingent);
    let colour = groups.get(group);
    if (colour === undefined) {
      colour = SERIES[groups.size % SERIES.length];
      groups.set(group, colour);
    }
    return colour;
  });
}

function groupOf(contingent: Contingent): string {
  if (contingent.guest === true) return 'guests';
  const { branch, group, nation } = contingent.attributes;
  return branch ?? group ?? nation ?? (contingent.procession === null ? contingent.name : contingent.id);
}

/**
 * Fruin's levels of service of walkways, A (free) to F (stop and go), and the least density of each, people
 * per m² (1 / 3.24, 2.32, 1.39, 0.93, 0.46 m² a person). Blue to red over light yellow, which eyes without any
 * one kind of cones tell apart; the letter stands beside the colour in the key.
 */
export const LEVELS: { letter: string; from: number; colour: string }[] = [
  { letter: 'A', from: 0, colour: '#4575b4' },
  { letter: 'B', from: 1 / 3.24, colour: '#91bfdb' },
  { letter: 'C', from: 1 / 2.32, colour: '#e0f3f8' },
  { letter: 'D', from: 1 / 1.39, colour: '#fee090' },
  { letter: 'E', from: 1 / 0.93, colour: '#fc8d59' },
  { letter: 'F', from: 1 / 0.46, colour: '#b3202a' },
];
/** Density on a ramp that darkens all the way; its end is reached at MOST_DENSITY people per m². */
export const DENSITY_RAMP = ['#fff7bc', '#fec44f', '#ec7014', '#b02050', '#5a106e', '#1a0a40'];
export const MOST_DENSITY = 5;
/** Place of a density on the ramp: its root, since half a person per m² and one differ more than 4 and 5. */
export const densityOf = (density: number): number => Math.sqrt(Math.min(1, density / MOST_DENSITY));

/** What the scene is painted with; all of one daylight, dimmed by the height of the sun. */
export interface Paint {
  /** How bright everything is under the same sun. */
  light: number;
  ground: Rgb;
  grid: Rgb;
  road: Rgb;
  mark: Rgb;
  kerb: Rgb;
  lane: Rgb;
  area: Rgb;
  stand: Rgb;
  seat: Rgb;
  wall: Rgb;
  roof: Rgb;
  skyHigh: Rgb;
  skyLow: Rgb;
}
export const PAINTS: Record<'light' | 'dark', Paint> = {
  light: {
    light: 1,
    ground: rgb('#d6d0c2'), grid: rgb('#c2bbab'), road: rgb('#989693'), mark: rgb('#f4f2ea'), kerb: rgb('#e6e2d8'), lane: rgb('#b7b5ae'),
    area: rgb('#c9d3bf'), stand: rgb('#b9aa98'), seat: rgb('#a39a8d'), wall: rgb('#d6ccbb'),
    roof: rgb('#c4b8a5'), skyHigh: rgb('#5f95cf'), skyLow: rgb('#dfe8ee'),
  },
  dark: {
    light: 0.9,
    ground: rgb('#40444a'), grid: rgb('#4e545d'), road: rgb('#282b31'), mark: rgb('#908f89'), kerb: rgb('#727270'), lane: rgb('#5d6069'),
    area: rgb('#3f4f44'), stand: rgb('#5a5650'), seat: rgb('#716a62'), wall: rgb('#625e57'),
    roof: rgb('#716b62'), skyHigh: rgb('#182437'), skyLow: rgb('#4a5a70'),
  },
};
