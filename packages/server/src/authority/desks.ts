import type { Fact, Instant } from '@holdfast/protocol';
import { ServerError } from '../errors.js';
import type { DeviceRecord, SessionKey, SessionRecord, Store } from '../store/store.js';
import type { Sealer } from '../vault/sealer.js';
import { Desk } from './desk.js';
import { SERVER } from './event-chain.js';
import { inputOf } from './input-of.js';
import type { LiveSession } from './live-session.js';
import { applyWork, type Held } from './work.js';

/** At most so many sessions are taken over in one sweep. */
const SWEEP_BATCH = 100;
/** After a session that could not be read or stepped, before it is tried again; twice as long each time. */
const FIRST_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 600_000;

export interface DesksOptions {
  readonly store: Pick<Store, 'load' | 'devices' | 'openSessions' | 'due' | 'lastAtMs'>;
  readonly sealer: Sealer;
  readonly nowMs: () => Instant;
  readonly liveOf: (held: Held) => LiveSession;
  /** There is one more. */
  readonly onAdded: () => void;
  /** This one cannot be read or stepped: told once. It is left as it is, and tried again, ever more seldom. */
  readonly onUnreadable: (key: SessionKey) => void;
}

interface Unreadable {
  readonly key: SessionKey;
  readonly waitMs: number;
  readonly retryAtMs: Instant;
}

type Started = Extract<Fact, { type: 'server.started' }>;

/**
 * R8: the session was looked after until the last thing that was stored of it, proofs of life of its devices included:
 * those are at most 5 s old. Where nobody was there any more that is long ago, and nobody is the worse for being asked.
 */
function startedAfter(
  { lastAtMs, migratedFrom, snapshot }: SessionRecord,
  devices: readonly DeviceRecord[],
  nowMs: Instant,
): Started {
  const watchedUntilMs = Math.max(lastAtMs, ...devices.map(({ lastHeardAtMs }) => lastHeardAtMs));
  // What people agreed to in an older version they did not agree to in this one, however short the gap was.
  const leastMs = migratedFrom === undefined ? 0 : snapshot.policy.durations.restoreFreshMs;
  return { type: 'server.started', unwatchedMs: Math.max(leastMs, Math.round(nowMs - watchedUntilMs)) };
}

const isOf = (cause: unknown, code: ServerError['code']): boolean =>
  cause instanceof ServerError && cause.code === code;

const unreadable = ({ session }: SessionKey, cause?: unknown): ServerError =>
  new ServerError(
    'session-unreadable',
    `session ${session} cannot be read from the store or stepped; the others go on`,
    { cause },
  );

const nameOf = ({ tenant, session }: SessionKey): string => `${tenant}/${session}`;

/** The sessions that this process has: every open one, and closed ones while somebody looks at them. */
export class Desks implements Iterable<Desk> {
  readonly #options: DesksOptions;
  readonly #desks = new Map<string, Desk>();
  readonly #opening = new Map<string, Promise<Desk | null>>();
  readonly #unreadable = new Map<string, Unreadable>();
  #hasOpenedVault = false;

  constructor(options: DesksOptions) {
    this.#options = options;
  }

  [Symbol.iterator](): IterableIterator<Desk> {
    return this.#desks.values();
  }

