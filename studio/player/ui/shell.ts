// SPDX-License-Identifier: MIT
import { nearestSecond, SPEEDS } from '../clock';
import { Anchors } from '../anchors';
import { countsOf } from '../format';
import { type Page, press } from '../keys';
import { Labels } from '../labels';
import type { Player, Change } from '../player';
import { attachPointer } from '../pointer';
import type { Mode } from '../stage';
import { Card } from './card';
import { h, icon, setText } from './dom';
import { Help } from './help';
import { Legend } from './legend';
import { ContingentList, CueList, FindingList, type List } from './lists';
import { ScaleBar } from './scale';
import { Timeline } from './timeline';

type Tab = 'cues' | 'contingents' | 'findings';
const MODES: [Mode, 'scene' | 'split' | 'map'][] = [['3d', 'scene'], ['split', 'split'], ['map', 'map']];

/** Everything round the stage: title, lists, clock, keys. */
export class Shell implements Page {
  private readonly lists: Record<Tab, List>;
  private tab: Tab = 'cues';
  private readonly card: Card;
  private readonly timeline: Timeline;
  private readonly help: Help;
  private readonly legend: Legend;
  private readonly scale: ScaleBar;
  private readonly anchors: Anchors;
  private readonly sceneLabels: Labels;
  private readonly mapLabels: Labels;
  private readonly layer = h('div', { class: 'labels', 'aria-hidden': 'true' });
  private readonly now = h('output', { class: 'now', 'aria-live': 'off' });
  private readonly item = h('p', { class: 'now-item' });
  private readonly search = h('input', { type: 'search', class: 'search', autocomplete: 'off', spellcheck: 'false' });
  private readonly side = h('aside', { class: 'side' });
  private readonly bar = h('header', { class: 'bar' });
  private readonly transport = h('footer', { class: 'transport' });
  private readonly view = h('main', { class: 'view' });
  private stand = -1;
  private second = NaN; // that the clock shows

  constructor(private readonly root: HTMLElement, canvas: HTMLCanvasElement, private readonly player: Player) {
    this.lists = { cues: new CueList(player), contingents: new ContingentList(player), findings: new FindingList(player) };
    this.card = new Card(player);
    this.timeline = new Timeline(player);
    this.help = new Help(player);
    this.legend = new Legend(player);
    this.scale = new ScaleBar(player);
    this.anchors = new Anchors(player);
    this.sceneLabels = new Labels(this.layer);
    this.mapLabels = new Labels(this.layer);
    this.view.append(canvas, this.layer, this.card.element, this.legend.element, this.scale.element, this.help.element);
    root.replaceChildren(this.bar, this.side, this.view, this.transport);
    this.search.addEventListener('input', () => this.lists[this.tab].filter(this.search.value));
    attachPointer(canvas, () => player);
    addEventListener('keydown', (event) => this.key(event));
    new ResizeObserver(() => this.resize()).observe(this.view);
    player.listen((change) => this.changed(change));
    this.rebuild();
    this.resize();
    this.fitMap();
  }

  /** After each frame. */
  update(): void {
    const { player } = this;
    const { panes, fly, map } = player.stage;
    this.anchors.update();
    this.sceneLabels.update(this.anchors.list, fly.camera, panes.scene, 3000, false);
    this.mapLabels.update(this.anchors.list, map.camera, panes.map, Infinity, true);
    const second = nearestSecond(player.clock.time_s);
    if (second !== this.second) {
      this.second = second;
      setText(this.now, player.wall.text(player.clock.time_s));
      setText(this.item, this.itemNow());
    }
    (this.lists.cues as CueList).update(player.currentCue());
    this.timeline.update();
    this.card.update();
    this.scale.update();
  }

  toggleHelp(): void {
    this.help.toggle();
  }
  findInList(): void {
    this.root.classList.add('with-side');
    this.search.focus();
    this.search.select();
  }
  nextStand(): void {
    const count = this.player.stage.site.stands.length;
    if (count === 0) return;
    this.stand = (this.stand + 1) % count;
    this.player.lookFrom(this.stand);
  }
  toggleTheme(): void {
    this.player.setTheme(this.player.stage.theme === 'light' ? 'dark' : 'light');
  }
  nextLanguage(): void {
    const { words } = this.player;
    this.player.setLanguage(words.languages[(words.languages.indexOf(words.language) + 1) % words.languages.length]);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const target = event.target as HTMLElement;
    if (target.matches('input, select')) {
      if (event.key === 'Escape') target.blur();
      return;
    }
    if (event.key === ' ' && target.matches('button')) return; // presses that button
    if (event.key === 'Escape' && this.help.open) {
      this.help.toggle();
    } else if (!press(event.key.length === 1 ? event.key.toLowerCase() : event.key, event.shiftKey, this.player, this)) {
      return;
    }
    event.preventDefault();
  }

  private changed(change: Change): void {
    if (change === 'language' || change === 'theme') this.rebuild();
    else if (change === 'choice') this.card.rebuild();
    else if (change === 'mode') this.resize();
    if (change === 'mode' || change === 'playing') {
      this.buildBar();
      this.buildTransport();
    }
  }

  private rebuild(): void {
    const { player } = this;
    document.documentElement.lang = player.words.language;
    document.documentElement.dataset['theme'] = player.stage.theme;
    document.title = player.words.name(player.head.title);
    this.second = NaN;
    this.buildBar();
    this.buildSide();
    this.buildTransport();
    for (const list of Object.values(this.lists)) list.rebuild();
    this.anchors.rename();
    this.card.rebuild();
    this.legend.rebuild();
    this.help.rebuild();
  }

