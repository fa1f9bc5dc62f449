// SPDX-License-Identifier: MIT
import { type Camera, type Mesh, Scene, type ShaderMaterial, Texture, Vector3, WebGLRenderer } from 'three';
import { FlyCamera, MapCamera } from './camera';
import type { WallClock } from './clock';
import type { Head } from './format';
import { contingentColours, PAINTS, rgb } from './palette';
import { Density } from './scene/density';
import { makeLight, setSun } from './scene/light';
import { type Budget, Movers } from './scene/movers';
import { Site } from './scene/site';
import { Backdrop } from './scene/sky';
import { Spectators } from './scene/spectators';
import { Trails } from './scene/trails';
import { type Sun, sunAt } from './sun';
import type { Tracks } from './tracks';

const SUN_EVERY_S = 2.5;

export type Mode = '3d' | 'split' | 'map';
export type Theme = 'light' | 'dark';
/** What a stage draws with. What the browser says of a program of ours is asked for by who works on it alone: each answer waits for the card. */
export function rendererOn(canvas: HTMLCanvasElement, context?: WebGL2RenderingContext): WebGLRenderer {
  const renderer = new WebGLRenderer({ canvas, antialias: true, stencil: true, powerPreference: 'high-performance', ...(context === undefined ? {} : { context }) });
  renderer.debug.checkShaderErrors = import.meta.env.DEV;
  return renderer;
}
/** Of a first picture: all movers are points, until the card has the programs that draw bodies. */
const NO_BODIES: Readonly<Budget> = { near: 0, middle: 0 };
/** A renderer that served another stage before, and the theme to begin with. */
export interface Look { renderer?: WebGLRenderer | undefined; theme?: Theme; /** Not the first one that is seen. */ again?: boolean }
export interface Pane { left: number; top: number; width: number; height: number }

/** Draws the show at an instant into one canvas, as a scene, as a map, or both side by side. */
export class Stage {
  readonly renderer: WebGLRenderer;
  readonly fly = new FlyCamera();
  readonly map = new MapCamera();
  readonly site: Site;
  readonly movers: Movers;
  /** Of spectators; hidden until somebody fills it. */
  readonly density: Density;
  /** Each by themselves, where that is known; hidden until somebody fills it. */
  readonly spectators: Spectators;
  private readonly trails: Trails;
  readonly colours: string[];
  /** Where the two views are on the canvas, CSS pixels; an empty one is not drawn. */
  readonly panes = { scene: { left: 0, top: 0, width: 1, height: 1 }, map: { left: 0, top: 0, width: 0, height: 1 } };
  mode: Mode = '3d';
  theme: Theme = 'light';
  /** Bodies drawn at most; lowered where the machine is slow. */
  readonly budget = { near: 3000, middle: 12_000 };
  private readonly scene = new Scene();
  private readonly light = makeLight();
  private readonly backdrop = new Backdrop(this.light);
  private readonly ratio: number;
  private readonly eye = new Vector3();
  private width = 1;
  private height = 1;
  private readonly sun: Sun = { elevation: 0, azimuth: 0 };
  private stale = true;
  private bodies: 'none' | 'asked' | 'drawn';
  private readonly shown = new Float64Array(11);

  constructor(
    readonly canvas: HTMLCanvasElement, private readonly head: Head,
    tracks: Tracks, private readonly wall: WallClock, { renderer, theme = 'light', again = false }: Look = {},
  ) {
    // One renderer may serve one stage after the other: what it has compiled for one it has for the next.
    this.renderer = renderer ?? rendererOn(canvas);
    this.renderer.autoClear = false;
    this.bodies = again ? 'drawn' : 'none';
    this.ratio = Math.min(2, devicePixelRatio);
    if (this.renderer.getPixelRatio() !== this.ratio) this.renderer.setPixelRatio(this.ratio);
    this.renderer.info.autoReset = true;
    this.site = new Site(head, this.light);
    this.density = new Density(this.light, this.site.stands.map((stand) => stand.area.outer));
    this.spectators = new Spectators(this.light, this.density.uniforms, this.site.stands);
    this.movers = new Movers(head, tracks, this.light);
    this.trails = new Trails(head, tracks, this.light);
    this.colours = contingentColours(head);
    this.scene.add(this.backdrop.mesh, this.site.group, this.density.mesh, this.density.people.points, this.spectators.group, this.movers.group, this.trails.lines);
    this.scene.matrixWorldAutoUpdate = false;
    this.setTheme(theme, -1);
  }

  setTheme(theme: Theme, chosen: number): void {
    this.theme = theme;
    this.site.paint(PAINTS[theme]);
    this.backdrop.paint(PAINTS[theme]);
    this.choose(chosen);
  }

  /** Lets go of everything but the renderer, when another stage has drawn with it. */
  dispose(): void {
    this.scene.traverse((object) => {
      const { geometry, material } = object as Partial<Mesh>;
      geometry?.dispose();
      for (const each of material === undefined ? [] : [material].flat()) {
        for (const uniform of Object.values((each as Partial<ShaderMaterial>).uniforms ?? {})) {
          if (uniform.value instanceof Texture) uniform.value.dispose();
        }
        each.dispose();
      }
    });
  }

