// SPDX-License-Identifier: MIT
import type { Area, Point, Route, Site, Station } from './api';
import type { Edit, Key, ShowText } from './text';
import { metresText, pointText } from './units';

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
/** What is drawn corner by corner. */
export type Drawn = 'route' | 'stand' | 'area';
export const leastCorners = (what: Drawn): number => (what === 'route' ? 2 : 3);

const GROUPS: Record<Drawn, string> = { route: 'routes', stand: 'stands', area: 'areas' };
const PEOPLE_PER_M2 = 2; // a stand's places, until somebody says how many

/** Puts what was drawn into the text, with a width or a capacity to begin with. */
export function newDrawn(show: ShowText, what: Drawn, corners: Point[], name: string): Edit[] {
  const list = `[${corners.map(pointText).join(', ')}]`;
  const radius = cornerRadius(corners);
  const value = what === 'route' ? `{points: ${list}, ${radius > 0 ? `corner radius: ${metresText(radius)}, ` : ''}width: 10 m}`
    : what === 'area' ? `{polygon: ${list}}` : `{polygon: ${list}, capacity: ${Math.max(10, Math.round((PEOPLE_PER_M2 * areaOf(corners)) / 10) * 10)}}`;
  return show.add(['site', GROUPS[what]], name, value);
}
export const pathOfDrawn = (what: Drawn, name: string): Key[] => ['site', GROUPS[what], name];

const RADII_M = [25, 20, 15, 10, 6, 4, 2, 1, 0.5];

/** The largest usual radius with which each corner keeps to its half of both sides; 0: there is no corner. */
export function cornerRadius(corners: Point[]): number {
  let most = Infinity;
  for (let i = 1; i + 1 < corners.length; ++i) {
    const [a, b, c] = [corners[i - 1]!, corners[i]!, corners[i + 1]!];
    const turn = Math.abs(Math.atan2(c[1] - b[1], c[0] - b[0]) - Math.atan2(b[1] - a[1], b[0] - a[0]));
    const tangent = Math.tan(Math.min(turn, 2 * Math.PI - turn) / 2);
    if (tangent > 1e-6) most = Math.min(most, Math.min(distance(a, b), distance(b, c)) / 2 / tangent);
  }
  return most === Infinity ? 0 : RADII_M.find((each) => each <= most) ?? RADII_M[RADII_M.length - 1]!;
}

/** m² of an outline. */
export function areaOf(corners: Point[]): number {
  let twice = 0;
  corners.forEach(([x, y], i) => {
    const [nx, ny] = corners[(i + 1) % corners.length]!;
    twice += x * ny - nx * y;
  });
  return Math.abs(twice) / 2;
}
export const lengthOf = (corners: Point[]): number => corners.slice(1).reduce((sum, each, i) => sum + distance(corners[i]!, each), 0);

const SQUARE = Math.PI / 36; // 5 degrees

/** Along or square to the side before, when it is nearly so; else as it is. Whole metres along it. */
export function squared(point: Point, corners: Point[]): Point {
  const [before, last] = [corners[corners.length - 2], corners[corners.length - 1]];
  if (last === undefined) return point;
  const [dx, dy] = [point[0] - last[0], point[1] - last[1]];
  const length = Math.hypot(dx, dy);
  const base = before === undefined ? 0 : Math.atan2(last[1] - before[1], last[0] - before[0]);
  const turn = Math.atan2(dy, dx) - base;
  const nearest = Math.round(turn / (Math.PI / 2)) * (Math.PI / 2);
  if (length < 1 || Math.abs(turn - nearest) > SQUARE) return point;
  const along = Math.round(length * Math.cos(turn - nearest));
  return [last[0] + along * Math.cos(base + nearest), last[1] + along * Math.sin(base + nearest)];
}

export const nearestRoute = (point: Point, site: Site): Route | undefined => [...site.routes].filter((each) => !each.air).sort((a, b) =>
  distance(point, onLine(point, a.points)) - distance(point, onLine(point, b.points)))[0];

export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
export type { Area, Station };
