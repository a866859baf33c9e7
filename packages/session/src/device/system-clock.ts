import type { Clock } from '../ports.js';
import { workerTimers, type Timers } from './worker-timers.js';

/**
 * The clock of this page: wall time at the start plus monotonic time since, so that a changed system clock moves
 * nothing (H07). Timers come from a worker where there is one.
 */
export function systemClock(timers: Timers = workerTimers()): Clock {
  const nowMs = () => Math.floor(performance.timeOrigin + performance.now());
  return {
    nowMs,
    after: (delayMs, call) => timers.after(delayMs, call),
    every(everyMs, call) {
      let dueAtMs = nowMs() + everyMs;
      let cancel = timers.after(everyMs, tick);
      function tick(): void {
        // Aimed at a grid, so that small delays do not add up; after a freeze it goes on from now.
        dueAtMs = Math.max(dueAtMs + everyMs, nowMs());
        cancel = timers.after(dueAtMs - nowMs(), tick);
        call();
      }
      return () => cancel();
    },
  };
}
