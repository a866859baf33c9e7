import { expect, test } from 'vitest';
import { rateLimit } from './rate-limit.js';

test('a burst passes, a flood does not, and after a pause it passes again', () => {
  let nowMs = 0;
  const mayGoOn = rateLimit(() => nowMs);
  const passed = (count: number): number => Array.from({ length: count }, mayGoOn).filter(Boolean).length;
  expect(passed(250)).toBe(200);
  nowMs += 1000;
  expect(passed(100)).toBe(40);
  nowMs += 60_000;
  expect(passed(500)).toBe(200);
});
