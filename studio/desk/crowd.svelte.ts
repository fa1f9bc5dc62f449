// SPDX-License-Identifier: MIT
import type { Player } from '../player/player';
import type { DensityScale } from '../player/scene/density';
import { type Api, type CrowdLine, type CrowdProgress, type CrowdResult, type KeptRun, ServerError } from './api';
import { type Chunk, chunkOf, fill, type Shot, shotAt } from './film';
import { Whereabouts } from './whereabouts';

const CHUNKS_KEPT = 12;

/** The spectators: what is run, what has come of it, and what of it is seen. */
export class CrowdDesk {
  runs = $state.raw<CrowdLine[]>([]);
  /** What the command line has simulated, and is not open yet. */
  kept = $state.raw<KeptRun | null>(null);
  results = $state.raw<Record<number, CrowdResult>>({});
  progress = $state.raw<CrowdProgress | null>(null);
  /** The run that is seen, and the one that it is compared with; 0: none. */
  shown = $state(0);
  other = $state(0);
  /** Of the people; none: as many as are simulated in a minute or so. */
  share = $state<number | null>(null);
  variant = $state('');
  /** The phase whose curves are seen; one of an emergency is seen in the picture too. */
  phase = $state(0);
  visible = $state(true);
  scale = $state<DensityScale>('density');
  failure = $state<string | null>(null);

  private readonly chunks = new Map<string, Chunk | null>(); // null: asked for
  private player: Player | null = null;
  private grid = 0; // the run whose grid the picture has
  private readonly shot: Shot = { phase: -1, frame: -1 };
  private shotRun = 0;
  private lastPhase = -2;
  private lastFrame = -2;
  private readonly whereabouts: Whereabouts;

  constructor(private readonly api: Api) {
    this.whereabouts = new Whereabouts(api);
  }

  get result(): CrowdResult | null {
    return this.results[this.shown] ?? null;
  }
  get compared(): CrowdResult | null {
    return this.results[this.other] ?? null;
  }
  get running(): boolean {
    return this.progress !== null && this.progress.state === 'running';
  }

