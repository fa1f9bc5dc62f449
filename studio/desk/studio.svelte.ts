// SPDX-License-Identifier: MIT
import { tick } from 'svelte';
import { Player } from '../player/player';
import { decode } from '../player/format';
import { warm } from '../player/warm';
import { type Api, type FileEdit, type CrowdProgress, type Fix, type Item, type Place, type Plan, ServerError, type Session } from './api';
import { CrowdDesk } from './crowd.svelte';
import { Keeper } from './keeper.svelte';
import { spacedOut } from './kinds';
import { applied, difference, type Edit, type Key, Offsets, ShowText } from './text';
import { type Language, say, type Word } from './words';

/** What is chosen: its path in the show file, as ShowText has it. */
export type Selection =
  | { kind: 'item'; name: string }
  | { kind: 'contingent'; name: string; procession: string }
  | { kind: 'route' | 'station' | 'area'; name: string; path: Key[] };

/** The editor, which keeps the text and everything that can be undone. */
export interface Writing {
  text(): string;
  /** One step of undo. `select`: what is shown in the text afterwards. */
  change(edits: Edit[], select?: [number, number]): void;
  replace(text: string): void;
  reveal(from: number, to: number): void;
  undo(): void;
  redo(): void;
  focus(): void;
}

const PICTURE_AFTER_MS = 250; // of rest, a new picture is made
const PROOF_AFTER_MS = 1200; // of rest, what was changed is proven
const MOST_ROUNDS = 4; // that a spacing is widened in: one conflict may hide another
const FURNISH_AFTER_MS = 4000; // the page is complete, even where the picture takes longer

/** For whoever measures what the first picture waits for. */
const mark = (name: string): void => { performance.mark(`defilada: ${name}`); };

/**
 * The state of the page. The text is the only truth: whatever is dragged or typed becomes an edit of it.
 *
 *     edit ─► text ─► POST /api/plan ─► plan ─► lists and bars at once
 *               │       one at a time, the newest text next
 *               │                        └────► picture (tracks) when the hand rests
 *               └── PUT /api/show ─► file
 *
 * While something is dragged the text waits: `draft` is what it would be, and is planned in its place.
 */
export class Studio {
  readonly crowd: CrowdDesk;
  readonly file: Keeper;
  readonly writable: boolean;
  session = $state<Session | null>(null);
  text = $state.raw('');
  draft = $state.raw<string | null>(null);
  plan = $state.raw<Plan | null>(null);
  /** The last that has a show. */
  good = $state.raw<Plan | null>(null);
  /** Of the last plan that had times. */
  timed = $state.raw<Item[]>([]);
  planning = $state(false);
  proving = $state(false);
  proofShare = $state(0);
  selected = $state.raw<Selection | null>(null);
  language = $state<Language>('en');
  theme = $state<'light' | 'dark'>('light');
  player = $state.raw<Player | null>(null);
  pictured = $state(''); // etag of the text that the picture shows
  failure = $state<string | null>(null); // of 3-D
  lost = $state(false);
  notice = $state<string | null>(null);
  /** The page is complete; before, it has the picture alone in mind. */
  loaded = $state(false);
  mapEditing = $state(false);
  schema = $state.raw<unknown>(null);

  private plannedText = $state.raw('');
  readonly show = $derived(new ShowText(this.draft ?? this.text));
  writing: Writing | null = null;
  /** Milliseconds from an edit to its plan, of the last few; for tests and the curious. */
  readonly latencies: number[] = [];

  private asked: string | null = null; // the text that is being planned, with its language
  private request = 0; // the newest of them
  private provingHere = false; // it is to be proven, too
  private early: Promise<{ revision: number; block: ArrayBuffer } | null> | null = null; // tracks of the saved text
  private waiting = false;
  private pictureTimer = 0;
  private proofTimer = 0;
  private picturing = false;
  private hadDay = false; // some picture had times

  private warmed: ReturnType<typeof warm> | null = null;

