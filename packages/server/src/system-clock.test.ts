import { afterEach, expect, test, vi } from 'vitest';
import { systemClock, wallClock } from './system-clock.js';

afterEach(() => {
  vi.useRealTimers();
});

test('[H07] the clock of deadlines does not follow a changed system clock; that of signatures does (H22)', () => {
  const [before, wallBefore] = [systemClock.nowMs(), Date.now()];
  vi.useFakeTimers({ toFake: ['Date'], now: wallBefore + 3_600_000 });
  expect(systemClock.nowMs() - before).toBeLessThan(60_000);
  expect(wallClock.nowMs()).toBe(wallBefore + 3_600_000);
});
