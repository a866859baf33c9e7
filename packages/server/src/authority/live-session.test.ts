import { verifyChain } from '@holdfast/protocol/audit';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from '../store/memory-store.js';
import type { Store } from '../store/store.js';
import { SESSION, aDrillPolicy, aSessionServer, mustAccept, together } from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';

/** A store that does the next commit and loses the answer on the way. */
function forgetful(): Store & { loseNextAnswer(): void } {
  const store = memoryStore();
  let isLosing = false;
  return {
    ...store,
    loseNextAnswer: () => void (isLosing = true),
    async commit(change) {
      const result = await store.commit(change);
      if (!isLosing) return result;
      isLosing = false;
      throw new Error('the answer was lost');
    },
  };
}

test('[H09] a commit whose answer was lost is found again, and done once', async () => {
  const clock = new FakeClock();
  const store = forgetful();
  const running = await aSessionServer(clock, { store });
  const practitioner = await running.device('p1');
  await practitioner.beat();
  store.loseNextAnswer();
  const raised = practitioner.say({ type: 'risk.raise', client: 'c1' }, { id: 'i1' });
  await practitioner.next('charge');
  // Said while nobody knows whether the first was stored.
  const asked = practitioner.say({ type: 'crisis.open', client: 'c1' }, { id: 'i2' });
  await passTime(clock, 1000, practitioner);
  expect([(await raised).outcome, (await asked).outcome]).toEqual(['accepted', 'accepted']);
  const events = await running.events();
  expect(events.filter((event) => event.kind === 'risk.raised')).toHaveLength(1);
  expect(events.filter((event) => event.kind === 'crisis.opened')).toHaveLength(1);
  expect(verifyChain(events.map((event) => JSON.stringify(event))).fault).toBeNull();
  await running.server.close();
});

test('[H09] what another process committed meanwhile is kept, and the input is taken on top of it', async () => {
  const clock = new FakeClock();
  const store = memoryStore();
  const running = await aSessionServer(clock, { store });
  const practitioner = await running.device('p1');
  await practitioner.beat();
  const record = await store.load({ tenant: 'default', session: SESSION });
  if (record === null) throw new Error('there is no session');
  const theirs = { ...record, revision: record.revision + 1, roomEpoch: 7 };
  await store.commit({
    record: theirs,
    expectedRevision: record.revision,
    events: [],
    effects: [],
    inputs: [],
    settledEffects: [],
  });
  await mustAccept(practitioner, { type: 'risk.raise', client: 'c1' });
  const after = await store.load({ tenant: 'default', session: SESSION });
  expect([after?.revision, after?.roomEpoch]).toEqual([record.revision + 2, 7]);
  await running.server.close();
});

test('[H09] a store that fails while it is asked what it has loses nothing that was taken up', async () => {
  const clock = new FakeClock();
  const inner = forgetful();
  let asksLeft = Infinity;
  const store = {
    ...inner,
    async inputOutcome(...asked: Parameters<Store['inputOutcome']>) {
      asksLeft -= 1;
      if (asksLeft === 0) throw new Error('the store is gone');
      return inner.inputOutcome(...asked);
    },
  };
  const running = await aSessionServer(clock, { store });
  const practitioner = await running.device('p1');
  await practitioner.beat();
  inner.loseNextAnswer();
  const said = [practitioner.say({ type: 'risk.raise', client: 'c1' })];
  await practitioner.next('charge');
  said.push(practitioner.say({ type: 'crisis.open', client: 'c1' }));
  said.push(practitioner.say({ type: 'crisis.offerEscalation', client: 'c1' }));
  await practitioner.beat();
  asksLeft = 3;
  await passTime(clock, 3000, practitioner);
  expect((await Promise.all(said)).map(({ outcome }) => outcome)).toEqual([
    'accepted',
    'accepted',
    'accepted',
  ]);
  const events = await running.events();
  const kinds = events.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['risk.raised', 'crisis.opened', 'crisis.escalationOffered']));
  expect(verifyChain(events.map((event) => JSON.stringify(event))).fault).toBeNull();
  await running.server.close();
});

test('[H17] [R4] no step waits for a store that can be read and hangs when it is written to', async () => {
  const clock = new FakeClock();
  const memory = memoryStore();
  let isHanging = false;
  const store: Store = {
    ...memory,
    commit: (change) => (isHanging ? new Promise(() => {}) : memory.commit(change)),
  };
  const running = await aSessionServer(clock, { store });
  const { practitioner, client } = await together(clock, running);
  isHanging = true;
  client.fallSilent();
  const lastMs = clock.nowMs();
  await passTime(clock, 2000, practitioner);
  const { device } = practitioner;
  const silent = { type: 'media.reported', client: 'c1', device, verdict: 'them', state: 'silent' } as const;
  const body = { ...silent, lastBothWaysAtMs: lastMs };
  practitioner.send({ type: 'input', id: 'i1', saidAtMs: clock.nowMs(), body });
  await passTime(clock, 40_000, practitioner);
  isHanging = false;
  await passTime(clock, 3000, practitioner);
  const events = await running.events();
  const at = (kind: string): number | undefined => events.find((event) => event.kind === kind)?.occurredAtMs;
  const { reconnectWaitMs, phoningMs } = aDrillPolicy.durations;
  expect(at('phoning.opened')).toBe(lastMs + reconnectWaitMs);
  expect(at('deciding.opened')).toBe(lastMs + reconnectWaitMs + phoningMs);
  expect(verifyChain(events.map((event) => JSON.stringify(event))).fault).toBeNull();
  await running.server.close();
});

test('[R3] an input at which the protocol fails changes nothing and stands in the record, once in a row', async () => {
  const store = memoryStore();
  const running = await aSessionServer(new FakeClock(), { store });
  const practitioner = await running.device('p1');
  await practitioner.beat();
  const record = await store.load({ tenant: 'default', session: SESSION });
  if (record === null) throw new Error('there is no session');
  const broken = { value: 'no such state', context: { deadlines: {} } };
  const snapshot = { ...record.snapshot, charts: { ...record.snapshot.charts, 'risk:c1': broken } };
  await store.commit({
    record: { ...record, revision: record.revision + 1, snapshot },
    expectedRevision: record.revision,
    events: [],
    effects: [],
    inputs: [],
    settledEffects: [],
  });
  await practitioner.say({ type: 'help.answer', client: 'c1' });
  const before = (await running.events()).length;
  for (const id of ['i1', 'i2']) {
    const settled = await practitioner.say({ type: 'risk.raise', client: 'c1' }, { id });
    expect(settled).toMatchObject({ id, outcome: 'refused', code: 'not-now' });
  }
  const added = (await running.events()).slice(before);
  expect(added.map(({ kind, outcome, details }) => [kind, outcome, details['input']])).toEqual([
    ['input.refused', 'not-now', 'risk.raise'],
  ]);
  await running.server.close();
});
