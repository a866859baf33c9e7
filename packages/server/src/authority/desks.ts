import type { Instant } from '@holdfast/protocol';
import type { SessionKey, Store } from '../store/store.js';
import type { Sealer } from '../vault/sealer.js';
import { Desk } from './desk.js';
import { SERVER } from './event-chain.js';
import type { LiveSession } from './live-session.js';
import type { Held } from './work.js';

/** At most so many sessions are taken over in one sweep. */
const SWEEP_BATCH = 100;

export interface DesksOptions {
  readonly store: Pick<Store, 'load' | 'devices' | 'openSessions' | 'due'>;
  readonly sealer: Sealer;
  readonly nowMs: () => Instant;
  readonly liveOf: (held: Held) => LiveSession;
  /** There is one more. */
  readonly onAdded: () => void;
}

const nameOf = ({ tenant, session }: SessionKey): string => `${tenant}/${session}`;

/** The sessions that this process has: every open one, and closed ones while somebody looks at them. */
export class Desks implements Iterable<Desk> {
  readonly #options: DesksOptions;
  readonly #desks = new Map<string, Desk>();
  readonly #opening = new Map<string, Promise<Desk | null>>();

  constructor(options: DesksOptions) {
    this.#options = options;
  }

  [Symbol.iterator](): IterableIterator<Desk> {
    return this.#desks.values();
  }

  ofLive(live: LiveSession): Desk | undefined {
    return this.#desks.get(nameOf(live.key));
  }

  /** The session, loaded if this process does not have it yet; null when there is none. */
  async find(key: SessionKey): Promise<Desk | null> {
    const name = nameOf(key);
    const known = this.#desks.get(name);
    if (known !== undefined) return known;
    const opening = this.#opening.get(name) ?? this.#open(key).finally(() => this.#opening.delete(name));
    this.#opening.set(name, opening);
    return opening;
  }

  /** A session that was just made and stored. */
  add(held: Held): Desk {
    return this.#keep(new Desk(this.#options.liveOf(held), null));
  }

  /** Takes over every open session of the store. */
  async openAll(): Promise<void> {
    await Promise.all((await this.#options.store.openSessions()).map((key) => this.find(key)));
  }

  /** Sessions with a deadline that another process left. */
  async sweep(): Promise<void> {
    const { store, nowMs } = this.#options;
    for (const key of await store.due(nowMs(), SWEEP_BATCH)) await this.find(key);
  }

  /** A closed session that nobody looks at is loaded again when somebody asks for it. */
  forgetClosed(): void {
    for (const [name, { live, seats }] of this.#desks) {
      const isWatched = [...seats.values()].some((seat) => seat.connections.size > 0);
      if (!live.record.isOpen && !isWatched && !live.hasUnsaved) this.#desks.delete(name);
    }
  }

  async #open(key: SessionKey): Promise<Desk | null> {
    const { store, sealer, nowMs, liveOf } = this.#options;
    const record = await store.load(key);
    if (record === null) return null;
    const entries = record.vault === null ? {} : sealer.open(record, record.vault);
    const devices = await store.devices(key);
    const desk = this.#keep(new Desk(liveOf({ record, entries }), { atMs: nowMs(), devices }));
    if (record.isOpen) await desk.state({ type: 'server.started' }, SERVER);
    return desk;
  }

  #keep(desk: Desk): Desk {
    this.#desks.set(nameOf(desk.key), desk);
    this.#options.onAdded();
    return desk;
  }
}
