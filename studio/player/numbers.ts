// SPDX-License-Identifier: MIT
/** A number as the language writes it: in groups of three from five digits on, as on the pages of the program. */
export function figure(language: string, value: number, digits = 0, leastDigits = digits): string {
  const plain = value.toLocaleString(language, { useGrouping: false, minimumFractionDigits: leastDigits, maximumFractionDigits: digits });
  return plain.replace(/^(\D?)(\d{5,})/, (_all, sign: string, whole: string) => sign + whole.replace(/\B(?=(\d{3})+$)/g, '\u202f'));
}

/** A noun as it follows a count: English tells one from many, Polish 1, 2 to 4 (22 to 24 …) and the rest. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const FORMS = {
  en: {
    contingents: { one: 'contingent', other: 'contingents' }, people: { one: 'person', other: 'people' }, movers: { one: 'mover', other: 'movers' },
    cues: { one: 'cue', other: 'cues' }, spectators: { one: 'spectator', other: 'spectators' },
  },
  pl: {
    contingents: { one: 'kolumna', few: 'kolumny', other: 'kolumn' }, people: { one: 'osoba', few: 'osoby', other: 'osób' }, movers: { other: 'w ruchu' },
    cues: { one: 'chwila', few: 'chwile', other: 'chwil' }, spectators: { one: 'widz', few: 'widzowie', other: 'widzów' },
  },
} as const satisfies Record<'en' | 'pl', Record<string, Forms>>;

export type Counted = keyof (typeof FORMS)['en'];

const RULES = { en: new Intl.PluralRules('en'), pl: new Intl.PluralRules('pl') };

/** "1 contingent", "11 158 people", "22 kolumny". */
export function counted(language: string, count: number, what: Counted): string {
  const own = language === 'pl' ? 'pl' : 'en';
  const forms: Forms = FORMS[own][what];
  return `${figure(own, count)} ${forms[RULES[own].select(count)] ?? forms.other}`;
}
