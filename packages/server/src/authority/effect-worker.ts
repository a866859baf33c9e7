import type { Actor, Fact, Id, Instant } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';
import type { Alert } from '../alerts/alert.js';
import type { Recorder } from '../recording/recorder.js';
import { factOf, isRecording, RecordingJobs, type RecordingEffect } from '../recording/recording-jobs.js';
import type { EffectJob, SessionKey, Store } from '../store/store.js';
import { nameOfJob, sendAlert } from './alert-sending.js';
import type { Desk } from './desk.js';
import { inputOf } from './input-of.js';
import { channelOf, outsideOf, type Outside } from './outside.js';
import type { Watchdog } from './watchdog.js';

/** A job whose taker died comes back after this. */
const LEASE_MS = 30_000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** So many tries in a row without success, some 3 s, and the alert is said to have failed: the next in line is alerted. */
const FAILED_AFTER_TRIES = 3;
/** Then the channel is dead; the alert's own deadlines have long gone on to the next person. */
const MOST_TRIES = 60;
const LOOK_EVERY_MS = 250;
const BATCH = 50;

const WORKER: Actor = { person: null, role: null, source: 'worker', device: null };

export interface WorkerOptions extends Outside {
  readonly store: Pick<Store, 'takeEffects' | 'postponeEffect' | 'settleEffect'>;
  readonly clock: Clock;
  readonly nowMs: () => Instant;
  readonly recording: Recorder | null;
  readonly isInCharge: () => boolean;
  readonly deskOf: (key: SessionKey) => Promise<Desk | null>;
  /** The person's own link to the duty page, or null when none can be made now. */
  readonly linkFor: (desk: Desk, person: Id) => Promise<string | null>;
  readonly onProblem: (what: 'alert-failed' | 'video-failed' | 'recording-failed') => void;
  readonly watchdog: Pick<Watchdog, 'alertFailed' | 'alertDelivered'>;
}

type AlertContext = { readonly stoodDownAtMs?: Instant | null };

const retryMs = ({ attempts }: EffectJob): number =>
  Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS);

