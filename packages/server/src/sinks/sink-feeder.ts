import type { AuditEvent, EventKind, Instant } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';
import type { PlacedEvent, Store } from '../store/store.js';
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

  /** Gives the sink what is there, unless it is failing, and closes it. */
  async close(): Promise<void> {
    if (this.#failures === 0) this.kick();
    while (this.#running !== null) await this.#running;
    this.#isClosed = true;
    this.#cancelRetry?.();
    await this.#options.sink.close();
  }

  async #run(): Promise<void> {
    this.#isMoreComing = false;
    let hasMore = true;
    while (hasMore && !this.#isClosed) hasMore = await this.#feedBatch();
  }

  /** True when there may be more. */
  async #feedBatch(): Promise<boolean> {
    const { sink, store, clock, onRecovered } = this.#options;
    let batch: readonly PlacedEvent[] = [];
    const eventsOf = (): readonly AuditEvent[] => batch.map(({ event }) => event);
    try {
      batch = await store.eventsAfter(await store.cursor(sink.name), BATCH);
      const last = batch.at(-1);
      if (last === undefined) return false;
      await writeWithin(sink, eventsOf(), clock);
      await store.moveCursor(sink.name, last.position);
    } catch {
      this.#failed(eventsOf());
      return false;
    }
    this.#failures = 0;
    if (this.#isNoted) onRecovered(sink.name, eventsOf());
    this.#failingSinceMs = null;
    this.#isNoted = false;
    return batch.length === BATCH;
  }

  #failed(events: readonly AuditEvent[]): void {
    const { sink, clock, nowMs, onFailed } = this.#options;
    this.#failures += 1;
    // Without events it is the store that failed, which has its own alarm.
    if (events.length > 0) this.#failingSinceMs ??= nowMs();
    // What says only how sinks stand is no gap: noted, a sink that fails now and then would feed itself for ever.
    if (!this.#isNoted && events.some(({ kind }) => !ABOUT_SINKS.includes(kind))) {
      this.#isNoted = true;
      onFailed(sink.name, events);
    }
    if (this.#isClosed) return;
    const delayMs = Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), LONGEST_RETRY_MS);
    this.#cancelRetry = clock.after(delayMs, () => {
      this.#cancelRetry = null;
      this.kick();
    });
  }
}

async function writeWithin(sink: Sink, events: readonly AuditEvent[], clock: Clock): Promise<void> {
  const abort = new AbortController();
  let cancel = (): void => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(WRITE_WITHIN_MS, () => {
      abort.abort();
      reject(new Error('no answer in time'));
    });
  });
  try {
    await Promise.race([sink.write(events, abort.signal), late]);
  } finally {
    cancel();
  }
}
