import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameJson } from './same-json.js';

const text = (value: unknown): string | undefined => JSON.stringify(value);

test('[R5] is what comparing the texts says, for any two values', () => {
  const value = fc.object({
    key: fc.constantFrom('a', 'b', 'c'),
    maxKeys: 3,
    maxDepth: 2,
    values: [fc.constantFrom(0, 1, '', 'a', null, true, undefined)],
    withNullPrototype: false,
  });
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(isSameJson(a, b)).toBe(text(a) === text(b));
      expect(isSameJson(a, structuredClone(a))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test.each<readonly [unknown, unknown, string]>([
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, 'another order of keys'],
  [[1, 2], [1], 'a shorter list'],
  [[1], [1, 2], 'a longer list'],
  [[], {}, 'a list and an object'],
  [[], { length: 0 }, 'a list and what looks like one'],
  [{ length: 0 }, [], 'what looks like a list and one'],
  [0, {}, 'a number and an object'],
  ['', {}, 'a text and an object'],
  [{}, false, 'an object and no'],
  [{ a: null }, {}, 'null and nothing'],
  [null, {}, 'null and an object'],
])('tells %j from %j: %s', (a, b, _) => {
  expect(isSameJson(a, b)).toBe(false);
});

test('what is undefined is not in the text, and null in a list', () => {
  expect(isSameJson({ a: undefined, b: 1 }, { b: 1 })).toBe(true);
  expect(isSameJson([undefined], [null])).toBe(true);
});
