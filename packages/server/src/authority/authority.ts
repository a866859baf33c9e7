import type { AuditEvent, Code, Id, Instant, Role } from '@holdfast/protocol';
import { makeLinks, type Links } from '../links/links.js';
import type { Recorder } from '../recording/recorder.js';
import { SinkFeeder } from '../sinks/sink-feeder.js';
import type { Sink } from '../sinks/sink.js';
import type { SessionKey, Store } from '../store/store.js';
import type { MachineClock } from '../system-clock.js';
import type { Sealer } from '../vault/sealer.js';
import { Admission } from './admission.js';
import { makeCharge, type Charge } from './charge.js';
import { DeadlineClock, CLOCK } from './deadline-clock.js';
import type { Desk } from './desk.js';
import { Desks } from './desks.js';
import { EffectWorker } from './effect-worker.js';
import { SERVER } from './event-chain.js';
import { FaultAlerts } from './fault-alerts.js';
import { LiveSession, type Committed } from './live-session.js';
import { Meetings } from './meetings.js';
import { MediaGrants } from './media-grants.js';
import { outsideOf, type Outside } from './outside.js';
import { LOOK_EVERY_MS, PresenceWatch } from './presence-watch.js';
import { RouteTests, TEST_AGAIN_EVERY_MS } from './route-tests.js';
import { sendTo } from './seat.js';
import { SleepWatch } from './sleep-watch.js';
import { WATCH_EVERY_MS, Watchdog } from './watchdog.js';
import { watchedStore } from './watched-store.js';
import type { Held } from './work.js';

/** Proofs of life are stored this often: at most 5 s old after a crash (design, "After a start"). */
const RECORD_DEVICES_EVERY_MS = 2500;
/** Deadlines of sessions that this process does not know, as a net. */
const SWEEP_EVERY_MS = 1000;

/** What an operator should know of; docs/what-if.md says what to do about each. */
export type Problem =
  | 'store-unavailable'
  | 'store-recovered'
  | 'sink-failed'
  | 'sink-recovered'
  | 'alert-failed'
  | 'video-failed'
  | 'recording-failed'
  | 'input-failed'
  | 'session-unreadable';

/** What the address of a join link is made of. The token belongs after the `#`: it must not be in any request. */
export interface JoinLink extends SessionKey {
  /** Whose link it is. */
  readonly person: Id;
  /** So that each role can have a page of its own. */
  readonly role: Role;
  /** The secret of the link: 256 random bits. Only its hash is stored. */
  readonly token: string;
}

export interface AuthorityOptions extends Outside {
  readonly store: Store;
  readonly sinks: readonly Sink[];
  readonly recording: Recorder | null;
  readonly sealer: Sealer;
  readonly clock: MachineClock;
  readonly joinUrl: (link: JoinLink) => string;
  readonly linkValidMs: number;
  readonly dutyLine: string | null;
  readonly onProblem: (problem: Problem, session?: SessionKey) => void;
  readonly onEvents: (events: readonly AuditEvent[]) => void;
}

