// SPDX-License-Identifier: MIT
import { describe, expect, it } from 'vitest';
import { counted, figure } from '../../player/numbers';

describe('a number', () => {
  it('is in groups from five digits on, in every language alike', () => {
    expect([999, 9999, 10_000, -12_345, 1_234_567.25].map((n) => figure('en', n))).toEqual(['999', '9999', '10\u202f000', '-12\u202f345', '1\u202f234\u202f567']);
    expect(figure('pl', 12_345.5, 1)).toBe('12\u202f345,5');
    expect([2, 2.25].map((n) => figure('en', n, 1, 0))).toEqual(['2', '2.3']);
  });
});

describe('a count with its noun', () => {
  it('is one or many in English', () => {
    expect([0, 1, 2, 21].map((n) => counted('en', n, 'contingents'))).toEqual(['0 contingents', '1 contingent', '2 contingents', '21 contingents']);
    expect(counted('en', 1, 'people')).toBe('1 person');
    expect(counted('en', 11_158, 'people')).toBe('11\u202f158 people');
  });
  it('has three forms in Polish', () => {
    expect([0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 104, 112].map((n) => counted('pl', n, 'contingents'))).toEqual([
      '0 kolumn', '1 kolumna', '2 kolumny', '4 kolumny', '5 kolumn', '11 kolumn', '12 kolumn', '14 kolumn', '21 kolumn', '22 kolumny', '104 kolumny', '112 kolumn',
    ]);
    expect([1, 3, 7].map((n) => counted('pl', n, 'people'))).toEqual(['1 osoba', '3 osoby', '7 osób']);
    expect([1, 3, 7].map((n) => counted('pl', n, 'movers'))).toEqual(['1 w ruchu', '3 w ruchu', '7 w ruchu']);
  });
});
