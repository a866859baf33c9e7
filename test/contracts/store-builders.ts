import { referencePolicy, usualAppointment, type AuditEvent, type Effect } from '@holdfast/protocol';
import { FIRST_HASH, chainEvent } from '@holdfast/protocol/audit';
import { createSession } from '@holdfast/session/authority';
import type { Change, EffectJob, SessionRecord } from '@holdfast/server';

const HASH = 'a'.repeat(64);
export const T0 = 1_780_000_000_000;

interface Wanted {
  readonly tenant?: string;
  readonly session?: string;
  readonly revision?: number;
  readonly nextDeadlineMs?: number | null;
  readonly isOpen?: boolean;
  readonly atMs?: number;
}

/** A record of a session with nothing in it: the store never looks inside a snapshot. */
export function aRecord({
  tenant = 't1',
  session = 's1',
  revision = 1,
  nextDeadlineMs = null,
  isOpen = true,
  atMs = T0,
}: Wanted = {}): SessionRecord {
  return {
    tenant,
    session,
    revision,
    snapshot: createSession({
      id: session,
      tenant,
      drill: false,
      appointment: usualAppointment,
      policy: referencePolicy,
      policyHash: HASH,
      people: [{ id: 'p1', role: 'practitioner' }],
      atMs: T0,
    }),
    lastSequence: 0,
    lastHash: FIRST_HASH,
    lastAtMs: atMs,
    vault: null,
    isVaultTaken: false,
    roomEpoch: 1,
    nextDeadlineMs,
    isOpen,
  };
}

/** A valid event in the chain of its session. */
export function anEvent(
  sequence: number,
  prevHash = FIRST_HASH,
  { tenant = 't1', session = 's1' } = {},
): AuditEvent {
  return chainEvent(
    {
      kind: 'session.created',
      rules: ['P1'],
      subject: null,
      actor: { person: null, role: null, source: 'server', device: null },
      occurredAtMs: T0,
      saidAtMs: null,
      cause: 'i1',
      from: null,
      to: null,
      outcome: null,
      details: { place: sequence },
      schemaVersion: 1,
      id: `${session}.${sequence}`,
      tenant,
      session,
      sequence,
      recordedAtMs: T0,
      policy: { id: 'reference', version: 'v1', hash: HASH },
      drill: false,
    },
    prevHash,
  );
}

export const aChange = (record: SessionRecord, added: Partial<Omit<Change, 'record'>> = {}): Change => ({
  record,
  expectedRevision: record.revision - 1,
  events: [],
  effects: [],
  inputs: [],
  settledEffects: [],
  ...added,
});

const closeRoom: Effect = { kind: 'closeRoom', id: 'room.close', atMs: T0 };
export const aJob = (id: string, notBeforeMs = T0): EffectJob => ({
  tenant: 't1',
  session: 's1',
  id,
  effect: { ...closeRoom, id },
  channel: null,
  attempts: 0,
  notBeforeMs,
});
