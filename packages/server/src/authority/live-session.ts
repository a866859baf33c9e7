import { randomUUID } from 'node:crypto';
import type { AuditEvent, Id, Instant } from '@holdfast/protocol';
import type { Session } from '@holdfast/session/authority';
import type { Change, EffectJob, InputOutcome, SessionKey, SessionRecord, Store } from '../store/store.js';
import type { VaultEntries } from '../vault/sealer.js';
import type { Charge } from './charge.js';
import { SERVER } from './event-chain.js';
import { inputOf } from './input-of.js';
import { serialQueue, type SerialQueue } from './serial-queue.js';
import { applyWork, type Applied, type Held, type Work, type WorkTools } from './work.js';

/** What became durable with a commit. */
export interface Committed {
  readonly events: readonly AuditEvent[];
  /** Still to be done. */
  readonly effects: readonly EffectJob[];
}

export interface LiveOptions {
  readonly store: Pick<Store, 'load' | 'commit' | 'inputOutcome'>;
  readonly charge: Charge;
  readonly nowMs: () => Instant;
  readonly tools: WorkTools;
  readonly onCommitted: (live: LiveSession, committed: Committed) => void;
  /** An input made the step that was due at this instant, whether it came to tell the time or not. */
  readonly onStepped: (live: LiveSession, dueAtMs: Instant) => void;
  /**
   * The protocol failed at something: nothing has changed, and nobody knows what did not happen. `isAlerted`: somebody on
   * duty is alerted by the session itself; otherwise it cannot even do that (R11).
   */
  readonly onFault: (
    live: LiveSession,
    fault: { readonly isAlerted: boolean; readonly isNew: boolean },
  ) => void;
  /** This could not be written, by a store that is gone or for this session only: alerts in it must go out all the same. */
  readonly onUnsaved: (live: LiveSession, effects: readonly EffectJob[]) => void;
}

type InputWork = Extract<Work, { kind: 'input' }>;

interface Unsaved {
  readonly expectedRevision: number;
  /** Counts the work that was ever taken up, to the last that is in here. */
  readonly upTo: number;
  readonly works: readonly Work[];
  readonly held: Held;
  readonly events: readonly AuditEvent[];
  readonly effects: readonly EffectJob[];
  readonly inputs: readonly InputOutcome[];
  readonly settledEffects: readonly Id[];
}

/** Commits in a row that may find another revision before something is badly wrong. */
const MOST_CONFLICTS = 5;

/**
 * One session in this process: a queue, what is durable, and what is not yet. Work is done one at a time; its promise
 * resolves when it is durable (H09). While the store is gone, work goes on in memory and waits to be written.
 */
export class LiveSession {
  readonly key: SessionKey;
  readonly #options: LiveOptions;
  readonly #queue: SerialQueue = serialQueue();
  readonly #known = new Map<Id, InputOutcome>();
  #durable: Held;
  #unsaved: Unsaved | null = null;
  #waiting: { readonly upTo: number; readonly resolve: () => void }[] = [];
  #count = 0;
  #isTakingNow = false;
  /** What the store may have forgotten already, while the host was told that it did not get it. */
  #untaken: VaultEntries | null = null;
  /** Kinds of input that the protocol failed at when it was last given one: each is written down once in a row. */
  readonly #failing = new Set<string>();
  /** Of the newest fault: the session could alert somebody by itself. */
  #isFaultAlerted = false;

  constructor(held: Held, options: LiveOptions) {
    this.key = { tenant: held.record.tenant, session: held.record.session };
    this.#durable = held;
    this.#options = options;
  }

  /** As it is stored: what people are shown. */
  get session(): Session {
    return this.#durable.record.snapshot;
  }

  get record(): SessionRecord {
    return this.#durable.record;
  }

  /** As it is in memory, stored or not yet: what must not wait for the store looks at this. */
  get latest(): Session {
    return this.#ahead.record.snapshot;
  }

  get entries(): VaultEntries {
    return this.#untaken ?? this.#durable.entries;
  }

  /** When `clock.reached` is due, counting what is not yet stored. */
  get nextDeadlineMs(): Instant | null {
    const { record } = this.#ahead;
    return record.isOpen ? record.nextDeadlineMs : null;
  }

  /** There is something here that is not in the store, or perhaps not any more. */
  get hasUnsaved(): boolean {
    return this.#unsaved !== null || this.#untaken !== null;
  }