  /** Sessions of the store that could not be taken over, so far. */
  get unreadable(): readonly SessionKey[] {
    return [...this.#unreadable.values()].map(({ key }) => key);
  }

  ofLive(live: LiveSession): Desk | undefined {
    return this.#desks.get(nameOf(live.key));
  }

  /**
   * The session, loaded if this process does not have it yet; null when there is none.
   *
   * @throws ServerError `session-unreadable`; whatever the store rejects with, when it is gone.
   */
  async find(key: SessionKey): Promise<Desk | null> {
    const name = nameOf(key);
    const known = this.#desks.get(name);
    if (known !== undefined) return known;
    const failed = this.#unreadable.get(name);
    if (failed !== undefined && this.#options.nowMs() < failed.retryAtMs) throw unreadable(key);
    const opening = this.#opening.get(name) ?? this.#open(key).finally(() => this.#opening.delete(name));
    this.#opening.set(name, opening);
    return opening;
  }

  /** A session that was just made and stored. */
  add(held: Held): Desk {
    return this.#keep(new Desk(this.#options.liveOf(held), null, this.#others));
  }

  /**
   * Takes over every open session of the store. One that cannot be read keeps no other from its deadlines.
   *
   * @throws ServerError `bad-key` when the key opens no vault at all: then it is the key that is wrong.
   */
  async openAll(): Promise<void> {
    const keys = await this.#options.store.openSessions();
    const causes: unknown[] = [];
    const find = async (key: SessionKey): Promise<void> => {
      try {
        await this.find(key);
      } catch (cause) {
        if (!isOf(cause, 'session-unreadable')) throw cause;
        causes.push((cause as ServerError).cause);
      }
    };
    await Promise.all(keys.map(find));
    const wrongKey = causes.find((cause) => isOf(cause, 'bad-key'));
    if (wrongKey !== undefined && !this.#hasOpenedVault) throw wrongKey;
  }

  /** Sessions with a deadline that another process left, and those that could not be read so far. */
  async sweep(): Promise<void> {
    const { store, nowMs } = this.#options;
    for (const key of [...(await store.due(nowMs(), SWEEP_BATCH)), ...this.unreadable]) {
      // One that cannot be read holds up none after it; a store that is gone has its own alarm.
      await this.find(key).catch(() => {});
    }
  }

  /** A closed session that nobody looks at is loaded again when somebody asks for it. */
  forgetClosed(): void {
    for (const [name, { live, seats }] of this.#desks) {
      const isWatched = [...seats.values()].some((seat) => seat.connections.size > 0);
      if (!live.record.isOpen && !isWatched && !live.hasUnsaved) this.#desks.delete(name);
    }
  }

  /** The other open sessions of the same joint meeting. */
  othersOf(desk: Desk): readonly Desk[] {
    return this.#others(desk);
  }

  readonly #others = ({ key: { tenant, session }, live }: Desk): readonly Desk[] =>
    (live.session.appointment.meeting?.sessions ?? []).flatMap((id) => {
      const other = id === session ? undefined : this.#desks.get(nameOf({ tenant, session: id }));
      return other?.live.record.isOpen === true ? [other] : [];
    });

  async #open(key: SessionKey): Promise<Desk | null> {
    const loaded = await this.#load(key).catch((cause: unknown) => this.#giveUp(key, cause));
    this.#unreadable.delete(nameOf(key));
    if (loaded === null) return null;
    const { desk, started } = loaded;
    this.#keep(desk);
    if (desk.live.record.isOpen) await desk.state(started, SERVER);
    // Who shares the room with it is known from now on, too; one that cannot be read has its own alarm.
    for (const session of desk.live.session.appointment.meeting?.sessions ?? [])
      if (session !== key.session) void this.find({ tenant: key.tenant, session }).catch(() => {});
    return desk;
  }

  async #load(key: SessionKey): Promise<{ readonly desk: Desk; readonly started: Started } | null> {
    const { store, sealer, nowMs, liveOf } = this.#options;
    const record = await store.load(key);
    if (record === null) return null;
    const entries = record.vault === null ? {} : sealer.open(record, record.vault);
    if (record.vault !== null) this.#hasOpenedVault = true;
    const devices = await store.devices(key);
    const held = { record, entries };
    const started = startedAfter(record, devices, nowMs());
    // In memory first: what no step can be done to is left untouched in the store, to be looked at.
    if (record.isOpen) applyWork(held, inputOf(started, SERVER), nowMs(), { sealer, channels: [] });
    return { desk: new Desk(liveOf(held), { atMs: nowMs(), devices }, this.#others), started };
  }

  /**
   * A store that is gone says so of any session: then nothing is known of this one. One that answers again may only
   * have been slow, so that nothing is given up for good: a run may be open in it (H01).
   */
  async #giveUp(key: SessionKey, cause: unknown): Promise<never> {
    const { store, nowMs, onUnreadable } = this.#options;
    await store.lastAtMs();
    const before = this.#unreadable.get(nameOf(key));
    const waitMs = before === undefined ? FIRST_RETRY_MS : Math.min(2 * before.waitMs, LONGEST_RETRY_MS);
    this.#unreadable.set(nameOf(key), { key, waitMs, retryAtMs: nowMs() + waitMs });
    if (before === undefined) onUnreadable(key);
    throw unreadable(key, cause);
  }

  #keep(desk: Desk): Desk {
    this.#desks.set(nameOf(desk.key), desk);
    this.#options.onAdded();
    return desk;
  }
}
