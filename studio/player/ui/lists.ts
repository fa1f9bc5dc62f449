// SPDX-License-Identifier: MIT
import type { Player } from '../player';
import { counted } from '../numbers';
import { h } from './dom';

/** One list of the side panel: rows that can be searched, one of them current. */
export abstract class List {
  readonly element = h('ul', { class: 'rows' });
  protected rows: { element: HTMLElement; text: string }[] = [];
  private readonly empty = h('p', { class: 'empty' });
  readonly panel = h('div', { class: 'panel' }, this.element, this.empty);
  private filtered = '';

  constructor(protected readonly player: Player) {}

  /** Builds the rows anew: another language. */
  rebuild(): void {
    this.rows = this.make();
    this.element.replaceChildren(...this.rows.map((row) => row.element));
    this.filter(this.filtered);
  }

  filter(text: string): void {
    this.filtered = text.trim().toLowerCase();
    let shown = 0;
    for (const row of this.rows) {
      row.element.hidden = this.filtered !== '' && !row.text.includes(this.filtered);
      if (!row.element.hidden) shown += 1;
    }
    this.empty.hidden = shown > 0;
    this.empty.textContent = this.rows.length === 0 ? this.none() : this.player.words.say('nothing');
  }

  protected abstract make(): { element: HTMLElement; text: string }[];
  protected abstract none(): string;
}

export class CueList extends List {
  private current = -1;
  private held_ms = -Infinity;

  constructor(player: Player) {
    super(player);
    // Whoever scrolls the list themselves is left alone for a while.
    this.panel.addEventListener('wheel', () => (this.held_ms = performance.now()), { passive: true });
    this.panel.addEventListener('pointerdown', () => (this.held_ms = performance.now()));
  }

  protected none(): string {
    return this.player.words.say('noCues');
  }

  protected make(): { element: HTMLElement; text: string }[] {
    const { head, words, wall } = this.player;
    this.current = -1;
    return head.cues.map((cue, index) => {
      const { who, what } = words.cue(cue);
      const clock = wall.text(cue.t_s);
      const dot = h('span', { class: cue.contingent === null ? '' : 'dot' });
      if (cue.contingent !== null) dot.style.background = this.player.stage.colours[cue.contingent];
      const button = h('button', { type: 'button', onclick: () => this.player.jump(index) },
        h('span', { class: 'time' }, clock), dot,
        h('span', { class: 'who' }, who), h('span', { class: 'what' }, what));
      const row = h('li', { class: cue.what.startsWith('item') ? 'item' : '' }, button);
      if (cue.critical) row.classList.add('critical');
      return { element: row, text: `${clock} ${who} ${what}`.toLowerCase() };
    });
  }

  /** Lets the next update() show the current cue again. */
  forget(): void {
    this.rows[this.current]?.element.removeAttribute('aria-current');
    this.current = -1;
    this.held_ms = -Infinity;
    this.player.stage.touch();
  }

  /** Marks the last cue that has happened, and keeps it in sight. */
  update(current: number): void {
    if (current === this.current) return;
    this.rows[this.current]?.element.removeAttribute('aria-current');
    this.current = current;
    const row = this.rows[current]?.element;
    if (row === undefined) {
      this.panel.scrollTop = 0;
      return;
    }
    row.setAttribute('aria-current', 'true');
    if (performance.now() - this.held_ms < 4000 || row.hidden || row.offsetParent === null) return;
    const panel = this.panel;
    panel.scrollTop = row.offsetTop - panel.clientHeight * 0.4;
  }
}

export class ContingentList extends List {
  protected none(): string {
    return this.player.words.say('noMovers');
  }

  protected make(): { element: HTMLElement; text: string }[] {
    const { head, words, stage } = this.player;
    const rows: { element: HTMLElement; text: string }[] = [];
    let group: string | undefined;
    head.contingents.forEach((contingent, index) => {
      const next = contingent.guest === true ? words.say('guests') : contingent.procession ?? words.say('inPlace');
      if (next !== group) {
        group = next;
        const title = h('li', { class: 'group' }, group);
        rows.push({ element: title, text: '' });
      }
      const dot = h('span', { class: 'dot' });
      dot.style.background = stage.colours[index];
      const name = words.contingent(contingent);
      const button = h('button', { type: 'button', onclick: () => this.player.flyTo(index) },
        h('span', { class: 'time' }, contingent.place > 0 ? String(contingent.place) : '–'), dot,
        h('span', { class: 'who' }, name), h('span', { class: 'what' }, counted(words.language, contingent.people, 'people')));
      rows.push({ element: h('li', {}, button), text: `${name} ${contingent.name} ${Object.values(contingent.attributes).join(' ')}`.toLowerCase() });
    });
    return rows;
  }
}

export class FindingList extends List {
  protected none(): string {
    return this.player.words.say('noFindings');
  }

  protected make(): { element: HTMLElement; text: string }[] {
    const { head, words, wall } = this.player;
    const conflicts = head.conflicts.map((conflict) => {
      const title = `${words.say('infeasible')} (${words.say('short')} ${words.number(conflict.short_by_s, 1)} s)`;
      const lines = conflict.statements.map((statement) => h('span', { class: 'message' }, statement));
      return { element: h('li', { class: 'conflict' }, h('span', { class: 'badge error' }, title), ...lines), text: conflict.statements.join(' ').toLowerCase() };
    });
    return conflicts.concat(head.findings.map((finding) => {
      const time = finding.t0_s === null ? '' : wall.text(finding.t0_s);
      const button = h('button', { type: 'button', class: 'finding', onclick: () => this.player.show(finding) },
        h('span', { class: `badge ${finding.severity}` }, words.say(finding.severity)),
        h('span', { class: 'time' }, time), h('span', { class: 'message' }, finding.message));
      return { element: h('li', {}, button), text: finding.message.toLowerCase() };
    }));
  }
}
