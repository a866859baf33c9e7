import type { CredentialRecord, DeviceRecord, LinkRecord, Store } from '../store.js';
import type { SqliteDatabase } from './open-database.js';
import { transaction } from './transaction.js';

type MemberQueries = Pick<
  Store,
  'addLink' | 'findLink' | 'redeemLink' | 'findCredential' | 'recordDevices' | 'devices'
>;

/** Links, credentials and the devices that were heard. */
export function memberQueries(database: SqliteDatabase): MemberQueries {
  const addLink = database.prepare(
    'insert into links (token_hash, tenant, session, person, expires_at_ms, device) values (?, ?, ?, ?, ?, ?)',
  );
  const findLink = database.prepare(
    `select token_hash as tokenHash, tenant, session, person, expires_at_ms as expiresAtMs, device
     from links where token_hash = ?`,
  );
  const bind = database.prepare(
    'update links set device = ? where token_hash = ? and (device is null or device = ?)',
  );
  const addCredential = database.prepare(
    'insert into credentials (hash, tenant, session, person, device, made_at_ms) values (?, ?, ?, ?, ?, ?)',
  );
  const findCredential = database.prepare(
    'select hash, tenant, session, person, device, made_at_ms as madeAtMs from credentials where hash = ?',
  );
  const putDevice = database.prepare(
    `insert into devices (tenant, session, person, device, last_heard_at_ms, is_here, holds_media)
     values (?, ?, ?, ?, ?, ?, ?)
     on conflict (tenant, session, person, device) do update set is_here = excluded.is_here,
       holds_media = excluded.holds_media, last_heard_at_ms = max(last_heard_at_ms, excluded.last_heard_at_ms)`,
  );
  const devices = database.prepare('select * from devices where tenant = ? and session = ?');
  return {
    addLink: async (link) =>
      void addLink.run(link.tokenHash, link.tenant, link.session, link.person, link.expiresAtMs, link.device),
    findLink: async (tokenHash) => plain(findLink.get(tokenHash)) as LinkRecord | null,
    redeemLink: async (tokenHash, credential) =>
      transaction(database, () => {
        const { hash, tenant, session, person, device, madeAtMs } = credential;
        if (bind.run(device, tokenHash, device).changes === 0) return false;
        addCredential.run(hash, tenant, session, person, device, madeAtMs);
        return true;
      }),
    findCredential: async (hash) => plain(findCredential.get(hash)) as CredentialRecord | null,
    recordDevices: async (all) =>
      transaction(database, () => {
        for (const { tenant, session, person, device, lastHeardAtMs, isHere, holdsMedia } of all) {
          putDevice.run(tenant, session, person, device, lastHeardAtMs, isHere ? 1 : 0, holdsMedia ? 1 : 0);
        }
      }),
    devices: async ({ tenant, session }) => (devices.all(tenant, session) as DeviceRow[]).map(deviceOf),
  };
}

interface DeviceRow {
  readonly tenant: string;
  readonly session: string;
  readonly person: string;
  readonly device: string;
  readonly last_heard_at_ms: number;
  readonly is_here: number;
  readonly holds_media: number;
}

const deviceOf = (row: DeviceRow): DeviceRecord => ({
  tenant: row.tenant,
  session: row.session,
  person: row.person,
  device: row.device,
  lastHeardAtMs: row.last_heard_at_ms,
  isHere: row.is_here === 1,
  holdsMedia: row.holds_media === 1,
});

/** The row without the field that the driver adds. */
function plain(row: unknown): object | null {
  if (row === undefined || row === null) return null;
  const { _metadata: _, ...fields } = row as { _metadata?: unknown };
  return fields;
}
