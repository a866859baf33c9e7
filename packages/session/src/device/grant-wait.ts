import type { Clock } from '../ports.js';

/** The session server gives a grant by itself; one that does not come is asked for. */
const GRANT_WITHIN_MS = 3000;

/** Asks for a grant that should have come and has not, again each time that the answer does not come in time. */
export class GrantWait {
  readonly #clock: Clock;
  readonly #ask: () => void;
  #sinceMs: number | null = null;

  constructor(clock: Clock, ask: () => void) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** To be called often. */
  look(isMissing: boolean): void {
    const nowMs = this.#clock.nowMs();
    this.#sinceMs = isMissing ? (this.#sinceMs ?? nowMs) : null;
    if (this.#sinceMs === null || nowMs - this.#sinceMs < GRANT_WITHIN_MS) return;
    this.#sinceMs = nowMs;
    this.#ask();
  }

  came(): void {
    this.#sinceMs = null;
  }
}