  begin(text: string, share: number, language: string): Promise<void> {
    return this.start(() => this.api.beginCrowd(text, share, this.variant), language);
  }
  /** Nothing is simulated again. */
  open(text: string, language: string): Promise<void> {
    return this.start(() => this.api.openCrowd(text), language);
  }
  private async start(run: () => Promise<CrowdLine>, language: string): Promise<void> {
    this.failure = null;
    try {
      const line = await run();
      if (this.progress?.run !== line.run) this.progress = { run: line.run, state: 'running', share: 0 };
      await this.refresh(language);
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }
  stop(): void {
    void this.api.stopCrowd();
  }

  /** What the server says while it simulates, for whichever window it was begun. */
  told(progress: CrowdProgress, language: string): void {
    this.progress = progress.state === 'running' ? progress : null;
    if (progress.state === 'failed') this.failure = progress.message ?? '';
    if (progress.state === 'running') return;
    void this.refresh(language).then(() => {
      if (progress.state === 'done') void this.choose(progress.run, language);
    });
  }

  async refresh(language: string): Promise<void> {
    const { runs, kept } = await this.api.crowds();
    this.runs = runs;
    const there = kept !== null && runs.some((each) => each.etag === kept.etag && each.variant === kept.variant && each.share === kept.share && each.seed === kept.seed);
    this.kept = there ? null : kept;
    const known = new Set(this.runs.map((each) => each.run));
    this.results = Object.fromEntries(Object.entries(this.results).filter(([run]) => known.has(Number(run))));
    if (!known.has(this.shown)) this.shown = 0;
    if (!known.has(this.other)) this.other = 0;
    const newest = this.runs.findLast((each) => each.state === 'done');
    if (this.shown === 0 && newest !== undefined) await this.choose(newest.run, language);
  }

  /** The run to be seen; `beside`: to be compared with. */
  async choose(run: number, language: string, beside = false): Promise<void> {
    if (run !== 0 && this.results[run] === undefined) {
      try {
        const result = await this.api.crowd(run, language);
        this.results = { ...this.results, [run]: result };
      } catch (error) {
        if (!(error instanceof ServerError)) throw error;
        this.failure = error.message;
        return;
      }
    }
    if (beside) this.other = run;
    else {
      if (run !== this.shown && this.shown !== 0 && this.other === 0) this.other = this.shown;
      this.shown = run;
    }
    if (this.other === this.shown) this.other = 0;
    if (this.result !== null && this.phase >= this.result.phases.length) this.phase = 0;
    this.forget();
  }
  /** Sentences of another language. */
  async translate(language: string): Promise<void> {
    const runs = [this.shown, this.other].filter((run) => run !== 0);
    const fresh = await Promise.all(runs.map((run) => this.api.crowd(run, language)));
    this.results = Object.fromEntries(fresh.map((each) => [each.run, each]));
  }

  // ---- the picture

  attach(player: Player): void {
    this.player = player;
    this.grid = 0;
    this.whereabouts.attach();
    player.stage.density.spreads = false; // everybody is where they are
    this.forget();
  }
  /** The picture is to be made again. */
  forget(): void {
    this.lastPhase = this.lastFrame = -2;
    this.player?.stage.touch();
  }
  paint(scale: DensityScale): void {
    this.scale = scale;
    this.player?.stage.density.paint(scale);
    this.player?.stage.touch();
  }

  /** Before each frame: the ground's colours as of the clock. Makes nothing where they stay. */
  before(player: Player): void {
    const result = this.result;
    const { density } = player.stage;
    if (result === null || !this.visible) {
      if (density.mesh.visible) {
        density.hide();
        player.stage.touch();
      }
      this.whereabouts.hide(player);
      this.lastFrame = -2;
      return;
    }
    if (this.grid !== result.run) {
      density.setGrid(result.film);
      density.paint(this.scale);
      const ends = result.phases.map((each) => each.end_s);
      player.clock.include(Math.min(...result.phases.map((each) => each.begin_s)), Math.max(...ends));
      this.grid = result.run;
      this.whereabouts.begin(player, result);
      this.lastFrame = -2;
    }
    this.whereabouts.before(player, result, this.phase);
    const shot = shotAt(result.phases, result.film, player.clock.time_s, this.phase, this.shot);
    if (shot.phase === this.lastPhase && shot.frame === this.lastFrame && this.shotRun === result.run) return;
    if (shot.phase < 0) density.hide();
    else {
      const chunk = this.chunk(result, shot.phase, Math.floor(shot.frame / result.film.chunk));
      if (chunk === null) return;
      fill(density.cells, chunk, shot.frame % result.film.chunk);
      density.show();
    }
    player.stage.touch();
    this.lastPhase = shot.phase;
    this.lastFrame = shot.frame;
    this.shotRun = result.run;
  }

  /** A chunk, or null until it has come; the next is asked for too. */
  private chunk(result: CrowdResult, phase: number, number: number): Chunk | null {
    const frames = result.phases[phase]?.film.frames ?? 0;
    if ((number + 1) * result.film.chunk < frames) this.ask(result.run, phase, number + 1);
    return this.ask(result.run, phase, number);
  }
  private ask(run: number, phase: number, number: number): Chunk | null {
    const key = `${run} ${phase} ${number}`;
    const known = this.chunks.get(key);
    if (known !== undefined) return known;
    this.chunks.set(key, null);
    void this.api.density(run, phase, number).then((buffer) => {
      this.chunks.set(key, chunkOf(buffer));
      for (const old of this.chunks.keys()) {
        if (this.chunks.size <= CHUNKS_KEPT) break;
        this.chunks.delete(old);
      }
      this.player?.stage.touch();
    }, () => { this.chunks.delete(key); });
    return null;
  }
}
