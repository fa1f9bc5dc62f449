// SPDX-License-Identifier: MIT
import type { Area, Point, Route, Site, Station } from './api';
import type { Edit, Key, ShowText } from './text';
import { pointText } from './units';

/** A point of the site that can be dragged, and where it stands in the text. */
export interface Handle {
  kind: 'route' | 'station' | 'area';
  name: string;
  /** Which corner; 0 of a station. */
  index: number;
  at: Point;
  path: Key[];
}

/** Where in the text a list of corners stands; null where it is written in a way that is not dragged. */
function cornersOf(show: ShowText, groups: string[], name: string, key: string): Key[] | null {
  for (const group of groups) {
    const path: Key[] = ['site', group, name, key];
    if (show.at(path) !== undefined) return path;
  }
  return null;
}

/** A figure as the file has it: two lengths in metres. */
function isMetres(show: ShowText, path: Key[]): boolean {
  return /^\[\s*-?[\d.]+ m\s*,\s*-?[\d.]+ m\s*\]$/.test(show.source(path));
}

export function handlesOf(show: ShowText, site: Site): Handle[] {
  const out: Handle[] = [];
  const corners = (kind: 'route' | 'area', name: string, points: Point[], path: Key[] | null): void => {
    if (path === null) return;
    points.forEach((at, index) => {
      if (isMetres(show, [...path, index])) out.push({ kind, name, index, at, path: [...path, index] });
    });
  };
  for (const route of site.routes) corners('route', route.name, route.points, cornersOf(show, ['routes', 'air lines'], route.name, 'points'));
  for (const area of site.areas) corners('area', area.name, area.outer, cornersOf(show, ['stands', 'areas', 'obstacles'], area.name, 'polygon'));
  for (const station of site.stations) {
    const path: Key[] = ['site', 'stations', station.name, 'abeam'];
    if (isMetres(show, path)) out.push({ kind: 'station', name: station.name, index: 0, at: station.point, path });
  }
  return out;
}

/** The path of the thing that a handle is of. */
export const thingOf = (handle: Handle): Key[] => handle.path.slice(0, 3);

export interface Snap { point: Point; to: string | null }

/** The nearest of what is worth meeting within `reach_m`: corners, the middle of a way; else whole metres. */
export function snapped(point: Point, site: Site, own: Handle, reach_m: number): Snap {
  let best: Snap = { point: [Math.round(point[0]), Math.round(point[1])], to: null };
  let near = reach_m;
  const offer = (at: Point, to: string): void => {
    const away = Math.hypot(at[0] - point[0], at[1] - point[1]);
    if (away < near) {
      near = away;
      best = { point: at, to };
    }
  };
  const others = (name: string, kind: Handle['kind'], points: Point[]): void => points.forEach((at, i) => {
    if (!(kind === own.kind && name === own.name && i === own.index)) offer(at, name);
  });
  for (const area of site.areas) others(area.name, 'area', area.outer);
  for (const route of site.routes) others(route.name, 'route', route.points);
  for (const station of site.stations) others(station.name, 'station', [station.point]);
  if (own.kind === 'station') {
    const route = site.routes.find((each) => each.name === site.stations.find((one) => one.name === own.name)?.route);
    if (route !== undefined) offer(onLine(point, route.points), route.name);
  }
  return best;
}

export const onLine = (point: Point, line: Point[]): Point => nearestOn(point, line).at;

/** Metres from the line's beginning to where it comes nearest to the point; NaN where it is more than a metre away. */
export function alongOf(point: Point, line: Point[]): number {
  const { along, away } = nearestOn(point, line);
  return away < 1 ? along : NaN;
}

function nearestOn(point: Point, line: Point[]): { at: Point; along: number; away: number } {
  let best = { at: line[0] ?? point, along: 0, away: Infinity };
  let before = 0;
  for (let i = 0; i + 1 < line.length; ++i) {
    const [a, b] = [line[i]!, line[i + 1]!];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const length = Math.hypot(dx, dy);
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (length * length)));
    const at: Point = [a[0] + t * dx, a[1] + t * dy];
    const away = distance(at, point);
    if (away < best.away) best = { at, along: before + t * length, away };
    before += length;
  }
  return best;
}

export const put = (show: ShowText, handle: Handle, point: Point): Edit[] => show.set(handle.path, pointText(point));

/** A new corner between two of a way or an outline. */
export function between(show: ShowText, handle: Handle, point: Point): Edit[] {
  return show.append(handle.path.slice(0, -1), pointText(point), handle.index);
}

export function freeName(show: ShowText, path: Key[], wanted: string): string {
  const names = show.names(path);
  let name = wanted;
  for (let i = 2; names.includes(name); ++i) name = `${wanted} ${i}`;
  return name;
}

export function newStation(show: ShowText, route: Route, point: Point, name: string): Edit[] {
  return show.add(['site', 'stations'], name, `{route: ${route.name}, abeam: ${pointText(point)}}`);
}
/** A stand of 60 m by 15 m, which is then drawn as it shall be. */
export function newStand(show: ShowText, [x, y]: Point, name: string): Edit[] {
  const corners: Point[] = [[x - 30, y - 7.5], [x + 30, y - 7.5], [x + 30, y + 7.5], [x - 30, y + 7.5]];
  return show.add(['site', 'stands'], name, `{polygon: [${corners.map(pointText).join(', ')}], capacity: 1000}`);
}

export const nearestRoute = (point: Point, site: Site): Route | undefined => [...site.routes].filter((each) => !each.air).sort((a, b) =>
  distance(point, onLine(point, a.points)) - distance(point, onLine(point, b.points)))[0];

export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
export type { Area, Station };
