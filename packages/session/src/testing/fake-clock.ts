import type { Clock } from '../ports.js';

interface Timer {
  readonly dueAtMs: number;
  readonly call: () => void;
}

/** Lets what was promised happen: promises that wait for promises need a few turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 25; turn += 1) await Promise.resolve();
}

/** Time that stands still until it is told to go on; goes from deadline to deadline, in order. */
export class FakeClock implements Clock {
  #nowMs: number;
  #timers: Timer[] = [];

  constructor(startMs = 1_700_000_000_000) {
    this.#nowMs = startMs;
  }

  /** The instant at which it stands, in milliseconds. */
  nowMs(): number {
    return this.#nowMs;
  }

  /** Called once `advance` passes the instant. */
  after(delayMs: number, call: () => void): () => void {
    const timer = { dueAtMs: this.#nowMs + Math.max(0, delayMs), call };
    this.#timers.push(timer);
    return () => this.#remove(timer);
  }

  /** Called each time that `advance` passes an interval. */
  every(everyMs: number, call: () => void): () => void {
    let cancel = this.after(everyMs, tick);
    const again = () => (cancel = this.after(everyMs, tick));
    function tick(): void {
      again();
      call();
    }
    return () => cancel();
  }

  /** Every timer that falls due on the way is called at its own instant. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    await settle();
    for (;;) {
      const next = this.#timers.reduce<Timer | null>(
        (soonest, timer) => (soonest === null || timer.dueAtMs < soonest.dueAtMs ? timer : soonest),
        null,
      );
      if (next === null || next.dueAtMs > untilMs) break;
      this.#remove(next);
      this.#nowMs = Math.max(this.#nowMs, next.dueAtMs);
      next.call();
      await settle();
    }
    this.#nowMs = untilMs;
  }

  /** The machine slept, or its clock jumped: no timer ran meanwhile. */
  jump(byMs: number): void {
    this.#nowMs += byMs;
  }

  #remove(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
  }
}
