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

test('a key without words comes out as it is, never as nothing', () => {
  expect(say({ key: 'not.there' }, words)).toBe('not.there');
});

test('[H03] no sentence is empty', () => {
  const empty = Object.entries(englishWords.catalogue).filter(([, text]) => text.trim() === '');
  expect(empty).toEqual([]);
});