  /** Asks for the programs of a first picture and does not wait for them. */
  compile(): void {
    for (const each of [this.backdrop.mesh, ...this.site.seen, this.movers.points, this.trails.lines]) this.renderer.compile(each, this.fly.camera, this.scene);
  }

  /** Draw the next frame even if nothing in it has moved. */
  touch(): void {
    this.stale = true;
  }

  choose(chosen: number): void {
    this.stale = true;
    this.movers.paint(this.colours.map(rgb), chosen);
  }

  resize(width: number, height: number): void {
    this.stale = true;
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    // Even to the same size it would make the buffers anew: until the next frame nothing would be seen.
    const { canvas, ratio } = this;
    if (canvas.width !== Math.floor(this.width * ratio) || canvas.height !== Math.floor(this.height * ratio)) {
      this.renderer.setSize(this.width, this.height, false);
    }
    const share = this.mode === '3d' ? 1 : this.mode === 'map' ? 0 : 0.58;
    const { scene, map } = this.panes;
    scene.width = Math.round(this.width * share);
    map.left = scene.width;
    map.width = this.width - scene.width;
    scene.height = map.height = this.height;
  }

  /** How many pixels of the scene a metre at a metre's distance has. */
  get focal(): number {
    return this.panes.scene.height / (2 * Math.tan((this.fly.camera.fov * Math.PI) / 360));
  }

  /** Whether the picture of this instant would be another than the one drawn last. */
  changed(time_s: number): boolean {
    const { pose } = this.fly;
    let changed = this.stale || this.fly.flying;
    changed = this.see(0, time_s) || changed;
    changed = this.see(1, pose.x) || changed;
    changed = this.see(2, pose.y) || changed;
    changed = this.see(3, pose.z) || changed;
    changed = this.see(4, pose.distance) || changed;
    changed = this.see(5, pose.yaw) || changed;
    changed = this.see(6, pose.pitch) || changed;
    changed = this.see(7, pose.fov) || changed;
    changed = this.see(8, this.map.x) || changed;
    changed = this.see(9, this.map.y) || changed;
    return this.see(10, this.map.metresPerPixel) || changed;
  }

  private see(i: number, value: number): boolean {
    const other = this.shown[i] !== value;
    this.shown[i] = value;
    return other;
  }

  draw(time_s: number, elapsed_s: number): void {
    this.stale = false;
    const { scene, map } = this.panes;
    this.renderer.clear();
    this.fly.update(elapsed_s, scene.width / Math.max(1, scene.height));
    this.map.update(map.width, map.height);
    this.eye.copy(this.fly.camera.position);
    this.movers.update(time_s, this.eye, this.focal, this.bodies === 'drawn' ? this.budget : NO_BODIES);
    this.spectators.update(time_s, this.eye, this.focal);
    this.trails.update(time_s);
    if (scene.width > 0) this.drawScene(time_s, scene);
    if (map.width > 0) this.drawMap(map);
    if (this.bodies === 'none') void this.askForBodies();
  }

  /** The programs of bodies are made when the first picture is on the screen. */
  private async askForBodies(): Promise<void> {
    this.bodies = 'asked';
    await new Promise((go) => setTimeout(go));
    const beside = this.renderer.extensions.has('KHR_parallel_shader_compile'); // else they are made when they are used
    if (beside) await this.renderer.compileAsync(this.movers.group, this.fly.camera, this.scene);
    this.bodies = 'drawn';
    this.stale = true;
  }

  private drawScene(time_s: number, pane: Pane): void {
    const { origin } = this.head;
    // It goes a hundredth of a degree in so many seconds: in between nothing is handed to the card again.
    const seconds = SUN_EVERY_S * Math.floor(time_s / SUN_EVERY_S);
    const { elevation, azimuth } = sunAt(this.wall.utc_ms(seconds), origin.lat_deg, origin.lon_deg, this.sun);
    setSun(this.light, PAINTS[this.theme], elevation, azimuth, false);
    const pixels = this.focal * this.ratio;
    this.site.setWhole(false, pixels, this.ratio);
    this.density.setWhole(false, pixels, this.ratio);
    this.spectators.setWhole(false, pixels, this.ratio);
    this.movers.setWhole(false, pixels, this.ratio);
    this.backdrop.look(this.eye.x, this.eye.y, this.eye.z);
    this.render(pane, this.fly.camera);
  }

  private drawMap(pane: Pane): void {
    setSun(this.light, PAINTS[this.theme], 1, 0, true);
    const pixels = this.ratio / this.map.metresPerPixel;
    this.site.setWhole(true, pixels, this.ratio);
    this.density.setWhole(true, pixels, this.ratio);
    this.spectators.setWhole(true, pixels, this.ratio);
    this.movers.setWhole(true, pixels, this.ratio);
    this.render(pane, this.map.camera);
  }

  private render(pane: Pane, camera: Camera): void {
    const bottom = this.height - pane.top - pane.height;
    this.renderer.setScissorTest(true);
    this.renderer.setScissor(pane.left, bottom, pane.width, pane.height);
    this.renderer.setViewport(pane.left, bottom, pane.width, pane.height);
    this.renderer.clearDepth();
    this.renderer.clearStencil();
    this.renderer.render(this.scene, camera);
    this.renderer.setScissorTest(false);
  }
}
