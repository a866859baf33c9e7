import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from '../store/memory-store.js';
import type { EffectJob } from '../store/store.js';
import { aSessionServer, mustAccept, together } from '../testing/a-session-server.js';
import { breakableStore } from '../testing/breakable-store.js';
import { fakeAlert } from '../testing/fake-alert.js';
import { fakeVideoServer } from '../testing/fake-video-server.js';
import { passTime, turn } from '../testing/pass-time.js';
import type { TestDevice } from '../testing/test-device.js';
import type { Desk } from './desk.js';
import { EffectWorker } from './effect-worker.js';

const offerEscalation = async (practitioner: TestDevice): Promise<void> => {
  await mustAccept(practitioner, { type: 'crisis.open', client: 'c1' });
  await mustAccept(practitioner, { type: 'crisis.offerEscalation', client: 'c1' });
};

const resolves = {
  type: 'crisis.resolve',
  client: 'c1',
  exit: 'clientSafe',
  rationaleRef: 'r1',
} as const;

/** A channel that counts every send, also of a notice that it has already. */
const countingAlert = () => {
  const sent: string[] = [];
  const alert = { ...fakeAlert(), send: async ({ person }: { person: string }) => void sent.push(person) };
  return { alert, sent };
};

test('[A5] [H01] an alert that could not be sent calls nobody out once it was stood down', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  running.alert.setFailing(true);
  await offerEscalation(practitioner);
  await passTime(clock, 12_000, practitioner, client);
  await mustAccept(practitioner, resolves);
  running.alert.setFailing(false);
  await passTime(clock, 60_000, practitioner, client);
  const told = running.alert.notices.map(({ kind, person }) => `${kind} ${person}`);
  expect(told).toEqual(['stoodDown duty-1', 'stoodDown duty-2']);
  await running.server.close();
});

test('[A5] [H01] a repeat that could not be sent and was stood down calls nobody out after a start', async () => {
  const clock = new FakeClock();
  const store = { ...memoryStore(), close: async () => {} };
  const first = await aSessionServer(clock, { store });
  const { practitioner, client } = await together(clock, first);
  await offerEscalation(practitioner);
  await passTime(clock, 11_000, practitioner, client);
  first.alert.setFailing(true);
  await passTime(clock, 8000, practitioner, client);
  expect((await first.events()).map(({ kind }) => kind)).toContain('alert.listExhausted');
  first.alert.setFailing(false);
  await mustAccept(practitioner, resolves);
  await turn();
  expect(first.alert.notices.slice(-2).map(({ kind }) => kind)).toEqual(['stoodDown', 'stoodDown']);
  await first.server.close();
  const second = await aSessionServer(clock, { store }, false);
  await passTime(clock, 40_000);
  expect(second.alert.notices.filter(({ cause }) => cause === 'escalation')).toEqual([]);
  await second.server.close();
});

test('[H08] [H17] an alert that was stored, but not yet sent when the store went, goes out all the same, once', async () => {
  const clock = new FakeClock();
  const memory = memoryStore();
  const { alert, sent } = countingAlert();
  const store = breakableStore({
    ...memory,
    async commit(change) {
      const result = await memory.commit(change);
      if (change.effects.length > 0) store.behave('down');
      return result;
    },
  });
  const running = await aSessionServer(clock, { store, alerts: [alert] });
  const { practitioner, client } = await together(clock, running);
  store.behave('working');
  await passTime(clock, 2000, practitioner, client);
  await offerEscalation(practitioner);
  await passTime(clock, 1000, practitioner, client);
  expect(sent).toEqual(['duty-1']);
  store.behave('working');
  await passTime(clock, 2000, practitioner, client);
  const delivered = (await running.events()).filter(({ kind }) => kind === 'alert.delivered');
  expect(delivered).toHaveLength(1);
  expect(sent).toEqual(['duty-1']);
  await running.server.close();
});

test('[H08] [H17] an alert that went out while the store was gone does not go out again the next time that it is', async () => {
  const clock = new FakeClock();
  const store = breakableStore(memoryStore());
  const { alert, sent } = countingAlert();
  const running = await aSessionServer(clock, { store, alerts: [alert] });
  const { practitioner, client } = await together(clock, running);
  store.behave('down');
  for (const type of ['crisis.open', 'crisis.offerEscalation'] as const)
    practitioner.send({ type: 'input', id: type, saidAtMs: clock.nowMs(), body: { type, client: 'c1' } });
  await passTime(clock, 1000, practitioner, client);
  expect(sent).toEqual(['duty-1']);
  store.behave('working');
  await passTime(clock, 2000, practitioner, client);
  expect((await running.events()).map(({ kind }) => kind)).toContain('alert.delivered');
  store.behave('down');
  await passTime(clock, 2000, practitioner, client);
  expect(running.server.health().inCharge).toBe(false);
  expect(sent).toEqual(['duty-1']);
  await running.server.close();
});

test('[H08] [H17] an alert whose channel fails just as the store goes is tried again before the store is back', async () => {
  const clock = new FakeClock();
  const store = breakableStore({
    ...memoryStore(),
    async postponeEffect() {
      store.behave('down');
      throw new Error('the store is gone');
    },
  });
  const running = await aSessionServer(clock, { store });
  const { practitioner, client } = await together(clock, running);
  running.alert.setFailing(true);
  await offerEscalation(practitioner);
  await passTime(clock, 500, practitioner, client);
  expect(running.server.health().inCharge).toBe(false);
  running.alert.setFailing(false);
  await passTime(clock, 4000, practitioner, client);
  expect(running.alert.notices.map(({ person }) => person)).toEqual(['duty-1']);
  await running.server.close();
});

test('[H08] an alert that fails while the session server ends asks nothing of the store after it', async () => {
  const clock = new FakeClock();
  const key = { tenant: 'default', session: 's1' };
  const effect = { kind: 'alertStoodDown', id: 'e1', alert: 'a1', person: 'duty-1', atMs: 0 } as const;
  const job: EffectJob = { ...key, id: 'e1', effect, channel: 'fake', attempts: 0, notBeforeMs: 0 };
  const desk = { key, live: { session: { drill: true } } } as unknown as Desk;
  const alert = fakeAlert();
  const asked: string[] = [];
  let isInCharge = false;
  const worker = new EffectWorker({
    store: {
      takeEffects: async () => [],
      postponeEffect: async ({ id }) => void asked.push(id),
      settleEffect: async ({ id }) => void asked.push(id),
    },
    clock,
    nowMs: () => clock.nowMs(),
    alerts: [alert],
    video: fakeVideoServer(),
    recording: null,
    isInCharge: () => isInCharge,
    deskOf: async () => desk,
    linkFor: async () => null,
    onProblem: () => {},
    watchdog: { alertFailed: () => {}, alertDelivered: () => {} },
  });
  alert.setFailing(true);
  worker.sendUnsaved(desk, [job]);
  await worker.close();
  isInCharge = true;
  await clock.advance(60_000);
  expect(asked).toEqual([]);
});

test('[H22] an alert goes out without a link when none can be made', async () => {
  const clock = new FakeClock();
  const joinUrl = ({ role, token }: { role: string; token: string }): string =>
    role === 'duty' ? 'no address' : `https://app.example/#${token}`;
  const running = await aSessionServer(clock, { joinUrl });
  const { practitioner, client } = await together(clock, running);
  await offerEscalation(practitioner);
  await passTime(clock, 500, practitioner, client);
  expect(running.alert.notices).toMatchObject([{ person: 'duty-1', joinLink: null }]);
  await running.server.close();
});