  private buildBar(): void {
    const { player } = this;
    const { words, head, stage } = player;
    const button = (name: Parameters<typeof icon>[0], label: string, act: () => void): HTMLElement =>
      h('button', { type: 'button', class: 'icon', title: label, 'aria-label': label, onclick: act }, icon(name));
    const modes = h('div', { class: 'segments', role: 'group', 'aria-label': words.say('view') },
      ...MODES.map(([mode, word]) => h('button', {
        type: 'button', 'aria-pressed': String(stage.mode === mode), onclick: () => player.setMode(mode),
      }, words.say(word))));
    const stands = h('select', { 'aria-label': words.say('stands'), title: words.say('stands') },
      h('option', { value: '' }, `${words.say('stand')}…`),
      ...stage.site.stands.map((stand, i) => h('option', { value: i }, stand.area.name)));
    stands.addEventListener('change', () => {
      if (stands.value !== '') player.lookFrom(Number(stands.value));
      stands.value = '';
      stands.blur();
    });
    stands.hidden = stage.site.stands.length === 0;
    const languages = h('button', {
      type: 'button', class: 'text', title: words.say('language'), 'aria-label': `${words.say('language')}: ${words.language}`,
      onclick: () => this.nextLanguage(),
    }, words.language.toUpperCase());
    languages.hidden = words.languages.length < 2;
    const date = new Date(`${head.midnight.slice(0, 10)}T12:00:00Z`).toLocaleDateString(words.language,
      { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
    this.bar.replaceChildren(
      button('menu', words.say('cues'), () => this.toggleSide()),
      h('div', { class: 'title' }, h('h1', {}, words.name(head.title)), h('p', {}, `${date} · ${head.zone.replaceAll('_', ' ')}`)),
      modes,
      h('div', { class: 'cameras' },
        h('button', { type: 'button', class: 'text', onclick: () => player.overview() }, words.say('overview')),
        h('button', { type: 'button', class: 'text', onclick: () => player.street() }, words.say('street')), stands),
      h('div', { class: 'tools' }, languages,
        button('theme', words.say('theme'), () => this.toggleTheme()), button('help', words.say('help'), () => this.toggleHelp())));
  }

  private buildSide(): void {
    const { words, head } = this.player;
    this.search.placeholder = words.say('filter');
    this.search.setAttribute('aria-label', words.say('filter'));
    const counts: Record<Tab, number> = { ...countsOf(head), findings: head.findings.length };
    const tabs = h('div', { class: 'tabs', role: 'tablist' }, ...(Object.keys(this.lists) as Tab[]).map((tab) =>
      h('button', {
        type: 'button', role: 'tab', id: `tab-${tab}`, 'aria-selected': String(tab === this.tab), 'aria-controls': 'list',
        onclick: () => this.openTab(tab),
      }, words.say(tab), h('span', { class: 'count' }, String(counts[tab])))));
    const body = h('div', { class: 'list', id: 'list', role: 'tabpanel', 'aria-labelledby': `tab-${this.tab}`, tabindex: -1 });
    body.append(this.lists[this.tab].panel);
    this.side.setAttribute('aria-label', words.say(this.tab));
    this.side.replaceChildren(tabs, this.search, body);
  }

  private buildTransport(): void {
    const { player } = this;
    const { words, clock } = player;
    const button = (name: Parameters<typeof icon>[0], label: string, act: () => void, more = ''): HTMLElement =>
      h('button', { type: 'button', class: `icon ${more}`, title: label, 'aria-label': label, onclick: act }, icon(name));
    const speeds = h('select', { 'aria-label': words.say('speed'), title: words.say('speed') },
      ...SPEEDS.map((speed) => h('option', { value: speed }, `×${speed}`)));
    speeds.value = String(clock.speed);
    speeds.addEventListener('change', () => {
      player.setSpeed(Number(speeds.value));
      speeds.blur();
    });
    this.transport.replaceChildren(
      h('div', { class: 'controls' },
        button('previous', words.say('previous'), () => player.step(-1)),
        button(clock.playing ? 'pause' : 'play', words.say(clock.playing ? 'pause' : 'play'), () => player.toggle(), 'primary'),
        button('next', words.say('next'), () => player.step(1)), speeds),
      h('div', { class: 'clock' }, this.now, this.item), this.timeline.element);
  }

  private toggleSide(): void {
    const narrow = matchMedia('(max-width: 1000px)').matches;
    this.root.classList.toggle(narrow ? 'with-side' : 'without-side');
  }

  private openTab(tab: Tab): void {
    this.tab = tab;
    this.search.value = '';
    this.buildSide();
    this.lists[tab].filter('');
    (this.lists.cues as CueList).forget();
    this.side.querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
  }

  private itemNow(): string {
    const { head, words, clock } = this.player;
    let name = '';
    for (const item of head.items) {
      if (item.start_s <= clock.time_s && clock.time_s < item.end_s) name = words.name(item.label) || item.name;
    }
    return name;
  }

  private resize(): void {
    const box = this.view.getBoundingClientRect();
    this.player.stage.resize(Math.round(box.width), Math.round(box.height));
  }

  private fitMap(): void {
    const { head, stage } = this.player;
    const points = head.site.areas.filter((area) => area.use !== 'area').flatMap((area) => area.outer);
    const fallback = head.site.routes.filter((route) => !route.air).flatMap((route) => route.line);
    const box = this.view.getBoundingClientRect();
    stage.map.fit(points.length > 0 ? points : fallback, box.width, box.height);
  }
}
