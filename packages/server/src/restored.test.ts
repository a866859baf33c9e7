import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEvent, Id } from '@holdfast/protocol';
import { verifyChain } from '@holdfast/protocol/audit';
import { FakeClock } from '@holdfast/session/testing';
import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import { sqliteStore } from './store/sqlite/sqlite-store.js';
import { MIGRATIONS } from './store/sqlite/migrations.js';
import { memoryStore } from './store/memory-store.js';
import {
  SESSION,
  aDrillPolicy,
  aSessionServer,
  mustAccept,
  reportMedia,
  together,
  type RunningServer,
} from './testing/a-session-server.js';
import { fakeSink } from './testing/fake-sink.js';
import { passTime } from './testing/pass-time.js';
import type { TestDevice } from './testing/test-device.js';

const { restoreFreshMs } = aDrillPolicy.durations;
const RECHECKED: readonly Id[] = ['clientPrivacy', 'consent', 'practitionerPrivacy'];
const byName = (a: Id = '', b: Id = ''): number => a.localeCompare(b);
const expiredIn = (events: readonly AuditEvent[]): readonly (Id | undefined)[] =>
  events.flatMap(({ kind, subject }) => (kind === 'item.expired' ? [subject?.id] : [])).toSorted(byName);
const pausedIn = (events: readonly AuditEvent[]): readonly unknown[] =>
  events.flatMap(({ kind, outcome }) => (kind === 'pause.started' ? [outcome] : []));

/** Two people who talk, a session server that is gone for so long, and the same two back. */
async function over(downMs: number) {
  const clock = new FakeClock();
  const sink = fakeSink();
  const store = { ...memoryStore(), close: async () => {} };
  const first = await aSessionServer(clock, { store, sinks: [sink] });
  const { practitioner, client } = await together(clock, first);
  await passTime(clock, 120_000, practitioner, client);
  await first.server.close();
  await clock.advance(downMs);
  const before = sink.events.length;
  const second = await aSessionServer(clock, { store, sinks: [sink] }, false);
  const rejoin = async (running: RunningServer, { credential, device, media }: TestDevice) => {
    const again = await running.device('', { credential, device, takesMedia: false });
    again.media = media;
    return again;
  };
  const [p, c] = [await rejoin(second, practitioner), await rejoin(second, client)];
  for (const device of [p, c]) await reportMedia(device, 'up', clock.nowMs());
  await passTime(clock, 5000, p, c);
  return { clock, second, practitioner: p, client: c, sink, events: sink.events.slice(before) };
}

describe('a session server that starts again', () => {
  test('[R8] [R9] [H24] counts the gap from the newest proof of life, however quiet the session was, and takes a short one as none', async () => {
    const { second, events } = await over(restoreFreshMs - 6000);
    expect([expiredIn(events), pausedIn(events)]).toEqual([[], []]);
    const started = events.find(({ kind }) => kind === 'session.serverStarted');
    // Two minutes without an input went before: they were looked after all the same.
    expect(Number(started?.details['unwatchedMs'])).toBeLessThan(restoreFreshMs);
    await second.server.close();
  });

  test('[R8] [R9] [H24] after a longer gap consent and privacy are asked again and picture and sound wait for the practitioner', async () => {
    const { clock, second, practitioner, client, events, sink } = await over(restoreFreshMs);
    expect(expiredIn(events)).toEqual(['consent', 'practitionerPrivacy']);
    expect(pausedIn(events)).toEqual(['recheck']);
    expect(events.filter(({ kind }) => /^(run|alert|contact\.lost)/.test(kind))).toEqual([]);
    await mustAccept(practitioner, { type: 'pause.end', client: 'c1' });
    await mustAccept(client, {
      type: 'item.answer',
      item: 'consent',
      answer: 'confirmed',
      textVersion: 'consent-v1',
      flags: { ladderExplained: true },
    });
    await passTime(clock, 1000, practitioner, client);
    expect(verifyChain(sink.events.map((event) => JSON.stringify(event))).fault).toBeNull();
    await second.server.close();
  });
});

/** A store as the program of version 1 left it behind: its schema, and one of its sessions. */
function aStoreOfV1(name: string) {
  const file = new URL('../../../test/fixtures/sessions-v1.jsonl', import.meta.url);
  const [first = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const { policy } = JSON.parse(first) as { policy: object };
  const found = lines
    .map((line) => JSON.parse(line) as { name: string; nowMs: number; session: object })
    .find((one) => one.name === name);
  if (found === undefined) throw new Error(`no snapshot ${name}`);
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-'));
  const database = new Database(join(directory, 'holdfast.sqlite'));
  database.exec(`begin; ${MIGRATIONS[0] ?? ''} pragma user_version = 1; commit`);
  database
    .prepare(
      `insert into sessions (tenant, session, made, revision, snapshot, last_sequence, last_hash, last_at_ms, vault,
       is_vault_taken, room_epoch, next_deadline_ms, is_open) values ('t1', ?, 0, 1, ?, 0, ?, ?, null, 0, 1, null, 1)`,
    )
    .run(SESSION, JSON.stringify({ ...found.session, policy }), '0'.repeat(64), found.nowMs);
  database.close();
  return { directory, nowMs: found.nowMs };
}

describe('a store of the version before', () => {
  test('[R10] [R8] [H24] its session goes on, however short the gap was consent and privacy are asked again, and it is stored in this version', async () => {
    const { directory, nowMs } = aStoreOfV1('live');
    const clock = new FakeClock(nowMs + 1000);
    const sink = fakeSink();
    const key = { tenant: 't1', session: SESSION };
    const first = await aSessionServer(
      clock,
      { store: sqliteStore({ directory }), sinks: [sink], tenant: 't1' },
      false,
    );
    await passTime(clock, 5000);
    expect(first.server.health()).toMatchObject({ openSessions: 1, unreadable: [] });
    expect(expiredIn(sink.events)).toEqual(RECHECKED);
    expect(pausedIn(sink.events)).toEqual(['recheck']);
    const told = sink.events.length;
    await first.server.close();
    // The second time it is one of this version: a short gap is a short gap.
    const store = sqliteStore({ directory });
    const record = await store.load(key);
    expect([record?.snapshot.version, record?.migratedFrom]).toEqual([2, undefined]);
    const second = await aSessionServer(clock, { store, sinks: [sink], tenant: 't1' }, false);
    await passTime(clock, 1000);
    expect(expiredIn(sink.events.slice(told))).toEqual([]);
    await second.server.close();
  });

  test('[R10] [H24] a session of a version that nobody knows is left as it is, named, and tried again', async () => {
    const { directory, nowMs } = aStoreOfV1('live');
    const database = new Database(join(directory, 'holdfast.sqlite'));
    const newer = JSON.stringify({ version: 9 });
    database.prepare('update sessions set snapshot = ?').run(newer);
    database.close();
    const running = await aSessionServer(
      new FakeClock(nowMs),
      { store: sqliteStore({ directory }), tenant: 't1' },
      false,
    );
    expect(running.server.health().unreadable).toEqual([{ tenant: 't1', session: SESSION }]);
    await running.server.close();
    const after = new Database(join(directory, 'holdfast.sqlite'));
    expect(after.prepare('select snapshot from sessions').get()).toMatchObject({ snapshot: newer });
    after.close();
  });
});
