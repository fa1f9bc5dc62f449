// SPDX-License-Identifier: MIT
import type { Contingent, Head } from './format';

/**
 * Colours of branches. Told apart by people with any kind of colour vision as far as ten colours can
 * be: hues of Okabe and Ito ("Color Universal Design", 2008) and of the run sheet, alternating in
 * lightness; names stand beside them everywhere, so that colour is never the only sign.
 */
const BRANCH: Record<string, string> = {
  joint: '#b8860b',
  army: '#3f7d4f',
  navy: '#dfe6ee',
  'air force': '#4aa8dc',
  'rocket force': '#8d6a4f',
  'aerospace force': '#7a5fb0',
  'cyberspace force': '#d0679d',
  'information support': '#009e8e',
  'joint logistics': '#c8a24a',
  'armed police': '#8aa04a',
  reserve: '#6f7f8f',
  militia: '#e06a4c',
};
const SERIES = ['#4a7fc1', '#c9573b', '#4f9a6b', '#d3a13c', '#8a67b5', '#3fa0b8', '#c76f93', '#8b8f96'];

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
  const { branch, group, nation } = contingent.attributes;
  return branch ?? group ?? nation ?? (contingent.procession === null ? contingent.name : contingent.id);
}

/** What the scene is painted with; all of one daylight, dimmed by the height of the sun. */
export interface Paint {
  ground: Rgb;
  grid: Rgb;
  road: Rgb;
  mark: Rgb;
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
    ground: rgb('#d9d5ca'), grid: rgb('#c6c1b4'), road: rgb('#9a9a98'), mark: rgb('#eeece4'),
    area: rgb('#c9d3bf'), stand: rgb('#c2b3a3'), seat: rgb('#7f756b'), wall: rgb('#cfc6b8'),
    roof: rgb('#b9ad9b'), skyHigh: rgb('#5f95cf'), skyLow: rgb('#dfe8ee'),
  },
  dark: {
    ground: rgb('#3b3f45'), grid: rgb('#4a4f57'), road: rgb('#272a2f'), mark: rgb('#9b9a92'),
    area: rgb('#3b4a3f'), stand: rgb('#55504b'), seat: rgb('#8d857a'), wall: rgb('#5b5751'),
    roof: rgb('#6b665e'), skyHigh: rgb('#182437'), skyLow: rgb('#4a5a70'),
  },
};
