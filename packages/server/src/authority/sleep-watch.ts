import type { Instant } from '@holdfast/protocol';
import type { MachineClock } from '../system-clock.js';

/** More than this between two looks is no drift and no slewing: the machine slept, or its clock was set. */
const GAP_FROM_MS = 2000;

/**
 * Finds out that the machine slept, or that its virtual machine was paused: on many systems the clock of a process
 * stands still meanwhile, and the machine's own clock does not (H07).
 */
export class SleepWatch {
  readonly #clock: MachineClock;
  #aheadMs: number;
  /** The machine's clock was set back by this much, and not forward again. */
  #setBackMs = 0;

  constructor(clock: MachineClock) {
    this.#clock = clock;
    this.#aheadMs = this.#wallAheadMs();
  }

  /** How long the process's clock stood still since the last look; 0 nearly always. */
  sleptMs(): number {
    const aheadMs = this.#wallAheadMs();
    const gapMs = aheadMs - this.#aheadMs;
    this.#aheadMs = aheadMs;
    if (gapMs < -GAP_FROM_MS) this.#setBackMs -= gapMs;
    if (gapMs <= GAP_FROM_MS) return 0;
    // A clock that was set back by mistake and is put right again: no time has passed that nobody counted.
    const isPutRight = this.#setBackMs > 0 && Math.abs(gapMs - this.#setBackMs) <= GAP_FROM_MS;
    if (isPutRight) this.#setBackMs = 0;
    return isPutRight ? 0 : gapMs;
  }

  #wallAheadMs(): Instant {
    const nowMs = this.#clock.nowMs();
    return (this.#clock.wallMs?.() ?? nowMs) - nowMs;
  }
}
