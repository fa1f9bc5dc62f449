// SPDX-License-Identifier: MIT
import type { Contingent, Cue, Evolution, Head, Text } from './format';
import { figure } from './numbers';

/** What the player says, by language; names come from the show. */
const WORDS = {
  en: {
    cues: 'Cues', contingents: 'Contingents', findings: 'Findings', filter: 'Find…', play: 'Play', pause: 'Pause',
    previous: 'Previous cue', next: 'Next cue', slower: 'Slower', faster: 'Faster', speed: 'Speed', scene: '3-D', split: 'Both', map: 'Map',
    view: 'View', help: 'Keys', theme: 'Light or dark', language: 'Language', stand: 'Look from', stands: 'Look from a stand', overview: 'Overview',
    street: 'Street level', follow: 'Follow', fly: 'Fly to', close: 'Close',
    nothing: 'Nothing by that name.', noCues: 'This programme has no cues.', noFindings: 'No findings: the show keeps its rules.',
    noMovers: 'Nobody moves in this show.', infeasible: 'This programme cannot hold', short: 'short by',
    timeline: 'Time', peopleTerm: 'People', movers: 'Movers', shown: 'Shown',
    place: 'place', nextCue: 'Next', speedNow: 'Speed', gone: 'not on the ground now', critical: 'decides the length',
    starts: 'starts', ends: 'ends', stepsOff: 'steps off', headAt: 'head at', tailAt: 'tail clears', joins: 'joins the line', rankAt: 'rank at', entersHold: 'enters its hold',
    standsNow: 'stands in its place', abeam: 'the review passes', halts: 'halts', drivesOn: 'drives on',
    inPlace: 'in place', branch: 'branch', guests: 'Guests', arrives: 'arrives', greeted: 'is greeted', departs: 'drives off', there: 'is there',
    error: 'error', warning: 'warning', note: 'note', keys: 'Keyboard',
    spectators: 'Spectators', perSquare: 'per m²', mapKey: 'Colours', now: 'Now', orbitHint: 'Drag to turn, right button or Shift to move, wheel to come nearer',
  },
  pl: {
    cues: 'Chwile', contingents: 'Kolumny', findings: 'Uwagi', filter: 'Szukaj…', play: 'Odtwarzaj', pause: 'Wstrzymaj',
    previous: 'Poprzednia chwila', next: 'Następna chwila', slower: 'Wolniej', faster: 'Szybciej', speed: 'Prędkość', scene: '3-D', split: 'Oba', map: 'Mapa',
    view: 'Widok', help: 'Klawisze', theme: 'Jasny lub ciemny', language: 'Język', stand: 'Patrz z', stands: 'Patrz z trybuny', overview: 'Całość',
    street: 'Z poziomu ulicy', follow: 'Podążaj', fly: 'Leć do', close: 'Zamknij',
    nothing: 'Nie ma niczego o tej nazwie.', noCues: 'Ten program nie ma chwil.', noFindings: 'Brak uwag: pokaz trzyma się reguł.',
    noMovers: 'Nikt się w tym pokazie nie porusza.', infeasible: 'Ten program jest niewykonalny', short: 'brakuje',
    timeline: 'Czas', peopleTerm: 'Ludzie', movers: 'W ruchu', shown: 'Pokazane',
    place: 'miejsce', nextCue: 'Następnie', speedNow: 'Prędkość', gone: 'teraz poza terenem', critical: 'decyduje o długości',
    starts: 'początek', ends: 'koniec', stepsOff: 'rusza', headAt: 'czoło:', tailAt: 'koniec kolumny mija:', joins: 'wchodzi na linię', rankAt: 'szereg:', entersHold: 'wchodzi w oczekiwanie',
    standsNow: 'stoi na miejscu', abeam: 'mija przegląd', halts: 'zatrzymuje się', drivesOn: 'jedzie dalej',
    inPlace: 'w miejscu', branch: 'rodzaj wojsk', guests: 'Goście', arrives: 'przyjazd', greeted: 'powitanie', departs: 'odjazd', there: 'na miejscu',
    error: 'błąd', warning: 'ostrzeżenie', note: 'uwaga', keys: 'Klawiatura',
    spectators: 'Widzowie', perSquare: 'na m²', mapKey: 'Kolory', now: 'Teraz', orbitHint: 'Przeciągnij, aby obrócić; prawy przycisk lub Shift przesuwa; kółko przybliża',
  },
} as const;

