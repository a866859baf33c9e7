import type {
  Actor,
  AuditEvent,
  Code,
  Command,
  Effect,
  Fact,
  Id,
  Instant,
  Personal,
  VaultKey,
} from '@holdfast/protocol';
import { nextDeadline, step, type Session } from '@holdfast/session/authority';
import type { EffectJob, InputOutcome, SessionRecord } from '../store/store.js';
import type { Sealer, VaultEntries } from '../vault/sealer.js';
import { chainEvents, noteEvent, type Note } from './event-chain.js';
import { isPracticeRoom } from './outside.js';

/** Words that belong to an answer: they go to the vault and nowhere else. */
export interface VaultChange {
  readonly owner: Id;
  /** Keys whose old words are forgotten. */
  readonly forgets: readonly VaultKey[];
  readonly adds: Personal;
}

/** Something to be done to a session, in its turn, in one transaction. */
export type Work =
  | {
      readonly kind: 'input';
      readonly id: Id;
      readonly from: Actor;
      readonly body: Command | Fact;
      /** As the device estimated it; null when it says nothing about an earlier instant. */
      readonly saidAtMs: Instant | null;
      readonly vault: VaultChange | null;
      /** Jobs that this input is the result of. */
      readonly settles: readonly Id[];
    }
  | {
      /** What the authority records without `step`: a refusal at the edge, a grant, a sink that failed. */
      readonly kind: 'notes';
      readonly id: Id;
      readonly notes: readonly Note[];
      /** Kept for repeats of the id; null when there is nobody to answer. */
      readonly outcome: InputOutcome | null;
      readonly room: 'same' | 'next';
      readonly vault: 'same' | 'taken';
    };

/** A session as the authority holds it: the record, and the vault opened. */
export interface Held {
  readonly record: SessionRecord;
  readonly entries: VaultEntries;
}

export interface Applied {
  readonly held: Held;
  readonly events: readonly AuditEvent[];
  readonly effects: readonly EffectJob[];
  readonly outcome: InputOutcome;
}

export interface WorkTools {
  readonly sealer: Sealer;
  /** Alert channels: each gets a job of its own, so that one that fails holds up no other. */
  readonly channels: readonly Code[];
}

/** Less than this between saying and arriving is the network, not a late report. */
const LATE_FROM_MS = 2000;

/** Does one piece of work to a session in memory. Nothing is durable yet. */
export function applyWork(held: Held, work: Work, nowMs: Instant, tools: WorkTools): Applied {
  // Time never goes back within a session, whatever happened to the clock of the machine (H07).
  const atMs = Math.max(nowMs, held.record.lastAtMs);
  return work.kind === 'input' ? applyInput(held, work, atMs, tools) : applyNotes(held, work, atMs);
}

function applyInput(
  held: Held,
  work: Extract<Work, { kind: 'input' }>,
  atMs: Instant,
  tools: WorkTools,
): Applied {
  const { record } = held;
  const { id, from } = work;
  const body = plausible(work.body, atMs);
  const result = step(record.snapshot, {
    id,
    atMs,
    saidAtMs: lateInstant(work.saidAtMs, atMs, record.snapshot),
    from,
    body,
  });
  const events = chainEvents(record.snapshot, record, result.events, atMs);
  const isClosed = result.events.some((event) => event.kind === 'session.closed');
  const entries =
    result.refusal === null && work.vault !== null ? changed(held.entries, work.vault) : held.entries;
  const next: SessionRecord = {
    ...placed(record, events, atMs),
    snapshot: result.session,
    nextDeadlineMs: nextDeadline(result.session),
    isOpen: record.isOpen && !isClosed,
    vault: entries === held.entries ? record.vault : tools.sealer.seal(record, entries),
  };
  return {
    held: forgotten({ record: next, entries }),
    events,
    effects: result.effects.flatMap((effect) => jobsFor(effect, record, tools.channels, atMs)),
    outcome: {
      id,
      outcome: result.refusal === null ? 'accepted' : 'refused',
      code: result.refusal?.code ?? null,
      missing: result.refusal?.missing ?? [],
    },
  };
}

function applyNotes(held: Held, work: Extract<Work, { kind: 'notes' }>, atMs: Instant): Applied {
  const { record } = held;
  const events = chainEvents(
    record.snapshot,
    record,
    work.notes.map((note) => noteEvent(note, work.id, atMs)),
    atMs,
  );
  const next: SessionRecord = {
    ...placed(record, events, atMs),
    roomEpoch: record.roomEpoch + (work.room === 'next' ? 1 : 0),
    isVaultTaken: record.isVaultTaken || work.vault === 'taken',
  };
  return {
    held: forgotten({ record: next, entries: held.entries }),
    events,
    effects: [],
    outcome: work.outcome ?? { id: work.id, outcome: 'accepted', code: null, missing: [] },
  };
}

const placed = (record: SessionRecord, events: readonly AuditEvent[], atMs: Instant): SessionRecord => ({
  ...record,
  revision: record.revision + 1,
  lastSequence: record.lastSequence + events.length,
  lastHash: events.at(-1)?.hash ?? record.lastHash,
  lastAtMs: atMs,
});

/**
 * The vault is erased once the session is closed and the host has taken what it keeps; of a practice room nobody keeps
 * anything (rule K26).
 */
const forgotten = (held: Held): Held =>
  held.record.isOpen || !(held.record.isVaultTaken || isPracticeRoom(held.record.snapshot))
    ? held
    : { record: { ...held.record, vault: null }, entries: {} };

/** Nobody has seen media in the future: from there, the last contact would put off every deadline of the ladder (H07). */
const plausible = (body: Command | Fact, atMs: Instant): Command | Fact =>
  body.type === 'media.reported' && body.lastBothWaysAtMs > atMs ? { ...body, lastBothWaysAtMs: atMs } : body;

/** An instant of a device is believed as far as it can be true: after the session was made, before now. */
function lateInstant(saidAtMs: Instant | null, atMs: Instant, session: Session): Instant | null {
  if (saidAtMs === null || atMs - saidAtMs < LATE_FROM_MS) return null;
  return Math.max(saidAtMs, session.createdAtMs);
}

function changed(entries: VaultEntries, { owner, forgets, adds }: VaultChange): VaultEntries {
  const kept = Object.entries(entries[owner] ?? {}).filter(([key]) => !forgets.includes(key as VaultKey));
  return { ...entries, [owner]: { ...Object.fromEntries(kept), ...adds } };
}

function jobsFor(
  effect: Effect,
  { tenant, session }: SessionRecord,
  channels: readonly Code[],
  atMs: Instant,
): EffectJob[] {
  const job = { tenant, session, effect, attempts: 0, notBeforeMs: atMs };
  if (effect.kind !== 'alert' && effect.kind !== 'alertStoodDown')
    return [{ ...job, id: effect.id, channel: null }];
  return channels.map((channel) => ({ ...job, id: jobId(effect.id, channel), channel }));
}

/** The id of an alert's job on one channel. */
export const jobId = (effect: Id, channel: Code): Id => `${effect}.${channel}`;
