import type { AuditEvent, EventKind, Instant } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';
import type { Store } from '../store/store.js';
import { within } from '../within.js';
import type { Sink } from './sink.js';

const ABOUT_SINKS: readonly EventKind[] = ['sink.failed', 'sink.recovered'];
/** Events in one batch. */
const BATCH = 100;
/** A sink that takes longer for one batch has failed; it is tried again. */
const WRITE_WITHIN_MS = 10_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/** What the feeder needs of its surroundings. */
export interface FeederOptions {
  readonly sink: Sink;
  readonly store: Pick<Store, 'eventsAfter' | 'cursor' | 'moveCursor'>;
  readonly clock: Clock;
  readonly nowMs: () => Instant;
  /** The gap is recorded in the sessions that it concerns (H17). Never awaited by a step. */
  readonly onFailed: (sink: string, waiting: readonly AuditEvent[]) => void;
  readonly onRecovered: (sink: string, upTo: readonly AuditEvent[]) => void;
}

/** How a sink stands, for health. */
export interface SinkHealth {
  /** As the host named it. */
  readonly name: string;
  /** `failing`: the newest batch was not taken, and is tried again. */
  readonly state: 'working' | 'failing';
  /** Null while it works. */
  readonly failingSinceMs: number | null;
}

/**
 * Brings one sink everything, in order, at least once, from its own cursor on. Runs beside the session server: nothing
 * that it does is awaited by a step (A02, H17).
 */
export class SinkFeeder {
  readonly #options: FeederOptions;
  #running: Promise<void> | null = null;
  #isMoreComing = false;
  #isClosed = false;
  #failures = 0;
  #failingSinceMs: number | null = null;
  /** The gap stands in the record. */
  #isNoted = false;
  #cancelRetry: (() => void) | null = null;

  constructor(options: FeederOptions) {
    this.#options = options;
  }

  /** There may be something new. Returns at once; a sink that failed is left alone until its next try. */
  kick(): void {
    this.#isMoreComing = true;
    if (this.#isClosed || this.#running !== null || this.#cancelRetry !== null) return;
    this.#running = this.#run().finally(() => {
      this.#running = null;
      if (this.#isMoreComing && this.#failures === 0) this.kick();
    });
  }

  health(): SinkHealth {
    const failingSinceMs = this.#failingSinceMs;
    return {
      name: this.#options.sink.name,
      state: failingSinceMs === null ? 'working' : 'failing',
      failingSinceMs,
    };
  }

  /** Gives the sink what is there, unless it is failing, and closes it. What it has not taken comes after a start. */
  async close(): Promise<void> {
    if (this.#failures === 0) this.kick();
    while (this.#running !== null) await this.#running;
    this.#isClosed = true;
    this.#cancelRetry?.();
    const { sink, onFailed } = this.#options;
    try {
      await sink.close();
    } catch {
      onFailed(sink.name, []);
    }
  }

  async #run(): Promise<void> {
    this.#isMoreComing = false;
    let hasMore = true;
    while (hasMore && !this.#isClosed) hasMore = await this.#feedBatch();
  }

  /** True when there may be more. */
  async #feedBatch(): Promise<boolean> {
    const { sink, store } = this.#options;
    try {
      const batch = await store.eventsAfter(await store.cursor(sink.name), BATCH);
      const last = batch.at(-1);
      if (last !== undefined) {
        await this.#write(batch.map(({ event }) => event));
        await store.moveCursor(sink.name, last.position);
      }
      this.#failures = 0;
      return batch.length === BATCH;
    } catch {
      // The sink, of which all is said by now, or the store, which has its own alarm.
      this.#tryLater();
      return false;
    }
  }

  /** Rejects when the sink does not take them: that alone is called its failure. */
  async #write(events: readonly AuditEvent[]): Promise<void> {
    const { sink, clock, onRecovered } = this.#options;
    try {
      await within(clock, WRITE_WITHIN_MS, (signal) => sink.write(events, signal));
    } catch (cause) {
      this.#refused(events);
      throw cause;
    }
    if (this.#isNoted) onRecovered(sink.name, events);
    this.#failingSinceMs = null;
    this.#isNoted = false;
  }

  #refused(events: readonly AuditEvent[]): void {
    const { sink, nowMs, onFailed } = this.#options;
    this.#failingSinceMs ??= nowMs();
    // What says only how sinks stand is no gap: noted, a sink that fails now and then would feed itself for ever.
    if (this.#isNoted || events.every(({ kind }) => ABOUT_SINKS.includes(kind))) return;
    this.#isNoted = true;
    onFailed(sink.name, events);
  }

  #tryLater(): void {
    this.#failures += 1;
    if (this.#isClosed) return;
    const delayMs = Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), LONGEST_RETRY_MS);
    this.#cancelRetry = this.#options.clock.after(delayMs, () => {
      this.#cancelRetry = null;
      this.kick();
    });
  }
}