/** The one place that decides, for all sessions of this process. */
export class Authority {
  /** The authority's clock: this machine's, but never behind what was stored (H07). */
  readonly nowMs = (): Instant => this.#options.clock.nowMs() + this.#aheadMs;
  /** The store, watched: a call that fails or hangs means not in charge. */
  readonly store: Store;
  readonly charge: Charge;
  readonly desks: Desks;
  readonly links: Links;
  readonly admission: Admission;
  readonly presence: PresenceWatch;
  readonly grants: MediaGrants;
  readonly feeders: readonly SinkFeeder[];
  readonly deadlines: DeadlineClock;
  readonly watchdog: Watchdog;
  readonly dutyLine: string | null;
  readonly #options: AuthorityOptions;
  readonly #worker: EffectWorker;
  readonly #faults: FaultAlerts;
  readonly #sleep: SleepWatch;
  readonly #routes: RouteTests;
  readonly #meetings = new Meetings({
    othersOf: (desk) => this.desks.othersOf(desk),
    onChanged: (desk) => this.grants.refresh(desk),
    onProblem: () => this.#options.onProblem('input-failed'),
  });
  readonly #cancels: (() => void)[] = [];
  /** Sessions that could not be written though the store answers: it holds something else than is here. */
  readonly #unwritable = new Set<LiveSession>();
  #aheadMs = 0;

  constructor(options: AuthorityOptions) {
    this.#options = options;
    const { nowMs } = this;
    const { clock, sealer, onProblem } = options;
    const onInputFailed = (): void => onProblem('input-failed');
    this.dutyLine = options.dutyLine;
    this.charge = makeCharge({ clock, nowMs, onChange: () => this.#onCharge(), retry: () => this.#retry() });
    const store = watchedStore(options.store, this.charge);
    const desks = new Desks({
      store,
      sealer,
      nowMs,
      liveOf: (held) => this.#liveOf(held),
      onAdded: () => this.deadlines.reset(),
      // Not at once: at a start, the host can listen only once it has the session server.
      onUnreadable: (key) =>
        void this.#cancels.push(clock.after(0, () => onProblem('session-unreadable', key))),
    });
    const deskOf = (key: SessionKey): Promise<Desk | null> => desks.find(key);
    this.store = store;
    this.desks = desks;
    this.links = makeLinks(store);
    this.presence = new PresenceWatch({ nowMs, onProblem: onInputFailed });
    this.admission = new Admission({
      links: this.links,
      charge: this.charge,
      presence: this.presence,
      nowMs,
      deskOf,
    });
    this.grants = new MediaGrants({ ...options, nowMs });
    this.feeders = options.sinks.map(
      (sink) => new SinkFeeder({ sink, store, clock, nowMs, ...this.#sinkAlarm() }),
    );
    this.deadlines = new DeadlineClock({
      clock,
      nowMs,
      desks: () => desks,
      onProblem: onInputFailed,
      onLate: (desk, dueAtMs) => this.watchdog.stepLate(desk, dueAtMs),
    });
    this.watchdog = new Watchdog({
      nowMs,
      desks: () => desks,
      sinks: () => this.feeders.map((feeder) => feeder.health()),
    });
    const { watchdog } = this;
    const isInCharge = (): boolean => this.charge.isInCharge;
    const linkFor = (desk: Desk, person: Id): Promise<string | null> => this.#staffLink(desk, person);
    this.#sleep = new SleepWatch(clock);
    this.#routes = new RouteTests({ ...options, nowMs, onProblem: onInputFailed });
    this.#faults = new FaultAlerts({
      ...options,
      nowMs,
      send: (desk, jobs) => this.#worker.sendUnsaved(desk, jobs),
    });
    this.#worker = new EffectWorker({ ...options, store, nowMs, isInCharge, deskOf, linkFor, watchdog });
  }

  /** Takes over every open session of the store, and starts to watch. */
  async start(): Promise<void> {
    const { clock } = this.#options;
    const lastAtMs = await this.store.lastAtMs();
    this.#aheadMs = lastAtMs === null ? 0 : Math.max(0, lastAtMs - clock.nowMs());
    this.deadlines.start();
    await this.desks.openAll();
    this.#cancels.push(
      clock.every(LOOK_EVERY_MS, () => this.#look()),
      clock.every(RECORD_DEVICES_EVERY_MS, () => void this.#recordDevices()),
      clock.every(SWEEP_EVERY_MS, () => void this.#sweep()),
      clock.every(WATCH_EVERY_MS, () => this.#watch()),
      clock.every(TEST_AGAIN_EVERY_MS, () => this.#routes.look(this.desks)),
    );
    this.#worker.kick();
    for (const feeder of this.feeders) feeder.kick();
  }

  /** A session that was just made and stored, with its first events. */
  add(held: Held, events: readonly AuditEvent[]): void {
    const desk = this.desks.add(held);
    for (const feeder of this.feeders) feeder.kick();
    this.#options.onEvents(events);
    this.#routes.begin(desk);
  }

  async close(): Promise<void> {
    for (const cancel of this.#cancels) cancel();
    this.deadlines.close();
    this.grants.close();
    if (this.charge.isInCharge) await this.admission.refusals.look(true);
    await Promise.all([...this.desks].map((desk) => desk.live.idle()));
    await this.#recordDevices();
    await this.#worker.close();
    this.charge.close();
    await Promise.all(this.feeders.map((feeder) => feeder.close()));
  }

  #liveOf(held: Held): LiveSession {
    const { sealer } = this.#options;
    const { alerts } = outsideOf(this.#options, held.record.snapshot);
    const channels: readonly Code[] = alerts.map(({ name }) => name);
    return new LiveSession(held, {
      store: this.store,
      charge: this.charge,
      nowMs: this.nowMs,
      tools: { sealer, channels },
      onCommitted: (live, committed) => this.#onCommitted(live, committed),
      onStepped: (live, dueAtMs) => {
        const desk = this.desks.ofLive(live);
        if (desk !== undefined) this.deadlines.stepped(desk, dueAtMs);
      },
      onFault: (live, { isAlerted, isNew }) => {
        if (isNew) this.#options.onProblem('input-failed', live.key);
        const desk = this.desks.ofLive(live);
        if (desk !== undefined) this.#onFault(desk, isAlerted);
      },
      onUnsaved: (live, effects) => {
        this.deadlines.reset();
        if (this.charge.isInCharge) this.#onUnwritable(live);
        const desk = this.desks.ofLive(live);
        if (desk === undefined) return;
        this.#worker.sendUnsaved(desk, effects);
        this.grants.refresh(desk);
        this.#meetings.changed(desk);
        this.#pushTo(desk);
      },
    });
  }

  /** Told once, and tried again until it is written after all. */
  #onUnwritable(live: LiveSession): void {
    if (!this.#unwritable.has(live)) this.#options.onProblem('session-unreadable', live.key);
    this.#unwritable.add(live);
  }

  #onCommitted(live: LiveSession, { events, effects }: Committed): void {
    const desk = this.desks.ofLive(live);
    if (effects.length > 0) this.#worker.add(effects);
    for (const feeder of this.feeders) feeder.kick();
    this.deadlines.reset();
    if (desk !== undefined && events.some(({ kind }) => kind === 'person.admitted')) this.#routes.begin(desk);
    if (desk !== undefined) this.#pushTo(desk);
    try {
      if (desk !== undefined) this.grants.refresh(desk);
      if (desk !== undefined) this.#meetings.changed(desk);
      this.#options.onEvents(events);
    } catch {
      // A screen, or a listener of the host, that cannot be told must not stop what comes next: it is durable already.
      this.#options.onProblem('input-failed');
    }
  }

  /** Nothing but that media was taken back reaches a screen before it is stored (G7). */
  #pushTo(desk: Desk): void {
    try {
      desk.push();
    } catch {
      // Somebody's screen stays as it was, and does not say so (R11).
      this.#options.onProblem('input-failed');
      this.#onFault(desk, false);
    }
  }

  #onFault(desk: Desk, isAlerted: boolean): void {
    this.watchdog.stepFailed(desk);
    if (!isAlerted) this.#faults.failed(desk);
  }

  async #staffLink(desk: Desk, person: Id): Promise<string | null> {
    if (!this.charge.isInCharge) return null;
    const { linkValidMs, joinUrl } = this.#options;
    const token = await this.links.make({ ...desk.key, person }, this.nowMs() + linkValidMs);
    const role = desk.live.session.people.find(({ id }) => id === person)?.role ?? 'duty';
    return joinUrl({ ...desk.key, person, role, token });
  }

  #sinkAlarm() {
    const record =
      (kind: 'sink.failed' | 'sink.recovered') => (sink: string, events: readonly AuditEvent[]) => {
        this.#options.onProblem(kind === 'sink.failed' ? 'sink-failed' : 'sink-recovered');
        this.#noteSink(kind, sink, events);
      };
    return { onFailed: record('sink.failed'), onRecovered: record('sink.recovered') };
  }

  /** The gap stands in the record of each session that it concerns (H17): one that cannot be read holds up no other. */
  #noteSink(kind: 'sink.failed' | 'sink.recovered', sink: string, events: readonly AuditEvent[]): void {
    const last = new Map<string, AuditEvent>();
    for (const event of events) last.set(`${event.tenant}/${event.session}`, event);
    for (const { tenant, session, sequence } of last.values()) {
      const subject = { kind: 'sink', id: sink } as const;
      const note = { kind, rules: [], subject, actor: SERVER, details: { sequence } };
      void this.desks
        .find({ tenant, session })
        .then((desk) => desk?.note(note))
        .catch(() => this.#options.onProblem('input-failed'));
    }
  }

  #onCharge(): void {
    const { isInCharge, sinceMs } = this.charge;
    this.#options.onProblem(isInCharge ? 'store-recovered' : 'store-unavailable');
    for (const desk of this.desks) {
      for (const seat of desk.seats.values()) sendTo(seat, { type: 'charge', inCharge: isInCharge, sinceMs });
    }
    if (!isInCharge) return void this.#worker.sendUnderway();
    this.#worker.kick();
    // What came between the last retry and now.
    for (const desk of this.desks) if (desk.live.hasUnsaved) void desk.live.save().catch(() => {});
  }

  async #retry(): Promise<void> {
    await this.store.lastAtMs();
    const waiting = [...this.desks].filter((desk) => desk.live.hasUnsaved);
    // One session that cannot be written keeps no other from being written.
    const tried = await Promise.allSettled(waiting.map((desk) => desk.live.save()));
    if (tried.some(({ status }) => status === 'rejected'))
      throw new Error('the store does not take everything');
  }

  async #recordDevices(): Promise<void> {
    this.desks.forgetClosed();
    const devices = [...this.desks]
      .filter((desk) => desk.live.record.isOpen)
      .flatMap((desk) => desk.deviceRecords());
    if (devices.length === 0 || !this.charge.isInCharge) return;
    await this.store.recordDevices(devices).catch(() => {});
  }

  #look(): void {
    const sleptMs = this.#sleep.sleptMs();
    if (sleptMs > 0) this.#wakeUp(sleptMs);
    this.presence.look(this.desks);
  }

  /**
   * The machine slept: the time passed for everybody else (H07). What came due meanwhile is done after the hold of a start
   * (R1), and is late.
   */
  #wakeUp(sleptMs: number): void {
    this.#aheadMs += sleptMs;
    const details = { sleptMs };
    for (const desk of this.desks) {
      if (!desk.live.record.isOpen) continue;
      const slept = { kind: 'clock.overdue', rules: ['V7'], subject: null, actor: CLOCK, details } as const;
      for (const noted of [desk.note(slept), desk.wokeUp(this.nowMs(), Math.round(sleptMs))])
        noted.catch(() => this.#options.onProblem('input-failed'));
    }
    this.deadlines.reset();
    this.#worker.kick();
  }

  #watch(): void {
    void this.admission.refusals.look();
    this.deadlines.lookForLate();
    this.watchdog.look();
  }

  async #sweep(): Promise<void> {
    // A store that fails has its own alarm.
    if (!this.charge.isInCharge) return;
    for (const live of this.#unwritable)
      void live
        .save()
        .then(() => this.#unwritable.delete(live))
        .catch(() => {});
    await this.desks.sweep().catch(() => {});
  }
}
