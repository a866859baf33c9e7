import { expect, test } from 'vitest';
import { countSignal, NO_PRESSES, type SignalPress } from './signal-presses.js';

const press = (of: SignalPress['of'], atMs: number): SignalPress => ({ of, atMs });
const isSignalAfter = (presses: readonly SignalPress[]): boolean => {
  let count = NO_PRESSES;
  return presses.some((one) => {
    const counted = countSignal(count, one);
    count = counted.count;
    return counted.isSignal;
  });
};

test.each([
  ['three presses of the key within 3 s', [0, 1000, 2999].map((atMs) => press('key', atMs)), true],
  ['three taps on the headline', [0, 1000, 2999].map((atMs) => press('headline', atMs)), true],
  [
    'the third after 3 s does not count with the first',
    [0, 1000, 3000].map((atMs) => press('key', atMs)),
    false,
  ],
  ['two of one and one of the other', [press('key', 0), press('key', 1), press('headline', 2)], false],
  [
    'anything in between starts anew',
    [press('key', 0), press('key', 1), press('other', 2), press('key', 3)],
    false,
  ],
])('[Q3][C16] %s', (_title, presses, expected) => {
  expect(isSignalAfter(presses)).toBe(expected);
});
