import { verifyChain } from '@holdfast/protocol/audit';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from '../store/memory-store.js';
import type { SessionKey, SessionRecord, Store } from '../store/store.js';
import {
  PEOPLE,
  SESSION,
  aDrillPolicy,
  aSessionServer,
  mustAccept,
  WHY_EARLY,
  together,
  type RunningServer,
} from '../testing/a-session-server.js';
import { passTime, turn } from '../testing/pass-time.js';
import type { Problem } from './authority.js';

const KEY = { tenant: 'default', session: SESSION };

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

/** Another process writes the session. Returns it as it was. */
async function interfere(
  store: Store,
  theirs: (record: SessionRecord) => Partial<SessionRecord>,
): Promise<SessionRecord> {
  const record = await store.load(KEY);
  if (record === null) throw new Error('there is no session');
  const { revision } = record;
  const change = { events: [], effects: [], inputs: [], settledEffects: [] };
  await store.commit({
    ...change,
    record: { ...record, revision: revision + 1, ...theirs(record) },
    expectedRevision: revision,
  });
  return record;
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
  const record = await interfere(store, () => ({ roomEpoch: 7 }));
  await mustAccept(practitioner, { type: 'risk.raise', client: 'c1' });
  const after = await store.load(KEY);
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
  const broken = { value: 'no such state', context: { deadlines: {} } };
  await interfere(store, ({ snapshot }) => ({
    snapshot: { ...snapshot, charts: { ...snapshot.charts, 'risk:c1': broken } },
  }));
  await practitioner.say({ type: 'help.answer', client: 'c1' });
  const before = (await running.events()).length;
  for (const id of ['i1', 'i2']) {
    const settled = await practitioner.say({ type: 'risk.raise', client: 'c1' }, { id });
    expect(settled).toMatchObject({ id, outcome: 'refused', code: 'not-now' });
  }
  const added = (await running.events()).slice(before);
  // What is told of it is not asked of the input any more (R11).
  expect(
    added
      .filter(({ kind }) => !/^(session\.faulted|alert\.)/.test(kind))
      .map(({ kind, outcome, details }) => [kind, outcome, details['input']]),
  ).toEqual([['input.refused', 'not-now', 'risk.raise']]);
  await running.server.close();
});

test('[R3] [H02] who says that they leave, and the protocol fails at it, is still watched', async () => {
  const clock = new FakeClock();
  const store = memoryStore();
  const running = await aSessionServer(clock, { store });
  const client = await running.device('c1');
  await client.beat();
  const broken = { value: 'no such state', context: { deadlines: {} } };
  await interfere(store, ({ snapshot }) => ({
    snapshot: { ...snapshot, charts: { ...snapshot.charts, 'presence:c1': broken } },
  }));
  await client.say({ type: 'help.ask', client: 'c1' });
  const settled = await client.say({ type: 'person.left', person: 'c1' });
  expect(settled).toMatchObject({ outcome: 'refused', code: 'not-now' });
  await passTime(clock, 3000, client);
  expect(await store.devices(KEY)).toMatchObject([{ person: 'c1', isHere: true }]);
  await running.server.close();
});

test('[R3] [H02] an open session whose row is torn is named once, and written as soon as it can be', async () => {
  const clock = new FakeClock();
  const memory = memoryStore();
  let isTorn = false;
  const store: Store = {
    ...memory,
    async load(key) {
      if (isTorn) throw new SyntaxError('the row is torn');
      return memory.load(key);
    },
  };
  const running = await aSessionServer(clock, { store });
  const told: [Problem, SessionKey | undefined][] = [];
  running.server.on('problem', (problem, session) => void told.push([problem, session]));
  const practitioner = await running.device('p1');
  await practitioner.beat();
  await interfere(store, () => ({ roomEpoch: 7 }));
  isTorn = true;
  const raised = practitioner.say({ type: 'risk.raise', client: 'c1' });
  await passTime(clock, 3000, practitioner);
  expect(running.server.health().inCharge).toBe(true);
  expect(told).toEqual([['session-unreadable', KEY]]);
  isTorn = false;
  await passTime(clock, 2000, practitioner);
  expect((await raised).outcome).toBe('accepted');
  expect((await store.load(KEY))?.roomEpoch).toBe(7);
  await running.server.close();
});

/** A session server that finds a closed session in the store, with words that nobody has taken. */
async function withWordsOfAClosed(clock: FakeClock, store: Store): Promise<RunningServer['server']> {
  const first = await aSessionServer(clock, { store });
  const { practitioner } = await together(clock, first);
  await mustAccept(practitioner, { type: 'session.end' });
  await mustAccept(practitioner, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
  await mustAccept(practitioner, WHY_EARLY);
  await mustAccept(practitioner, { type: 'session.close' });
  await first.server.close();
  return (await aSessionServer(clock, { store }, false)).server;
}

test('[H17] words of which nobody knows whether the store has forgotten them are there for the next who asks', async () => {
  const clock = new FakeClock();
  const store = forgetful();
  const server = await withWordsOfAClosed(clock, store);
  store.loseNextAnswer();
  await expect(server.takeVault({ session: SESSION })).rejects.toMatchObject({ code: 'store-unavailable' });
  // Long enough for a closed session to be forgotten.
  await passTime(clock, 6000);
  expect((await server.takeVault({ session: SESSION }))['c1']).toMatchObject({ address: '1 Marker Street' });
  expect((await store.load(KEY))?.vault).toBeNull();
  expect(await server.takeVault({ session: SESSION })).toEqual({});
  await server.close();
});

test('[H17] what could not be taken at once is not taken later, when nobody waits for it any more', async () => {
  const clock = new FakeClock();
  const memory = memoryStore();
  let isHanging = true;
  const store: Store = {
    ...memory,
    async commit(change) {
      if (change.record.session !== SESSION) throw new Error('the store is gone');
      if (!change.record.isVaultTaken || !isHanging) return memory.commit(change);
      isHanging = false;
      return new Promise<never>(() => {});
    },
  };
  const server = await withWordsOfAClosed(clock, store);
  const taken = server.takeVault({ session: SESSION }).catch((cause: unknown) => cause);
  await turn();
  // Meanwhile the store fails for another, and is tried again.
  const other = server.createSession({ id: 's2', drill: true, people: PEOPLE });
  await expect(other).rejects.toMatchObject({ code: 'store-unavailable' });
  await passTime(clock, 3000);
  expect(await taken).toMatchObject({ code: 'store-unavailable' });
  expect((await store.load(KEY))?.vault).not.toBeNull();
  expect((await server.takeVault({ session: SESSION }))['c1']).toMatchObject({ address: '1 Marker Street' });
  expect((await store.load(KEY))?.vault).toBeNull();
  await server.close();
});
