import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import type { Problem } from './authority.js';
import { memoryStore } from '../store/memory-store.js';
import type { SessionKey, SessionRecord, Store } from '../store/store.js';
import { PEOPLE, SESSION, aSessionServer, mustAccept, openGate } from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';

const BROKEN = { tenant: 'default', session: 's-broken' };
type Breaks = (record: SessionRecord | null) => SessionRecord | null | Promise<never>;

/** A store with two open sessions, one of which cannot be taken over. */
async function twoSessions(clock: FakeClock, breaks: Breaks) {
  const memory = { ...memoryStore(), close: async () => {} };
  const first = await aSessionServer(clock, { store: memory });
  await first.server.createSession({ id: BROKEN.session, drill: true, people: PEOPLE });
  await first.server.close();
  const asked = { loads: 0 };
  const store: Store = {
    ...memory,
    async load(key) {
      const record = await memory.load(key);
      if (key.session !== BROKEN.session) return record;
      asked.loads += 1;
      return breaks(record);
    },
  };
  return { memory, store, asked };
}

const BROKEN_ROWS: readonly (readonly [string, Breaks])[] = [
  [
    'read',
    () => {
      throw new SyntaxError('the row is torn');
    },
  ],
  ['stepped', (record) => record && { ...record, snapshot: { ...record.snapshot, charts: null as never } }],
];

test.each(BROKEN_ROWS)(
  '[R3] [H24] a session that cannot be %s is named once and left as it is; the others are taken over',
  async (_, breaks) => {
    const clock = new FakeClock();
    const { memory, store, asked } = await twoSessions(clock, breaks);
    const before = await memory.load(BROKEN);
    const { server, ...running } = await aSessionServer(clock, { store }, false);
    const told: [Problem, SessionKey | undefined][] = [];
    server.on('problem', (problem, session) => void told.push([problem, session]));
    await openGate(await running.device('p1'), await running.device('c1'));
    await passTime(clock, 5000);
    expect(server.health()).toMatchObject({ inCharge: true, openSessions: 1, unreadable: [BROKEN] });
    expect(told).toEqual([['session-unreadable', BROKEN]]);
    await expect(server.joinLink({ ...BROKEN, person: 'c1' })).rejects.toMatchObject({
      code: 'session-unreadable',
    });
    await mustAccept(await running.device('p1'), { type: 'risk.raise', client: 'c1' });
    await server.close();
    // At the start, and 5 s later.
    expect(asked.loads).toBe(2);
    expect(await memory.load(BROKEN)).toEqual(before);
    expect((await memory.load({ ...BROKEN, session: SESSION }))?.revision).toBeGreaterThan(2);
  },
);

const ONCE: readonly (readonly [string, () => Promise<never>])[] = [
  ['does not end', () => new Promise(() => {})],
  ['fails', () => Promise.reject(new Error('the connection was reset'))],
];

test.each(ONCE)(
  '[H01] [H24] a session whose load %s once is taken over within seconds, without another start',
  async (_, answers) => {
    const clock = new FakeClock();
    let loads = 0;
    const { store } = await twoSessions(clock, (record) => {
      loads += 1;
      return loads === 1 ? answers() : record;
    });
    const starting = aSessionServer(clock, { store }, false);
    await passTime(clock, 1500);
    const { server } = await starting;
    expect(server.health()).toMatchObject({ openSessions: 1, unreadable: [BROKEN] });
    await passTime(clock, 7000);
    expect(server.health()).toMatchObject({ inCharge: true, openSessions: 2, unreadable: [] });
    await expect(server.joinLink({ ...BROKEN, person: 'c1' })).resolves.toContain('#');
    await server.close();
  },
);

test('[H24] a store that is gone at the start still refuses it: no session is called unreadable for that', async () => {
  const clock = new FakeClock();
  const { store } = await twoSessions(clock, () => {
    throw new Error('unused');
  });
  let asks = 0;
  const gone: Store = {
    ...store,
    lastAtMs: async () => {
      asks += 1;
      if (asks > 1) throw new Error('the store is gone');
      return store.lastAtMs();
    },
  };
  await expect(aSessionServer(clock, { store: gone }, false)).rejects.toMatchObject({
    code: 'store-unavailable',
  });
});