/** Evolutions of a drill, as who does them is told. */
const EVOLUTIONS: Record<'en' | 'pl', Record<Evolution, string>> = {
  en: {
    'open order': 'opens order', 'close order': 'closes order', countermarch: 'countermarches', wheel: 'wheels',
    'form line': 'forms line', 'form column': 'forms column', dress: 'dresses', 'mark time': 'marks time',
  },
  pl: {
    'open order': 'rozluźnia szyk', 'close order': 'zwiera szyk', countermarch: 'kontrmarsz', wheel: 'zachodzi',
    'form line': 'rozwija się w linię', 'form column': 'zwija się w kolumnę', dress: 'równa', 'mark time': 'maszeruje w miejscu',
  },
};

export type Word = keyof (typeof WORDS)['en'];

export class Words {
  language: string;
  /** Those that the show has names in, English first. */
  readonly languages: string[];

  constructor(private readonly head: Head) {
    const found = new Set<string>(['en']);
    for (const text of [head.title, ...head.items.map((i) => i.label), ...head.contingents.map((c) => c.label)]) {
      for (const language of Object.keys(text)) found.add(language);
    }
    this.languages = [...found].sort((a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b));
    this.language = this.languages.includes(head.language) ? head.language : 'en';
  }

  say(word: Word): string {
    return this.language === 'pl' ? WORDS.pl[word] : WORDS.en[word];
  }

  name(text: Text): string {
    return text[this.language] ?? text['en'] ?? Object.values(text)[0] ?? '';
  }

  contingent(contingent: Contingent): string {
    return this.name(contingent.label) || capital(contingent.name);
  }

  number(value: number, digits = 0): string {
    return figure(this.language, value, digits);
  }

  /** "opens order: starts" */
  private evolution(cue: Cue, instant: 'starts' | 'ends'): string {
    const named = cue.evolution === null ? '' : EVOLUTIONS[this.language === 'pl' ? 'pl' : 'en'][cue.evolution];
    return `${named}: ${this.say(instant)}`;
  }

  /** "Army – head at salute line" */
  cue(cue: Cue): { who: string; what: string } {
    const station = cue.station === null ? '' : this.head.site.stations[cue.station].name;
    const item = cue.item === null ? undefined : this.head.items.find((i) => i.id === cue.item);
    const contingent = cue.contingent === null ? undefined : this.head.contingents[cue.contingent];
    const who = contingent ? this.contingent(contingent) : item ? this.name(item.label) || capital(item.name) : cue.label;
    switch (cue.what) {
      case 'item_start': return { who, what: this.say('starts') };
      case 'item_end': return { who, what: this.say('ends') };
      case 'step_off': return { who, what: this.say(contingent?.air ? 'joins' : 'stepsOff') };
      case 'head': return { who, what: `${this.say('headAt')} ${station}` };
      case 'tail': return { who, what: `${this.say('tailAt')} ${station}` };
      case 'enters_hold': return { who, what: this.say('entersHold') };
      case 'stands': return { who, what: this.say('standsNow') };
      case 'abeam': return { who, what: this.say('abeam') };
      case 'halts': return { who, what: this.say('halts') };
      case 'drives_on': return { who, what: this.say('drivesOn') };
      case 'arrives': return { who, what: this.say('arrives') };
      case 'greeted': return { who, what: this.say('greeted') };
      case 'departs': return { who, what: this.say('departs') };
      case 'there': return { who, what: this.say('there') };
      case 'evolution_starts': return { who, what: this.evolution(cue, 'starts') };
      case 'evolution_ends': return { who, what: this.evolution(cue, 'ends') };
      case 'rank': return { who, what: `${this.say('rankAt')} ${station}` };
    }
  }
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
