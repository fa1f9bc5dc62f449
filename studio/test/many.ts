// SPDX-License-Identifier: MIT
/** A show of `contingents` blocks of 25 files by 24 ranks on one straight route, one behind the other: 600 people each. */
export function manyMarchers(contingents: number): string {
  const order = Array.from({ length: contingents }, (_, i) => `      - block ${i + 1}:`).join('\n');
  return `defilada: 1
title: Very many
date: 2026-05-03
zone: Europe/Warsaw
use: [foot]
site:
  origin: {lat: 52.25, lon: 21.01}
  routes:
    road: {points: [[-6 km, 0 m], [6 km, 0 m]], width: 40 m}
  stations:
    start: {route: road, abeam: [-50 m, 0 m]}
    salute: {route: road, abeam: [0 m, 0 m]}
    end: {route: road, abeam: [100 m, 0 m]}
  stands:
    stand: {polygon: [[-50 m, 30 m], [50 m, 30 m], [50 m, 50 m], [-50 m, 50 m]], capacity: 2000}
marches:
  all:
    route: road
    line-up: {station: start, gap: 10 m}
    gait: quick march/uk
    headway: {time: 45 s, station: salute}
    defaults: {kind: foot/uk, block: {files: 25, ranks: 24, interval: 0.8 m, distance: 1.2 m}}
    order:
${order}
programme:
  - march-past: {march: all, from: salute, to: end, at: 12:00}
`;
}
