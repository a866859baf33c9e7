import type { Instant } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';

/** Timers of Node go up to about 24.8 days; a longer wait is taken in parts by whoever set it. */
const MOST_DELAY_MS = 2 ** 31 - 1;

/** The clock of a session server: besides, what the machine's own clock shows, so that its sleep can be told (H07). */
export interface MachineClock extends Clock {
  /** Milliseconds since the Unix epoch, as the machine has it: it may be set. Without it, no sleep is noticed. */
  wallMs?(): Instant;
}

/**
 * The clock of this process: wall time at the start plus monotonic time since, so that a changed system clock moves no
 * deadline while the process lives (H07). The only file of this package that touches the globals of time.
 */
export const systemClock: MachineClock = {
  nowMs: () => Math.floor(performance.timeOrigin + performance.now()),
  wallMs: () => Date.now(),
  after(delayMs, call) {
    const timer = setTimeout(call, Math.min(Math.max(0, delayMs), MOST_DELAY_MS));
    return () => clearTimeout(timer);
  },
  every(everyMs, call) {
    const timer = setInterval(call, everyMs);
    return () => clearInterval(timer);
  },
};

/** For what is compared with another machine's clock: a signature's timestamp. It follows a sleep of this machine and NTP. */
export const wallClock: Clock = { ...systemClock, nowMs: () => Date.now() };