  /** Does the work in its turn. Resolves when it is durable. */
  async take(work: Work): Promise<InputOutcome> {
    const { outcome, durable } = await this.#queue.run(async () => {
      const known = await this.#outcomeOf(work.id);
      if (known !== null) return { outcome: known, durable: this.#whenSaved() };
      const applied = this.#tryToApply(work);
      const durable = this.#whenSaved();
      await this.#save(applied.effects);
      return { outcome: applied.outcome, durable };
    });
    await durable;
    // Done again on top of another commit, it may have ended otherwise.
    const settled = this.#known.get(work.id) ?? outcome;
    if (settled === null) throw new Error('the protocol failed at this input; the state from before stays');
    return settled;
  }

  /**
   * Lets the store forget the vault, if it can be stored now. False: nothing of it waits, and the words stay here until
   * they are asked for again: perhaps its answer only was lost (H17).
   */
  takeIfStored(work: Work): Promise<boolean> {
    return this.#queue.run(async () => {
      if (!this.#options.charge.isInCharge || this.#unsaved !== null) return false;
      const { entries } = this;
      this.#isTakingNow = true;
      try {
        this.#apply(work);
        await this.#commit();
        this.#untaken = null;
        return true;
      } catch {
        this.#unsaved = null;
        this.#untaken = entries;
        return false;
      } finally {
        this.#isTakingNow = false;
      }
    });
  }

  /** It was taken up lately: what comes now under this id is a repeat. */
  knows(id: Id): boolean {
    return this.#known.has(id);
  }

  /** Writes what waits. Rejects while the store is gone; meanwhile, no step waits for the store. */
  async save(): Promise<void> {
    const unsaved = this.#unsaved;
    // What is taken now or not at all does not wait.
    if (unsaved === null || this.#isTakingNow) return;
    const result = await this.#options.store.commit(changeOf(unsaved));
    await this.#queue.run(async () => (result === 'committed' ? this.#saved(unsaved) : this.#commit()));
  }

  idle(): Promise<void> {
    return this.#queue.idle();
  }

  get #ahead(): Held {
    return this.#unsaved?.held ?? this.#durable;
  }

  async #outcomeOf(id: Id): Promise<InputOutcome | null> {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const { charge, store } = this.#options;
    if (!charge.isInCharge) return null;
    return store.inputOutcome(this.key, id).catch(() => null);
  }

  /** A fault of ours changes nothing, stands in the record (R3) and is told to whoever can act (R11). No outcome then. */
  #tryToApply(work: Work): { readonly outcome: InputOutcome | null; readonly effects: Applied['effects'] } {
    const kind = work.kind === 'input' ? work.body.type : work.kind;
    try {
      const applied = this.#apply(work);
      this.#failing.delete(kind);
      return applied;
    } catch {
      const effects = work.kind === 'input' ? this.#tellFault(work, !this.#failing.has(kind)) : [];
      this.#failing.add(kind);
      return { outcome: null, effects };
    }
  }

  /** By the session's own alert, if it still can; what it said once of a kind of input it does not say again in a row. */
  #tellFault(work: InputWork, isNew: boolean): Applied['effects'] {
    const told: EffectJob[] = [];
    if (isNew) {
      this.#apply(failedNote(work));
      try {
        told.push(...this.#apply(inputOf({ type: 'step.failed', input: work.body.type }, SERVER)).effects);
        this.#isFaultAlerted = true;
      } catch {
        this.#isFaultAlerted = false;
      }
    }
    this.#options.onFault(this, { isAlerted: this.#isFaultAlerted, isNew });
    return told;
  }

  #apply(work: Work): Pick<Applied, 'outcome' | 'effects'> {
    const { nowMs, tools } = this.#options;
    const before = this.#unsaved;
    const dueAtMs = this.nextDeadlineMs;
    const atMs = nowMs();
    const { held, events, effects, outcome } = applyWork(this.#ahead, work, atMs, tools);
    this.#count += 1;
    this.#unsaved = {
      expectedRevision: this.#durable.record.revision,
      upTo: this.#count,
      works: [...(before?.works ?? []), work],
      // However much waits, it is written at once.
      held: { ...held, record: { ...held.record, revision: this.#durable.record.revision + 1 } },
      events: [...(before?.events ?? []), ...events],
      effects: [...(before?.effects ?? []), ...effects],
      inputs: [...(before?.inputs ?? []), outcome],
      settledEffects: [...(before?.settledEffects ?? []), ...(work.kind === 'input' ? work.settles : [])],
    };
    this.#remember(outcome);
    if (work.kind === 'input' && dueAtMs !== null && dueAtMs <= atMs) this.#options.onStepped(this, dueAtMs);
    return { outcome, effects };
  }

  /** The newest outcomes are answered from memory: a device repeats within seconds. */
  #remember(outcome: InputOutcome): void {
    this.#known.set(outcome.id, outcome);
    if (this.#known.size <= 500) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }

  async #save(fresh: readonly EffectJob[]): Promise<void> {
    if (this.#options.charge.isInCharge) {
      try {
        return await this.#commit();
      } catch {
        // A store that fails is noticed by the charge, which tries again; a session that fails alone, by who is told.
      }
    }
    this.#options.onUnsaved(this, fresh);
  }

  async #commit(): Promise<void> {
    const { store } = this.#options;
    for (let conflicts = 0; this.#unsaved !== null; conflicts += 1) {
      if (conflicts > MOST_CONFLICTS) throw new Error('another process writes this session without end');
      const unsaved = this.#unsaved;
      if ((await store.commit(changeOf(unsaved))) === 'committed') return this.#saved(unsaved);
      await this.#reload(unsaved);
    }
  }

  /** Another commit came between: perhaps our own, whose answer was lost. Whatever is not in the store is done again. */
  async #reload(unsaved: Unsaved): Promise<void> {
    const { store, tools } = this.#options;
    const record = await store.load(this.key);
    if (record === null) throw new Error('the session is gone from the store');
    if (
      record.lastHash === unsaved.held.record.lastHash &&
      record.lastSequence === unsaved.held.record.lastSequence
    ) {
      return this.#saved({ ...unsaved, held: { ...unsaved.held, record } });
    }
    const entries = record.vault === null ? {} : tools.sealer.open(record, record.vault);
    const missing: Work[] = [];
    for (const work of unsaved.works) {
      if ((await store.inputOutcome(this.key, work.id)) === null) missing.push(work);
    }
    // Only now, and at once: a store that fails while it is asked must take nothing away that was taken up.
    this.#durable = { record, entries };
    this.#unsaved = null;
    for (const work of missing) this.#tryToApply(work);
    if (this.#unsaved === null) this.#settleWaiting(unsaved.upTo);
  }

  #saved(unsaved: Unsaved): void {
    // Found out on another way already.
    if (this.#durable.record.revision >= unsaved.held.record.revision) return;
    const { settledEffects } = this.#unsaved ?? unsaved;
    const rest = restAfter(unsaved, this.#unsaved);
    this.#durable = unsaved.held;
    this.#unsaved = rest;
    // What was done before it could be written is not done again.
    const effects = unsaved.effects.filter(({ id }) => !settledEffects.includes(id));
    this.#options.onCommitted(this, { events: unsaved.events, effects });
    this.#settleWaiting(unsaved.upTo);
  }

  #whenSaved(): Promise<void> {
    return this.#unsaved === null
      ? Promise.resolve()
      : new Promise((resolve) => this.#waiting.push({ upTo: this.#count, resolve }));
  }

  #settleWaiting(upTo: number): void {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter((one) => one.upTo > upTo);
    for (const one of waiting) if (one.upTo <= upTo) one.resolve();
  }
}

/** What was taken up while the rest was being written. */
function restAfter(written: Unsaved, all: Unsaved | null): Unsaved | null {
  if (all === null || all.upTo === written.upTo) return null;
  const { revision } = written.held.record;
  return {
    expectedRevision: revision,
    upTo: all.upTo,
    works: all.works.slice(written.works.length),
    held: { ...all.held, record: { ...all.held.record, revision: revision + 1 } },
    events: all.events.slice(written.events.length),
    effects: all.effects.slice(written.effects.length),
    inputs: all.inputs.slice(written.inputs.length),
    settledEffects: all.settledEffects.slice(written.settledEffects.length),
  };
}

const failedNote = ({ id, from, body }: InputWork): Work => ({
  kind: 'notes',
  id: `n-${randomUUID()}`,
  notes: [
    {
      kind: 'input.refused',
      rules: ['R3'],
      subject: null,
      actor: from,
      outcome: 'not-now',
      details: { input: body.type, failed: id },
    },
  ],
  outcome: null,
  room: 'same',
  vault: 'same',
});

const changeOf = ({ expectedRevision, held, events, effects, inputs, settledEffects }: Unsaved): Change => ({
  record: held.record,
  expectedRevision,
  events,
  effects,
  inputs,
  settledEffects,
});