/** Does what `step` asked for in the world, beside it: alerts and rooms, at least once, with the same id each time. */
export class EffectWorker {
  readonly #options: WorkerOptions;
  readonly #recordings: RecordingJobs;
  readonly #running = new Set<Promise<void>>();
  readonly #sending = new Set<string>();
  /** Alerts that are on their way as far as this process knows: without a store, they are sent from here. */
  readonly #underway = new Map<string, EffectJob>();
  readonly #timers = new Set<() => void>();
  readonly #cancelLooks: () => void;
  #isLooking = false;
  #isClosed = false;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#recordings = new RecordingJobs(options.recording, options.clock);
    this.#cancelLooks = options.clock.every(LOOK_EVERY_MS, () => this.kick());
  }

  /** These were just stored. Returns at once. */
  add(jobs: readonly EffectJob[]): void {
    for (const job of jobs) this.#keep(job);
    this.kick();
  }

  /** There may be something new. Returns at once. */
  kick(): void {
    // A store that fails has its own alarm; the next look tries again.
    void this.#look().catch(() => {});
  }

  /** The store is gone: sends what is due all the same, under its own id; it is recorded with the next commit. */
  sendUnsaved(desk: Desk, jobs: readonly EffectJob[]): void {
    for (const job of jobs) {
      if (this.#isClosed) return;
      const alert = this.#alertOf(job);
      if (alert !== undefined) this.#track(this.#performAlert(desk, job, alert));
      // H06: an end waits for no store; a beginning does.
      if (job.effect.kind === 'stopRecording') this.#track(this.#record(desk, job, job.effect));
    }
  }

  /** The store is gone: what was stored before and is not yet delivered goes out as well. */
  async sendUnderway(): Promise<void> {
    for (const job of this.#underway.values()) {
      const desk = await this.#options.deskOf(job).catch(() => null);
      if (desk !== null) this.sendUnsaved(desk, [job]);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelLooks();
    for (const cancel of this.#timers) cancel();
    await Promise.all(this.#running);
  }

  async #look(): Promise<void> {
    if (this.#isLooking || this.#isClosed || !this.#options.isInCharge()) return;
    this.#isLooking = true;
    try {
      for (let jobs = await this.#take(); jobs.length > 0; jobs = this.#isClosed ? [] : await this.#take()) {
        for (const job of jobs) this.#track(this.#perform(job));
      }
    } finally {
      this.#isLooking = false;
    }
  }

  #take(): Promise<readonly EffectJob[]> {
    const nowMs = this.#options.nowMs();
    return this.#options.store.takeEffects({ nowMs, leaseUntilMs: nowMs + LEASE_MS, limit: BATCH });
  }

  #track(work: Promise<void>): void {
    const tracked = work.catch(() => {}).finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }

  #keep(job: EffectJob): void {
    if (this.#alertOf(job) !== undefined) this.#underway.set(nameOfJob(job), job);
  }

  /**
   * An alert that is tried again for a while may come when it was stood down: to call somebody out then would be a false
   * alarm (H01, A5). What was asked for after that goes out.
   */
  #isOver(desk: Desk, { effect }: EffectJob): boolean {
    if (effect.kind !== 'alert') return false;
    const chart = desk.live.latest.charts[`alert:${effect.alert}`];
    if (chart?.value !== 'stoodDown') return false;
    const { stoodDownAtMs } = chart.context as AlertContext;
    return effect.attempt === 1 || effect.atMs <= (stoodDownAtMs ?? -1);
  }

  #alertOf({ channel }: EffectJob): Alert | undefined {
    return channelOf(this.#options, channel);
  }

  async #perform(job: EffectJob): Promise<void> {
    const { store, deskOf } = this.#options;
    const desk = await deskOf(job);
    if (desk === null) return store.settleEffect(job);
    if (job.effect.kind === 'closeRoom') return this.#closeRoom(desk, job);
    if (isRecording(job.effect)) return this.#record(desk, job, job.effect);
    const alert = this.#alertOf(job);
    // The host took this channel away since.
    if (alert === undefined) return store.settleEffect(job);
    await this.#performAlert(desk, job, alert);
  }

  async #closeRoom(desk: Desk, job: EffectJob): Promise<void> {
    const { store, nowMs, onProblem } = this.#options;
    const { session } = desk.live;
    const { video } = outsideOf(this.#options, session);
    const room = { room: desk.room, policy: session.policy };
    try {
      if (!desk.isRoomUsed) await video.closeRoom(room);
    } catch {
      onProblem('video-failed');
      if (job.attempts < MOST_TRIES) return store.postponeEffect(job, nowMs() + retryMs(job));
    }
    await store.settleEffect(job);
  }

  /** A beginning that fails is given up, and ended for safety's sake by the session; an end is tried until it is done. */
  async #record(desk: Desk, job: EffectJob, effect: RecordingEffect): Promise<void> {
    const isDone = await this.#recordings.perform(desk, job, effect);
    const isGivenUp = effect.kind === 'startRecording' && job.attempts + 1 >= FAILED_AFTER_TRIES;
    const isWorth = isDone || job.attempts + 1 >= FAILED_AFTER_TRIES;
    if (!isDone) this.#options.onProblem('recording-failed');
    if (isWorth) {
      const fact = factOf(effect, isDone);
      const settles = isDone || isGivenUp ? [job.id] : [];
      void desk.live.take(inputOf(fact, WORKER, `${fact.type}-${nameOfJob(job)}`, settles)).catch(() => {});
    }
    if (!isDone && !isGivenUp) await this.#again(desk, job);
  }

  async #again(desk: Desk, job: EffectJob): Promise<void> {
    const { store, clock, nowMs, isInCharge } = this.#options;
    try {
      if (isInCharge()) return await store.postponeEffect(job, nowMs() + retryMs(job));
    } catch {
      // The store went just now: from memory, as long as it is away.
    }
    if (this.#isClosed) return;
    const cancel = clock.after(retryMs(job), () => {
      this.#timers.delete(cancel);
      this.sendUnsaved(desk, [{ ...job, attempts: job.attempts + 1 }]);
    });
    this.#timers.add(cancel);
  }

  async #performAlert(desk: Desk, job: EffectJob, alert: Alert): Promise<void> {
    const { clock, linkFor, watchdog } = this.#options;
    const name = nameOfJob(job);
    if (this.#sending.has(name)) return;
    if (this.#isOver(desk, job)) return this.#drop(desk, job);
    this.#keep(job);
    this.#sending.add(name);
    try {
      if (await sendAlert(desk, job, alert, { clock, linkFor })) {
        this.#settle(desk, job, 'alert.delivered');
        watchdog.alertDelivered(desk, name);
      } else await this.#retryAlert(desk, job);
    } finally {
      this.#sending.delete(name);
    }
  }

  async #retryAlert(desk: Desk, job: EffectJob): Promise<void> {
    const { store, clock, nowMs, isInCharge, onProblem, watchdog } = this.#options;
    onProblem('alert-failed');
    // Not only at the third: the process may have been killed before it could say so.
    if (job.attempts + 1 >= FAILED_AFTER_TRIES) this.#settle(desk, job, 'alert.failed');
    if (job.attempts + 1 >= FAILED_AFTER_TRIES) watchdog.alertFailed(desk, nameOfJob(job), job);
    if (isInCharge()) {
      if (job.attempts >= MOST_TRIES) return this.#drop(desk, job);
      try {
        return await store.postponeEffect(job, nowMs() + retryMs(job));
      } catch {
        // The store went just now. What was underway was sent as it went, but for this: it was still being tried.
      }
    }
    // A start finds it in the store.
    if (this.#isClosed) return;
    const cancel = clock.after(retryMs(job), () => {
      this.#timers.delete(cancel);
      if (!isInCharge()) this.sendUnsaved(desk, [{ ...job, attempts: job.attempts + 1 }]);
      // Once the store is back, the job is in it, perhaps still leased from before.
      else void store.postponeEffect(job, nowMs()).catch(() => {});
    });
    this.#timers.add(cancel);
  }

  /** Nobody is to be told of this any more. */
  #drop(desk: Desk, job: EffectJob): Promise<void> {
    const name = nameOfJob(job);
    this.#underway.delete(name);
    this.#options.watchdog.alertDelivered(desk, name);
    return this.#options.store.settleEffect(job);
  }

  /** Not awaited to be durable: while the store is gone, it waits with everything else. */
  #settle(desk: Desk, job: EffectJob, type: 'alert.delivered' | 'alert.failed'): void {
    const isDone = type === 'alert.delivered';
    if (isDone) this.#underway.delete(nameOfJob(job));
    if (job.effect.kind !== 'alert' || job.channel === null) {
      if (isDone) void this.#options.store.settleEffect(job).catch(() => {});
      return;
    }
    const fact: Fact = { type, alert: job.effect.alert, channel: job.channel };
    const work = inputOf(fact, WORKER, `${type}-${nameOfJob(job)}`, isDone ? [job.id] : []);
    void desk.live.take(work).catch(() => {});
  }
}
