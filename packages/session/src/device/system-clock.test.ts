import { expect, test } from 'vitest';
import { systemClock } from './system-clock.js';

/** Timers by hand: what was asked for, to be called by the test. */
function handTimers() {
  const waiting: { delayMs: number; call: () => void }[] = [];
  return {
    waiting,
    after: (delayMs: number, call: () => void) => (waiting.push({ delayMs, call }), () => undefined),
    end: () => undefined,
  };
}

test('[H07] a repeated timer aims at its grid: the delay of one call is taken off the next', () => {
  const timers = handTimers();
  const calls: number[] = [];
  systemClock(timers).every(1000, () => calls.push(timers.waiting.length));
  timers.waiting.at(0)?.call();
  // Called at once instead of after a second: the second turn is due two seconds after the start.
  expect(timers.waiting.at(1)?.delayMs).toBeGreaterThan(1900);
  expect(timers.waiting.at(1)?.delayMs).toBeLessThanOrEqual(2000);
  expect(calls).toEqual([2]);
});

test('[H07] time never goes back', () => {
  const clock = systemClock(handTimers());
  const instants = Array.from({ length: 1000 }, () => clock.nowMs());
  expect(instants).toEqual([...instants].sort((a, b) => a - b));
});
