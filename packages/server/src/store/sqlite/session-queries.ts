import type { AuditEvent, Policy } from '@holdfast/protocol';
import { readSession, writeSession } from '@holdfast/session/authority';
import type { Change, InputOutcome, SessionKey, SessionRecord, Store } from '../store.js';
import type { SqliteDatabase } from './open-database.js';
import { transaction } from './transaction.js';

interface SessionRow {
  readonly tenant: string;
  readonly session: string;
  readonly revision: number;
  readonly snapshot: string;
  readonly policy: string;
  readonly last_sequence: number;
  readonly last_hash: string;
  readonly last_at_ms: number;
  readonly vault: string | null;
  readonly is_vault_taken: number;
  readonly room_epoch: number;
  readonly next_deadline_ms: number | null;
  readonly is_open: number;
}

type SessionQueries = Pick<
  Store,
  'load' | 'commit' | 'openSessions' | 'due' | 'lastAtMs' | 'inputOutcome' | 'events'
>;

/** Sessions, their events and what became of their inputs. */
export function sessionQueries(database: SqliteDatabase): SessionQueries {
  const load = database.prepare('select * from sessions where tenant = ? and session = ?');
  const openSessions = database.prepare(
    'select tenant, session from sessions where is_open = 1 order by made, tenant, session',
  );
  const due = database.prepare(
    'select tenant, session from sessions where is_open = 1 and next_deadline_ms <= ? order by next_deadline_ms limit ?',
  );
  const lastAtMs = database.prepare('select max(last_at_ms) as at from sessions');
  const outcome = database.prepare('select outcome from inputs where tenant = ? and session = ? and id = ?');
  const events = database.prepare(
    'select event from events where tenant = ? and session = ? and sequence > ? order by sequence limit ?',
  );
  const write = commitStatements(database);
  const policyOf = policyReader();
  return {
    async load({ tenant, session }) {
      const row = load.get(tenant, session) as SessionRow | undefined;
      return row === undefined ? null : recordOf(row, policyOf(row.policy));
    },
    commit: async (change) => transaction(database, () => write(change)),
    openSessions: async () => (openSessions.all() as SessionKey[]).map(keyOf),
    due: async (nowMs, limit) => (due.all(nowMs, limit) as SessionKey[]).map(keyOf),
    lastAtMs: async () => (lastAtMs.get() as { at: number | null }).at,
    async inputOutcome({ tenant, session }, id) {
      const row = outcome.get(tenant, session, id) as { outcome: string } | undefined;
      return row === undefined ? null : (JSON.parse(row.outcome) as InputOutcome);
    },
    events: async ({ tenant, session }, afterSequence, limit) =>
      (events.all(tenant, session, afterSequence, limit) as { event: string }[]).map(
        (row) => JSON.parse(row.event) as AuditEvent,
      ),
  };
}

const keyOf = ({ tenant, session }: SessionKey): SessionKey => ({ tenant, session });

/** Policies of which a service has few and many sessions have the same: the newest ones are read once. */
const MOST_POLICIES = 20;

/** The policy of a row; null for one that version 1 wrote, with the policy inside its session. */
function policyReader(): (text: string) => Policy | null {
  const known = new Map<string, Policy>();
  return (text) => {
    if (text === '') return null;
    const policy = known.get(text) ?? (JSON.parse(text) as Policy);
    known.delete(text);
    known.set(text, policy);
    const [oldest] = known.keys();
    if (known.size > MOST_POLICIES && oldest !== undefined) known.delete(oldest);
    return policy;
  };
}

function recordOf(row: SessionRow, policy: Policy | null): SessionRecord {
  const { session, migratedFrom } = readSession(row.snapshot, policy);
  return {
    tenant: row.tenant,
    session: row.session,
    revision: row.revision,
    snapshot: session,
    lastSequence: row.last_sequence,
    lastHash: row.last_hash,
    lastAtMs: row.last_at_ms,
    vault: row.vault,
    isVaultTaken: row.is_vault_taken === 1,
    roomEpoch: row.room_epoch,
    nextDeadlineMs: row.next_deadline_ms,
    isOpen: row.is_open === 1,
    ...(migratedFrom === null ? {} : { migratedFrom }),
  };
}

/** Writes a change; the caller holds the transaction. */
function commitStatements(database: SqliteDatabase): (change: Change) => 'committed' | 'conflict' {
  const revision = database.prepare(
    "select revision, policy = '' as lacks_policy from sessions where tenant = ? and session = ?",
  );
  const put = database.prepare(
    `insert into sessions (tenant, session, made, revision, snapshot, policy, last_sequence, last_hash, last_at_ms, vault,
       is_vault_taken, room_epoch, next_deadline_ms, is_open) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (tenant, session) do update set revision = excluded.revision, snapshot = excluded.snapshot,
       policy = case when policy = '' then excluded.policy else policy end,
       last_sequence = excluded.last_sequence, last_hash = excluded.last_hash, last_at_ms = excluded.last_at_ms,
       vault = excluded.vault, is_vault_taken = excluded.is_vault_taken, room_epoch = excluded.room_epoch,
       next_deadline_ms = excluded.next_deadline_ms, is_open = excluded.is_open`,
  );
  const addEvent = database.prepare(
    'insert into events (tenant, session, sequence, event) values (?, ?, ?, ?)',
  );
  const addEffect = database.prepare(
    `insert into effects (tenant, session, id, job, attempts, not_before_ms, leased_until_ms, is_done)
     values (?, ?, ?, ?, ?, ?, 0, 0) on conflict (tenant, session, id) do nothing`,
  );
  const addInput = database.prepare(
    'insert or replace into inputs (tenant, session, id, outcome) values (?, ?, ?, ?)',
  );
  const settle = database.prepare(
    'update effects set is_done = 1 where tenant = ? and session = ? and id = ?',
  );
  return ({ record, expectedRevision, ...added }) => {
    const { tenant, session } = record;
    const before = revision.get(tenant, session) as { revision: number; lacks_policy: number } | undefined;
    if ((before?.revision ?? 0) !== expectedRevision) return 'conflict';
    put.run(
      tenant,
      session,
      record.snapshot.createdAtMs,
      record.revision,
      writeSession(record.snapshot),
      // It never changes: written once, or when a session of the version before is written for the first time.
      before === undefined || before.lacks_policy === 1 ? JSON.stringify(record.snapshot.policy) : '',
      record.lastSequence,
      record.lastHash,
      record.lastAtMs,
      record.vault,
      record.isVaultTaken ? 1 : 0,
      record.roomEpoch,
      record.nextDeadlineMs,
      record.isOpen ? 1 : 0,
    );
    for (const event of added.events) addEvent.run(tenant, session, event.sequence, JSON.stringify(event));
    for (const job of added.effects)
      addEffect.run(tenant, session, job.id, JSON.stringify(job), job.attempts, job.notBeforeMs);
    for (const input of added.inputs) addInput.run(tenant, session, input.id, JSON.stringify(input));
    for (const id of added.settledEffects) settle.run(tenant, session, id);
    return 'committed';
  };
}
