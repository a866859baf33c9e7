import { expect, test } from 'vitest';
import { englishWords } from './english.js';
import { say, timeOfDay } from './say.js';

const words = {
  locale: 'en-GB',
  catalogue: { greet: 'Since {sinceMs}, {who}: {missing}', 'role.client': 'client' },
};

test('fills a sentence: instants as times of day, keys as words, and leaves a hole that nobody fills', () => {
  const atMs = Date.UTC(2026, 0, 5, 9, 5);
  expect(say({ key: 'greet', params: { sinceMs: atMs, who: 'role.client' } }, words)).toBe(
    `Since ${timeOfDay(atMs, 'en-GB')}, client: {missing}`,
  );
});

test('[B07] a day comes out with its month in words, in the language of the page; what is no day stays as it is', () => {
  const said = (day: string, locale: string): string =>
    say({ key: 'by', params: { dueOn: day } }, { locale, catalogue: { by: 'By {dueOn}.' } });
  expect(said('2026-11-04', 'en-GB')).toBe('By 4 November 2026.');
  expect(said('2026-11-04', 'de')).toBe('By 4. November 2026.');
  expect(said('2026-13-99', 'en-GB')).toBe('By 2026-13-99.');
  expect(said('soon', 'en-GB')).toBe('By soon.');
  // Words of a person are never taken for a day.
  const note = { key: 'wrote', params: { words: '2026-11-04' } };
  expect(say(note, { locale: 'en-GB', catalogue: { wrote: '{words}' } })).toBe('2026-11-04');
});

test('a key without words comes out as it is, never as nothing', () => {
  expect(say({ key: 'not.there' }, words)).toBe('not.there');
});

test('[H03] no sentence is empty', () => {
  const empty = Object.entries(englishWords.catalogue).filter(([, text]) => text.trim() === '');
  expect(empty).toEqual([]);
});
