import { FIRST_HASH } from '@holdfast/protocol/audit';
import type { Store } from '@holdfast/server';
import { expect, test } from 'vitest';
import { T0, aChange, aJob, aRecord, anEvent } from './store-builders.js';

/** What every `Store` does, fake and real. `open` gives an empty store each time. */
export function storeContract(open: () => Promise<Store>): void {
  const key = { tenant: 't1', session: 's1' };

  test('[A02] keeps a session with everything that was committed with it', async () => {
    const store = await open();
    const record = { ...aRecord({ nextDeadlineMs: T0 + 5 }), vault: 'c2VhbGVk', lastSequence: 1 };
    expect(await store.commit(aChange(record, { events: [anEvent(1)] }))).toBe('committed');
    expect(await store.load(key)).toEqual(record);
    expect(await store.events(key, 0, 10)).toEqual([anEvent(1)]);
    expect(await store.load({ tenant: 't2', session: 's1' })).toBeNull();
    expect(await store.lastAtMs()).toBe(T0);
    await store.close();
  });

  test('[H09] a commit on an old revision is a conflict and writes nothing', async () => {
    const store = await open();
    await store.commit(aChange(aRecord()));
    await store.commit(aChange(aRecord({ revision: 2 })));
    expect(
      await store.commit(aChange(aRecord({ revision: 2, nextDeadlineMs: 7 }), { events: [anEvent(1)] })),
    ).toBe('conflict');
    expect(await store.commit(aChange(aRecord({ revision: 1 })))).toBe('conflict');
    expect((await store.load(key))?.nextDeadlineMs).toBeNull();
    expect(await store.eventsAfter(0, 10)).toEqual([]);
    await store.close();
  });

  test('[H09] an input that was stored keeps its outcome, within its session', async () => {
    const store = await open();
    const outcome = { id: 'i1', outcome: 'refused', code: 'not-now', missing: ['identity'] } as const;
    await store.commit(aChange(aRecord(), { inputs: [outcome] }));
    expect(await store.inputOutcome(key, 'i1')).toEqual(outcome);
    expect(await store.inputOutcome({ tenant: 't1', session: 's2' }, 'i1')).toBeNull();
    expect(await store.inputOutcome(key, 'i2')).toBeNull();
    await store.close();
  });

  test('[H07] finds what is due, earliest first, and passes over closed sessions', async () => {
    const store = await open();
    await store.commit(aChange(aRecord({ session: 'late', nextDeadlineMs: T0 + 10 })));
    await store.commit(aChange(aRecord({ session: 'early', nextDeadlineMs: T0 + 1, tenant: 't2' })));
    await store.commit(aChange(aRecord({ session: 'shut', nextDeadlineMs: T0, isOpen: false })));
    await store.commit(aChange(aRecord({ session: 'quiet' })));
    expect(await store.due(T0, 10)).toEqual([]);
    expect(await store.due(T0 + 10, 10)).toEqual([
      { tenant: 't2', session: 'early' },
      { tenant: 't1', session: 'late' },
    ]);
    expect(await store.due(T0 + 10, 1)).toHaveLength(1);
    expect((await store.openSessions()).map((open) => open.session).sort()).toEqual([
      'early',
      'late',
      'quiet',
    ]);
    await store.close();
  });

  test('[H09] a job is leased to one taker, comes back when postponed, and never after it is settled', async () => {
    const store = await open();
    await store.commit(aChange(aRecord(), { effects: [aJob('e1'), aJob('e2', T0 + 1000)] }));
    const take = (nowMs: number) => store.takeEffects({ nowMs, leaseUntilMs: nowMs + 100, limit: 10 });
    expect((await take(T0)).map((job) => [job.id, job.attempts])).toEqual([['e1', 0]]);
    expect(await take(T0 + 50)).toEqual([]);
    expect((await take(T0 + 100)).map((job) => [job.id, job.attempts])).toEqual([['e1', 1]]);
    await store.postponeEffect({ ...key, id: 'e1' }, T0 + 500);
    expect(await take(T0 + 499)).toEqual([]);
    expect((await take(T0 + 1000)).map((job) => job.id)).toEqual(['e1', 'e2']);
    await store.settleEffect({ ...key, id: 'e1' });
    await store.commit(aChange(aRecord({ revision: 2 }), { settledEffects: ['e2'] }));
    await store.commit(aChange(aRecord({ revision: 3 }), { effects: [aJob('e1'), aJob('e2')] }));
    expect(await take(T0 + 5000)).toEqual([]);
    await store.close();
  });

  test('a link is used by one device, which may use it again', async () => {
    const store = await open();
    const link = { ...key, tokenHash: 'h1', person: 'c1', expiresAtMs: T0 + 1000, device: null };
    await store.addLink(link);
    const credential = (hash: string, device: string) => ({
      ...key,
      hash,
      person: 'c1',
      device,
      madeAtMs: T0,
    });
    expect(await store.findLink('h1')).toEqual(link);
    expect(await store.findLink('h2')).toBeNull();
    expect(await store.redeemLink('h1', credential('k1', 'd1'))).toBe(true);
    expect(await store.redeemLink('h1', credential('k2', 'd2'))).toBe(false);
    expect(await store.redeemLink('h1', credential('k3', 'd1'))).toBe(true);
    expect(await store.redeemLink('h9', credential('k4', 'd1'))).toBe(false);
    expect(await store.findCredential('k1')).toEqual(credential('k1', 'd1'));
    expect(await store.findCredential('k2')).toBeNull();
    expect(await store.findCredential('k4')).toBeNull();
    await store.close();
  });

  test('[H01] keeps the newest proof of life of each device', async () => {
    const store = await open();
    const device = {
      ...key,
      person: 'c1',
      device: 'd1',
      lastHeardAtMs: T0 + 5,
      isHere: true,
      holdsMedia: true,
    };
    await store.recordDevices([device]);
    await store.recordDevices([{ ...device, lastHeardAtMs: T0, holdsMedia: false }]);
    expect(await store.devices(key)).toEqual([{ ...device, holdsMedia: false }]);
    expect(await store.devices({ tenant: 't2', session: 's1' })).toEqual([]);
    await store.close();
  });

  test('[H17] events come in the order of commits, over all sessions, from any place on', async () => {
    const store = await open();
    const first = anEvent(1);
    await store.commit(aChange(aRecord(), { events: [first] }));
    await store.commit(
      aChange(aRecord({ session: 's2' }), { events: [anEvent(1, FIRST_HASH, { session: 's2' })] }),
    );
    await store.commit(aChange(aRecord({ revision: 2 }), { events: [anEvent(2, first.hash)] }));
    const all = await store.eventsAfter(0, 10);
    expect(all.map(({ event }) => event.id)).toEqual(['s1.1', 's2.1', 's1.2']);
    expect((await store.eventsAfter(all[0]?.position ?? 0, 1)).map(({ event }) => event.id)).toEqual([
      's2.1',
    ]);
    expect(await store.cursor('file')).toBe(0);
    await store.moveCursor('file', all[1]?.position ?? 0);
    expect(await store.cursor('file')).toBe(all[1]?.position);
    expect(await store.cursor('hook')).toBe(0);
    await store.close();
  });

  test('[H18] holds no reference to what it was given or gave', async () => {
    const store = await open();
    const record = aRecord();
    await store.commit(aChange(record));
    Object.assign(record.snapshot, { tenant: 'changed' });
    const loaded = await store.load(key);
    expect(loaded?.snapshot.tenant).toBe('t1');
    await store.close();
  });
}