  /** The canvas serves all players, one after the other. */
  constructor(readonly api: Api, readonly canvas: HTMLCanvasElement, private readonly context: WebGL2RenderingContext | null) {
    this.canvas.className = 'stage';
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'img');
    this.crowd = new CrowdDesk(api);
    this.file = new Keeper(api, this);
    this.writable = api.writable;
  }

  say = (word: Word): string => say(this.language, word);

  /**
   * Everything that the first picture needs was asked for at once (early.ts); what it does not need is, when it is there.
   * The server has planned the saved text meanwhile, so that nothing is planned twice.
   */
  async open(): Promise<void> {
    const kept = localStorage.getItem('defilada-language');
    const asked = Promise.all([this.api.session(), this.api.text()]);
    const saved = this.api.saved(kept).catch(() => null);
    this.early = this.api.savedTracks(kept).catch(() => null);
    if (this.context !== null) this.warmed = warm(this.canvas, this.context); // while the answers are on their way
    mark('renderer');
    const [session, page] = await asked;
    this.session = session;
    this.language = (kept ?? session.language) === 'pl' ? 'pl' : 'en';
    this.text = page.text;
    this.file.saved = page;
    this.listen();
    this.asked = page.text;
    const plan = await saved;
    this.asked = null;
    mark('plan');
    if (plan !== null && plan.etag === page.etag && this.text === page.text) {
      this.plannedText = page.text;
      this.take(plan);
    } else {
      void this.replan();
    }
    if (plan?.state === 'wrong') this.furnish();
    else window.setTimeout(() => this.furnish(), FURNISH_AFTER_MS); // whatever becomes of the picture
  }

  /** What the first picture did without: the editor, completions, runs of the spectators. */
  private furnish(): void {
    if (this.loaded) return;
    this.loaded = true;
    void this.api.schema().then((schema) => { this.schema = schema; }, () => undefined);
    void this.crowd.refresh(this.language).catch(() => undefined);
    void this.provenOutside(this.file.saved.etag); // which may have been told before
    if (this.player === null) return;
    const { warmed } = this; // another stage has drawn with its programs
    this.warmed = null;
    setTimeout(() => warmed?.stage.dispose(), 2000);
  }
  /** The picture is drawn: after each one. */
  drawn(): void {
    if (this.loaded) return;
    mark('picture');
    requestAnimationFrame(() => setTimeout(() => this.furnish())); // when it is on the screen
  }

  // ---- planning

  /** Called at every change of the text or the draft. */
  async replan(proof = false): Promise<void> {
    if (!this.writable) return this.look();
    if (this.asked !== null && !this.provingHere) {
      this.waiting = true;
      return;
    }
    const text = this.draft ?? this.text;
    const request = ++this.request; // in place of a proof that goes on
    this.asked = text;
    this.waiting = false;
    this.planning = !proof;
    this.proving = this.provingHere = proof;
    this.proofShare = 0;
    clearTimeout(this.proofTimer);
    const began = performance.now();
    try {
      const plan = await this.api.plan(text, this.plan, this.language, proof);
      if (request !== this.request) return;
      if (!proof) this.latencies.push(performance.now() - began);
      if (this.latencies.length > 50) this.latencies.shift();
      this.plannedText = text;
      this.take(plan);
    } catch (error) {
      if (request !== this.request) return;
      this.failed(error);
    }
    this.asked = null;
    this.planning = this.proving = this.provingHere = false;
    if (this.waiting || (this.draft ?? this.text) !== text) return this.replan();
    if (!proof && this.draft === null && this.plan?.state === 'holds') {
      this.proofTimer = window.setTimeout(() => void this.prove(), PROOF_AFTER_MS);
    }
  }

  /** What is saved, or will be by itself, the server proves unasked. */
  private async prove(): Promise<void> {
    if (this.plan === null || this.plan.proven || this.asked !== null) return;
    if (!this.dirty) return this.provenOutside(this.file.saved.etag);
    if (!this.file.willSave) await this.replan(true);
  }

  /** Without a token nothing can be asked but what is saved. */
  private async look(): Promise<void> {
    const response = await fetch(`/api/plan?lang=${this.language}`);
    this.take((await response.json()) as Plan);
  }

  private take(plan: Plan): void {
    const same = plan.etag === this.pictured;
    this.plan = plan;
    if (plan.state !== 'wrong') this.good = plan;
    if ((plan.items ?? []).length > 0) this.timed = plan.items!;
    if (plan.state === 'wrong') return;
    clearTimeout(this.pictureTimer);
    if (this.player === null || !same) {
      this.pictureTimer = window.setTimeout(() => void this.picture(), this.player === null ? 0 : PICTURE_AFTER_MS);
    }
  }

  /** The server has proven what was saved: what is shown is the same, but for the proof. */
  private async provenOutside(etag: string): Promise<void> {
    const base = this.plan;
    if (base === null || base.etag !== etag || base.proven || this.asked !== null || !this.upToDate) return;
    const plan = await this.api.saved(this.language, base).catch(() => null);
    if (plan === null || !plan.proven || plan.etag !== etag || this.plan !== base || this.asked !== null) return;
    this.proving = false;
    this.take(plan);
  }

  /** Draws the newest plan; time and camera stay. */
  private async picture(): Promise<void> {
    const plan = this.good;
    if (plan === null || this.picturing || (this.draft !== null && this.player !== null)) return;
    this.picturing = true;
    try {
      const early = await this.early;
      this.early = null;
      const block = early?.revision === plan.revision ? early.block : await this.api.tracks(plan.revision, this.language);
      mark('tracks');
      this.build(decode(block), plan);
      mark('stage');
    } catch (error) {
      if (!(error instanceof ServerError)) this.failure = error instanceof Error ? error.message : String(error);
    }
    this.picturing = false;
    if (this.good !== null && this.good !== plan && this.good.etag !== plan.etag) void this.picture();
  }

  private build(playback: ReturnType<typeof decode>, plan: Plan): void {
    const before = this.player;
    let player: Player;
    try {
      player = new Player(playback, this.canvas, { renderer: before?.stage.renderer ?? this.warmed?.renderer, theme: this.theme, again: before !== null });
    } catch (error) {
      this.failure = `${this.say('no3d')} ${error instanceof Error ? error.message : ''}`;
      return;
    }
    this.failure = null;
    if (before !== null) {
      // Where statements exclude each other there is no day: the hand finds the hour again when they hold.
      if (plan.state !== 'holds') Object.assign(player.clock, { begin_s: before.clock.begin_s, end_s: before.clock.end_s });
      if (this.hadDay) player.clock.seek(before.clock.time_s);
      player.clock.speed = before.clock.speed;
      player.clock.playing = before.clock.playing;
      Object.assign(player.stage.fly.pose, before.stage.fly.pose);
      Object.assign(player.stage.map, { x: before.stage.map.x, y: before.stage.map.y, metresPerPixel: before.stage.map.metresPerPixel });
      player.stage.mode = before.stage.mode;
      // What it holds is let go when the new one has drawn, so that nothing is compiled twice.
      setTimeout(() => before.stage.dispose(), 2000);
    }
    this.hadDay ||= plan.state === 'holds';
    player.words.language = this.language;
    this.player = player;
    this.pictured = plan.etag;
    this.chooseInPicture();
  }

  // ---- editing

  /** A visual edit: one step that can be undone. */
  edit(edits: Edit[], select?: [number, number]): void {
    if (edits.length === 0 || !this.writable) return;
    this.draft = null;
    if (this.writing !== null) return this.writing.change(edits, select);
    this.furnish(); // the editor has not come yet
    void tick().then(() => this.writing?.change(edits, select));
  }

  /** While something is dragged. */
  try(edits: Edit[]): void {
    if (!this.writable) return;
    const text = applied(this.text, edits);
    if (text === (this.draft ?? this.text)) return;
    this.draft = text;
    void this.replan();
  }

  /** Lets go of what was dragged: the draft becomes the text. */
  drop(): void {
    const draft = this.draft;
    this.draft = null;
    if (draft !== null && draft !== this.text) this.edit(difference(this.text, draft));
    else void this.replan();
  }
  giveUp(): void {
    if (this.draft === null) return;
    this.draft = null;
    void this.replan();
  }

  /**
   * Puts a contingent at the end of an order. Where it cannot come as close behind the one before it as its march asks, it
   * gets a spacing of its own; all is one step that can be undone.
   */
  async addContingent(edits: Edit[], procession: string, name: string): Promise<void> {
    const order = this.orderPath(procession);
    const before = this.show.names(order).at(-1);
    const ahead = this.good?.lines?.find((each) => each.procession === procession && each.contingent === before);
    const held = this.plan?.state === 'holds', base = this.text;
    let plan = await this.tried(edits), amount: string | null = null;
    for (let round = 0; held && plan?.state === 'cannot-hold' && round < MOST_ROUNDS; ++round) {
      const spaced = spacedOut({ show: this.show, file: this.session?.file ?? '', order, name, ahead }, plan.conflicts ?? []);
      if (spaced === null) break;
      amount = spaced.amount;
      plan = await this.tried(difference(this.text, applied(this.show.text, spaced.edits)));
    }
    if (this.text !== base) return this.giveUp(); // somebody has written on
    if (plan === null && this.draft === null) return;
    if (amount !== null && plan?.state === 'cannot-hold') await this.tried(edits); // it was not that
    else if (amount !== null) this.notice = this.say('spacedOut').replace('{name}', name).replace('{amount}', amount);
    this.drop();
  }
  /** The plan of what is only tried; null where something else has come between. */
  private async tried(edits: Edit[]): Promise<Plan | null> {
    this.try(edits);
    const text = this.draft;
    if (text === null) return null;
    while (this.draft === text && this.plannedText !== text && !this.lost) await new Promise((go) => setTimeout(go, 10));
    return this.draft === text && this.plannedText === text ? this.plan : null;
  }

  /** The editor's text has changed, by whatever. */
  written(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.file.soon();
    void this.replan();
  }

  applyFix(fix: Fix): void {
    const own = this.ownEdits(fix.edits);
    if (own.length > 0) this.edit(own, own[0] === undefined ? undefined : [own[0].from, own[0].from + own[0].insert.length]);
  }
  canApply(fix: Fix | null): fix is Fix {
    return fix !== null && fix.edits.length > 0 && this.writable && this.upToDate &&
      fix.edits.every((edit) => edit.file === this.session?.file);
  }
  /** Whether the plan is that of the text: only then its places are the text's. */
  get upToDate(): boolean {
    return this.plannedText === this.text && this.draft === null;
  }
  private ownEdits(edits: FileEdit[]): Edit[] {
    const offsets = new Offsets(this.text);
    return edits.filter((edit) => edit.file === this.session?.file)
      .map((edit) => ({ from: offsets.unit(edit.start), to: offsets.unit(edit.end), insert: edit.new }));
  }

  // ---- choosing

  choose(selection: Selection | null, reveal = true): void {
    this.selected = selection;
    this.chooseInPicture();
    if (!reveal || selection === null) return;
    const place = this.show.place(this.pathOf(selection));
    if (place !== null) this.writing?.reveal(place[0], place[1]);
  }
  pathOf(selection: Selection): Key[] {
    switch (selection.kind) {
      case 'item': return ['programme', selection.name];
      case 'contingent': return [...this.orderPath(selection.procession), selection.name];
      default: return selection.path;
    }
  }
  orderPath(procession: string): Key[] {
    for (const group of ['marches', 'flypasts', 'movements']) {
      if (this.show.at([group, procession]) !== undefined) return [group, procession, 'order'];
    }
    return ['marches', procession, 'order'];
  }
  private chooseInPicture(): void {
    const { player, selected } = this;
    if (player === null) return;
    const found = selected?.kind === 'contingent' ? player.head.contingents.findIndex((each) => each.name === selected.name) : -1;
    if (player.chosen !== found) player.choose(found);
  }

  goTo(place: Place | null): void {
    if (place === null || place.file !== this.session?.file) return;
    const offsets = new Offsets(this.text);
    this.writing?.reveal(offsets.unit(place.start), offsets.unit(place.end));
  }
  seek(time_s: number): void {
    this.player?.seek(time_s);
  }
  wall(time_s: number): string {
    return this.player?.wall.text(time_s) ?? '';
  }
  item(name: string): Item | undefined {
    return this.good?.items?.find((each) => each.name === name);
  }

  // ---- the file

  get dirty(): boolean {
    return this.file.dirty;
  }
  replace(text: string): void {
    if (this.writing === null) this.written(text); else this.writing.replace(text);
  }
  reloaded(): void {
    this.notice = this.say('reloaded');
  }
  answered(): void {
    this.lost = false;
  }

  private listen(): void {
    const events = new EventSource('/api/events');
    events.addEventListener('planned', (event) => {
      const said = JSON.parse((event as MessageEvent<string>).data) as { etag: string; proven: boolean };
      if (said.proven) void this.provenOutside(said.etag);
    });
    events.addEventListener('changed', (event) => {
      const said = JSON.parse((event as MessageEvent<string>).data) as { etag: string; tab: string | null };
      if (said.tab !== this.api.tab) void this.file.changedOutside(said.etag);
    });
    events.addEventListener('progress', (event) => {
      this.proving = this.provingHere || (this.plan?.state === 'holds' && !this.plan.proven && this.upToDate);
      this.proofShare = (JSON.parse((event as MessageEvent<string>).data) as { share: number }).share;
    });
    events.addEventListener('crowd', (event) => {
      this.crowd.told(JSON.parse((event as MessageEvent<string>).data) as CrowdProgress, this.language);
    });
    events.addEventListener('open', () => {
      this.lost = false;
      if (this.loaded) void this.provenOutside(this.file.saved.etag);
    });
    events.addEventListener('error', () => { if (events.readyState !== EventSource.OPEN) this.lost = true; });
  }

  failed(error: unknown): void {
    if (error instanceof ServerError && error.code === 'superseded') {
      this.waiting = true;
      return;
    }
    if (error instanceof TypeError) this.lost = true; // nobody answers
    else this.notice = error instanceof Error ? error.message : String(error);
  }

  // ---- how it looks

  setLanguage(language: Language): void {
    this.language = language;
    localStorage.setItem('defilada-language', language);
    document.documentElement.lang = language;
    this.player?.setLanguage(language);
    void this.crowd.translate(language).catch(() => undefined);
    this.plan = null; // its sentences are of the other language
    void this.replan();
  }
  setTheme(theme: 'light' | 'dark'): void {
    this.theme = theme;
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem('defilada-theme', theme);
    this.player?.setTheme(theme);
  }
}
