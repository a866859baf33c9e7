import type { AuditEvent } from '@holdfast/protocol';
import type { EffectJob, Store } from '../store.js';
import type { SqliteDatabase } from './open-database.js';
import { transaction } from './transaction.js';

interface EffectRow {
  readonly place: number;
  readonly job: string;
  readonly attempts: number;
  readonly not_before_ms: number;
}

type DeliveryQueries = Pick<
  Store,
  'takeEffects' | 'postponeEffect' | 'settleEffect' | 'eventsAfter' | 'cursor' | 'moveCursor'
>;

/** Jobs on their way into the world, and how far each sink has come. */
export function deliveryQueries(database: SqliteDatabase): DeliveryQueries {
  // One process a folder: whoever took up a job before is dead, and what it owes must not wait for its lease (H22).
  database.exec('update effects set leased_until_ms = 0 where is_done = 0');
  const waiting = database.prepare(
    `select place, job, attempts, not_before_ms from effects
     where is_done = 0 and not_before_ms <= ? and leased_until_ms <= ? order by place limit ?`,
  );
  const lease = database.prepare(
    'update effects set leased_until_ms = ?, attempts = attempts + 1 where place = ?',
  );
  const postpone = database.prepare(
    'update effects set not_before_ms = ?, leased_until_ms = 0 where tenant = ? and session = ? and id = ?',
  );
  const settle = database.prepare(
    'update effects set is_done = 1 where tenant = ? and session = ? and id = ?',
  );
  const after = database.prepare(
    'select position, event from events where position > ? order by position limit ?',
  );
  const cursor = database.prepare('select position from cursors where sink = ?');
  const move = database.prepare(
    'insert into cursors (sink, position) values (?, ?) on conflict (sink) do update set position = excluded.position',
  );
  return {
    async takeEffects({ nowMs, leaseUntilMs, limit }) {
      const rows = waiting.all(nowMs, nowMs, limit) as EffectRow[];
      if (rows.length === 0) return [];
      transaction(database, () => rows.forEach((row) => lease.run(leaseUntilMs, row.place)));
      return rows.map((row) => ({
        ...(JSON.parse(row.job) as EffectJob),
        attempts: row.attempts,
        notBeforeMs: row.not_before_ms,
      }));
    },
    postponeEffect: async ({ tenant, session, id }, notBeforeMs) =>
      void postpone.run(notBeforeMs, tenant, session, id),
    settleEffect: async ({ tenant, session, id }) => void settle.run(tenant, session, id),
    eventsAfter: async (position, limit) =>
      (after.all(position, limit) as { position: number; event: string }[]).map((row) => ({
        position: row.position,
        event: JSON.parse(row.event) as AuditEvent,
      })),
    cursor: async (sink) => (cursor.get(sink) as { position: number } | undefined)?.position ?? 0,
    moveCursor: async (sink, position) => void move.run(sink, position),
  };
}
