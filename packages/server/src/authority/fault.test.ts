import type { WatchdogCondition } from '@holdfast/protocol';
import { verifyChain } from '@holdfast/protocol/audit';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from '../store/memory-store.js';
import type { SessionRecord, Store } from '../store/store.js';
import {
  aDrillPolicy,
  aSessionServer,
  SESSION,
  together,
  type RunningServer,
} from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';
import type { TestDevice } from '../testing/test-device.js';

const KEY = { tenant: 'default', session: SESSION };
const { acknowledgeMs, exhaustedRepeatMs } = aDrillPolicy.durations;

/** A chart in a state that there is not: whatever is handed to it throws. */
const broken = (context: object = { deadlines: {} }) => ({ value: 'no such state', context });

/** Puts something else in the store than this process has: it is found with the next commit. */
async function put(store: Store, theirs: (record: SessionRecord) => Partial<SessionRecord>): Promise<void> {
  const record = await store.load(KEY);
  if (record === null) throw new Error('there is no session');
  const change = { events: [], effects: [], inputs: [], settledEffects: [] };
  const next = { ...record, revision: record.revision + 1, ...theirs(record) };
  await store.commit({ ...change, record: next, expectedRevision: record.revision });
}

const withChart = (key: string, chart: object) => (record: SessionRecord) => ({
  snapshot: { ...record.snapshot, charts: { ...record.snapshot.charts, [key]: chart } },
});

const conditionsAt = ({ received }: TestDevice): readonly WatchdogCondition[] =>
  received.findLast((message) => message.type === 'watchdog')?.conditions ?? [];
const told = ({ alert }: RunningServer) =>
  alert.notices.filter(({ cause }) => cause === 'fault').map(({ person }) => person);

async function aCall() {
  const clock = new FakeClock();
  const store = memoryStore();
  const running = await aSessionServer(clock, { store });
  const { practitioner, client } = await together(clock, running);
  return { clock, store, running, practitioner, client };
}

test('[R11] [C23] a fault at what a person said is on the practitioner’s screen at once, and the duty list is alerted one by one', async () => {
  const { clock, store, running, practitioner, client } = await aCall();
  await put(store, withChart('risk:c1', broken()));
  await practitioner.say({ type: 'help.answer', client: 'c1' });
  const before = (await running.events()).length;
  const atMs = clock.nowMs();
  await practitioner.say({ type: 'risk.raise', client: 'c1' });
  expect(conditionsAt(practitioner)).toEqual([{ code: 'stepFailed', name: null, sinceMs: atMs }]);
  await passTime(clock, 300, practitioner, client);
  expect(told(running)).toEqual(['duty-1']);
  expect(running.alert.notices[0]?.joinLink).toMatch(/^https:/);
  expect((await running.events()).slice(before).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['input.refused', 'session.faulted', 'alert.sent']),
  );
  // In a row the same fault is one matter; silence about it is not.
  await practitioner.say({ type: 'risk.raise', client: 'c1' });
  await passTime(clock, 300, practitioner, client);
  expect(told(running)).toEqual(['duty-1']);
  await passTime(clock, acknowledgeMs, practitioner, client);
  expect(told(running)).toEqual(['duty-1', 'duty-2']);
  expect(verifyChain((await running.events()).map((event) => JSON.stringify(event))).fault).toBeNull();
  await running.server.close();
});

test('[R11] [C23] [V1] the client’s screen is told nothing of it, and the practitioner’s for five minutes', async () => {
  const { clock, store, running, practitioner, client } = await aCall();
  await put(store, withChart('help:c1', broken()));
  await practitioner.say({ type: 'risk.raise', client: 'c1' });
  const frames = client.received.length;
  await client.say({ type: 'help.ask', client: 'c1' });
  await passTime(clock, 1000, practitioner, client);
  expect(client.received.slice(frames).filter(({ type }) => type === 'watchdog')).toEqual([]);
  expect(JSON.stringify(client.received.slice(frames))).not.toContain('fault');
  await passTime(clock, 298_000, practitioner, client);
  expect(conditionsAt(practitioner).map(({ code }) => code)).toEqual(['stepFailed']);
  await passTime(clock, 2000, practitioner, client);
  expect(conditionsAt(practitioner)).toEqual([]);
  await running.server.close();
});

test('[R11] [C23] [H02] a session that fails at everything tells all of the duty list at once, and again while it does', async () => {
  const { clock, store, running, practitioner, client } = await aCall();
  const dueAtMs = clock.nowMs() + 1000;
  await put(store, (record) => ({
    ...withChart(
      'contact:c1',
      broken({ ...record.snapshot.charts['contact:c1']?.context, deadlines: { lost: dueAtMs } }),
    )(record),
    nextDeadlineMs: dueAtMs,
  }));
  // Found with the next commit; from the instant of the deadline on, no input gets past it.
  await practitioner.say({ type: 'help.answer', client: 'c1' });
  expect(conditionsAt(practitioner)).toEqual([]);
  const duty = await running.device('duty-2');
  await passTime(clock, 2000, practitioner, client, duty);
  expect(conditionsAt(practitioner).map(({ code }) => code)).toContain('stepFailed');
  expect(conditionsAt(duty).map(({ code }) => code)).toEqual(['stepFailed']);
  expect(told(running)).toEqual(['duty-1', 'duty-2']);
  expect(await client.say({ type: 'help.ask', client: 'c1' })).toMatchObject({ outcome: 'refused' });
  await passTime(clock, exhaustedRepeatMs, practitioner, client, duty);
  expect(told(running)).toEqual(['duty-1', 'duty-2', 'duty-1', 'duty-2']);
  await running.server.close();
});

test('[R11] [C23] [H17] it is told while the store is gone as well', async () => {
  const { clock, store, running, practitioner, client } = await aCall();
  await put(store, withChart('risk:c1', broken()));
  await practitioner.say({ type: 'help.answer', client: 'c1' });
  store.commit = () => Promise.reject(new Error('the store is gone'));
  store.lastAtMs = () => Promise.reject(new Error('the store is gone'));
  practitioner.send({
    type: 'input',
    id: 'i1',
    saidAtMs: clock.nowMs(),
    body: { type: 'risk.raise', client: 'c1' },
  });
  await passTime(clock, 1500, practitioner, client);
  expect(conditionsAt(practitioner).map(({ code }) => code)).toContain('stepFailed');
  expect(told(running)).toEqual(['duty-1']);
  await running.server.close();
});

test('[R11] [C23] a screen that cannot be brought up to date is a fault like any other: it would not say so itself', async () => {
  const { clock, store, running, practitioner, client } = await aCall();
  await put(store, withChart('contact:c1', broken()));
  await practitioner.say({ type: 'risk.raise', client: 'c1' });
  await passTime(clock, 500, practitioner, client);
  expect(conditionsAt(practitioner).map(({ code }) => code)).toContain('stepFailed');
  expect(new Set(told(running))).toEqual(new Set(['duty-1', 'duty-2']));
  await running.server.close();
});
