import { randomUUID } from 'node:crypto';
import type { Actor, Instant } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';
import type { Desk } from './desk.js';
import { inputOf } from './input-of.js';

/** Later than this is a fault of ours and is recorded (design, "Watchdog"). */
const OVERDUE_AFTER_MS = 1000;
/** A timer longer than this is taken in parts. */
const LONGEST_WAIT_MS = 60_000;
/** After a firing that left the same deadline behind. */
const AGAIN_AFTER_MS = 250;

export const CLOCK: Actor = { person: null, role: null, source: 'clock', device: null };

export interface DeadlineOptions {
  readonly clock: Clock;
  readonly nowMs: () => Instant;
  readonly desks: () => Iterable<Desk>;
  readonly onProblem: () => void;
  /** A deadline is late, or came late: said on the screens of the staff (rule V7). */
  readonly onLate: (desk: Desk, dueAtMs: Instant) => void;
}

/** Tells each session in time that its deadline has come. The deadline itself is data in the session, never a timer. */
export class DeadlineClock {
  readonly #options: DeadlineOptions;
  readonly #firing = new Set<Desk>();
  readonly #notBefore = new Map<Desk, Instant>();
  /** The deadline whose lateness is in the record already. */
  readonly #noted = new WeakMap<Desk, Instant>();
  #cancel = (): void => {};
  #startedAtMs: Instant = 0;
  #worstLateMs = 0;
  #isClosed = false;

  constructor(options: DeadlineOptions) {
    this.#options = options;
  }

  /** Before any session is there: what should have come before this counts as due now. */
  start(): void {
    this.#startedAtMs = this.#options.nowMs();
  }

  /** The worst lateness so far, in milliseconds; what passed before this process was there does not count. */
  get worstLateMs(): number {
    return this.#worstLateMs;
  }

  /** A step was made, by whatever input was the first after its instant. */
  stepped(desk: Desk, dueAtMs: Instant): void {
    this.#noteIfLate(desk, dueAtMs);
  }

  /** Looks for what should have come and has not, whatever holds it up. */
  lookForLate(): void {
    for (const desk of this.#options.desks()) {
      const { nextDeadlineMs } = desk.live;
      if (nextDeadlineMs !== null) this.#noteIfLate(desk, nextDeadlineMs);
    }
  }

  /** Deadlines may have changed. */
  reset(): void {
    this.#cancel();
    if (this.#isClosed) return;
    const { clock, nowMs, desks } = this.#options;
    const waiting = [...desks()].map((desk) => this.#dueAtMs(desk)).filter((dueAtMs) => dueAtMs !== null);
    if (waiting.length === 0) return;
    const delayMs = Math.max(0, Math.min(...waiting) - nowMs());
    this.#cancel = clock.after(Math.min(delayMs, LONGEST_WAIT_MS), () => this.#wake());
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }

  #dueAtMs(desk: Desk): Instant | null {
    const dueAtMs = desk.live.nextDeadlineMs;
    if (dueAtMs === null || this.#firing.has(desk)) return null;
    return Math.max(dueAtMs, this.#notBefore.get(desk) ?? 0);
  }

  #wake(): void {
    const atMs = this.#options.nowMs();
    for (const desk of this.#options.desks()) {
      const dueAtMs = this.#dueAtMs(desk);
      if (dueAtMs !== null && dueAtMs <= atMs) void this.#fire(desk, desk.live.nextDeadlineMs ?? dueAtMs);
    }
    this.reset();
  }

  async #fire(desk: Desk, dueAtMs: Instant): Promise<void> {
    const { nowMs, onProblem } = this.#options;
    this.#firing.add(desk);
    // Not awaited to be durable: while the store is gone, deadlines go on.
    void desk.live.take(inputOf({ type: 'clock.reached' }, CLOCK, `clock-${randomUUID()}`)).catch(onProblem);
    this.#noteIfLate(desk, dueAtMs);
    await desk.live.idle();
    this.#firing.delete(desk);
    if (desk.live.nextDeadlineMs === dueAtMs) this.#notBefore.set(desk, nowMs() + AGAIN_AFTER_MS);
    else this.#notBefore.delete(desk);
    this.reset();
  }

  /** One event for a deadline, however long it takes; said for as long as it does. */
  #noteIfLate(desk: Desk, dueAtMs: Instant): void {
    const { nowMs, onProblem, onLate } = this.#options;
    const countsFromMs = Math.max(dueAtMs, this.#startedAtMs);
    const lateMs = nowMs() - countsFromMs;
    this.#worstLateMs = Math.max(this.#worstLateMs, lateMs);
    if (lateMs <= OVERDUE_AFTER_MS) return;
    onLate(desk, countsFromMs);
    if (this.#noted.get(desk) === dueAtMs) return;
    this.#noted.set(desk, dueAtMs);
    void desk
      .note({ kind: 'clock.overdue', rules: ['V7'], subject: null, actor: CLOCK, details: { lateMs } })
      .catch(onProblem);
  }
}
