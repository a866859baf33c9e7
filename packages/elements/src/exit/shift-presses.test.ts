import { expect, test } from 'vitest';
import { countPresses, type KeyPress } from './shift-presses.js';

const press = (atMs: number, change: Partial<KeyPress> = {}): KeyPress => ({
  key: 'Shift',
  atMs,
  isTyping: false,
  isRepeat: false,
  ...change,
});
const isExitAfter = (presses: readonly KeyPress[]): boolean => {
  let countedMs: readonly number[] = [];
  return presses.some((one) => {
    const counted = countPresses(countedMs, one);
    countedMs = counted.countedMs;
    return counted.isExit;
  });
};

test.each([
  ['three within 5 s leave', [0, 2000, 4999].map((atMs) => press(atMs)), true],
  ['the third after 5 s does not count with the first', [0, 2000, 5000].map((atMs) => press(atMs)), false],
  ['another key in between starts anew', [press(0), press(1), press(2, { key: 'a' }), press(3)], false],
  [
    'a key that is held down counts once',
    [press(0), press(1, { isRepeat: true }), press(2, { isRepeat: true })],
    false,
  ],
  ['typing starts anew', [press(0), press(1), press(2, { isTyping: true })], false],
])('[H12] %s', (_title, presses, expected) => {
  expect(isExitAfter(presses)).toBe(expected);
});
