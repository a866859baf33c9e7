import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOf, dayOf } from './date-of.js';

test('[X2] dates by arithmetic are the calendar dates', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) }), (atMs) => {
      expect(dateOf(atMs)).toBe(new Date(atMs).toISOString().slice(0, 10));
    }),
  );
});

test.each([
  ['1970-02-28', '1970-03-01'],
  ['2000-02-29', '2000-03-01'],
  ['2100-02-28', '2100-03-01'],
  ['2400-02-29', '2400-03-01'],
])('[X2] after %s comes %s', (eve, day) => {
  const atMs = Date.parse(day);
  expect([dateOf(atMs - 1), dateOf(atMs)]).toEqual([eve, day]);
});

test('[W6][I27] the day of what was said offline is the day on which it was said, not the one on which it came', () => {
  const [eve, day] = [Date.UTC(2025, 0, 30, 23, 59), Date.UTC(2025, 0, 31)];
  expect(dayOf({ saidAtMs: eve, atMs: day })).toBe('2025-01-30');
  expect(dayOf({ saidAtMs: null, atMs: day })).toBe('2025-01-31');
});
