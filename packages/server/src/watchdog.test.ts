import type { ServerMessage, WatchdogCondition } from '@holdfast/protocol';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from './store/memory-store.js';
import {
  aDrillPolicy,
  aSessionServer,
  cutClient,
  mustAccept,
  together,
  type RunningServer,
} from './testing/a-session-server.js';
import { fakeAlert } from './testing/fake-alert.js';
import { fakeSink } from './testing/fake-sink.js';
import { passTime } from './testing/pass-time.js';
import type { TestDevice } from './testing/test-device.js';

const { durations } = aDrillPolicy;

/** What a device's screen was told last: code and name of each. Null: it was never told anything. */
function standing({ received }: TestDevice): readonly string[] | null {
  const told = received.filter((message) => message.type === 'watchdog').at(-1);
  return told?.conditions.map(({ code, name }) => `${code} ${name ?? '-'}`) ?? null;
}
const conditionsAt = ({ received }: TestDevice): readonly WatchdogCondition[] =>
  received.filter((message) => message.type === 'watchdog').at(-1)?.conditions ?? [];

/** An alert to duty goes out. */
async function offerEscalation(practitioner: TestDevice): Promise<void> {
  await mustAccept(practitioner, { type: 'crisis.open', client: 'c1' });
  await mustAccept(practitioner, { type: 'crisis.offerEscalation', client: 'c1' });
}

test('[V7] [H17] a sink that fails stands on the practitioner’s screen until it has everything', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  expect(standing(practitioner)).toEqual([]);
  running.sink.behave('failing');
  const failedAtMs = clock.nowMs();
  await mustAccept(practitioner, { type: 'risk.raise', client: 'c1' });
  await passTime(clock, 1000, practitioner, client);
  expect(conditionsAt(practitioner)).toEqual([{ code: 'sinkFailing', name: 'fake', sinceMs: failedAtMs }]);
  expect(running.server.health().watchdog).toEqual(conditionsAt(practitioner));
  running.sink.behave('working');
  await passTime(clock, 31_000, practitioner, client);
  expect(standing(practitioner)).toEqual([]);
  expect(running.server.health().watchdog).toEqual([]);
  await running.server.close();
});

test('[V7] [H22] an alert that no channel takes stands until it gets through', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  running.alert.setFailing(true);
  await offerEscalation(practitioner);
  await passTime(clock, 1500, practitioner, client);
  expect(standing(practitioner)).toEqual([]);
  await passTime(clock, 2500, practitioner, client);
  expect(standing(practitioner)).toEqual(['alertUndelivered fake']);
  running.alert.setFailing(false);
  await passTime(clock, 31_000, practitioner, client);
  expect(standing(practitioner)).toEqual([]);
  await running.server.close();
});

test('[V7] [H22] an alert that another channel took says which route is dead; once it was seen nothing stands', async () => {
  const clock = new FakeClock();
  const [dead, alive] = [fakeAlert('dead'), fakeAlert('alive')];
  const running = await aSessionServer(clock, { alerts: [dead, alive] });
  const { practitioner, client } = await together(clock, running);
  dead.setFailing(true);
  await offerEscalation(practitioner);
  await passTime(clock, 4000, practitioner, client);
  expect(standing(practitioner)).toEqual(['routeFailing dead']);
  const duty = await running.device('duty-1');
  await mustAccept(duty, { type: 'alert.acknowledge', alert: alive.notices[0]?.alert ?? '' });
  await passTime(clock, 1000, practitioner, client);
  expect(standing(practitioner)).toEqual([]);
  await running.server.close();
});

test('[V6] [V7] a duty person sees what is wrong with the record; with alerts only once alerted', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  const duty = await running.device('duty-2');
  running.sink.behave('failing');
  running.alert.setFailing(true);
  await offerEscalation(practitioner);
  await passTime(clock, 3500, practitioner, client, duty);
  expect(standing(practitioner)).toEqual(['sinkFailing fake', 'alertUndelivered fake']);
  // The next in line hears of it with the alert that duty-1 did not get.
  expect(duty.projection).toMatchObject({ care: { alerts: [{ state: 'unanswered' }, { state: 'sent' }] } });
  expect(standing(duty)).toEqual(['sinkFailing fake', 'alertUndelivered fake']);
  expect(duty.received.flatMap(tellsWhileUnaware(duty))).toEqual([]);
  await running.server.close();
});

/** What was said of alerts before the first projection with a matter in it. */
const tellsWhileUnaware = ({ received }: TestDevice) => {
  const aware = received.findIndex(
    (message) => message.type === 'update' && (message.projection as { care: unknown } | null)?.care !== null,
  );
  return (message: ServerMessage, index: number): readonly WatchdogCondition[] =>
    message.type === 'watchdog' && index < aware
      ? message.conditions.filter(({ code }) => code !== 'sinkFailing')
      : [];
};

test('[V7] [H02] a step that came late is said for half a minute, with the instant that was missed', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  const lastMs = await cutClient(clock, { practitioner, client });
  await passTime(clock, durations.reconnectWaitMs - 3000, practitioner);
  expect(standing(practitioner)).toEqual([]);
  // The machine was put to sleep over the instant.
  clock.jump(4000);
  await passTime(clock, 1000, practitioner);
  expect(conditionsAt(practitioner)).toEqual([
    { code: 'stepOverdue', name: null, sinceMs: lastMs + durations.reconnectWaitMs },
  ]);
  const overdue = (await running.events()).filter(({ kind }) => kind === 'clock.overdue');
  expect(overdue).toMatchObject([{ rules: ['V7'], details: { lateMs: 3000 } }]);
  await passTime(clock, 32_000, practitioner);
  expect(standing(practitioner)).toEqual([]);
  await running.server.close();
});

test('[V7] [R7] a late step counts as late, also when another input is the first to make it', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  await cutClient(clock, { practitioner, client });
  await passTime(clock, durations.reconnectWaitMs - 3000, practitioner);
  clock.jump(4000);
  // It comes before any timer of this process has its turn.
  await mustAccept(practitioner, { type: 'risk.raise', client: 'c1' });
  await passTime(clock, 1000, practitioner);
  const overdue = (await running.events()).filter(({ kind }) => kind === 'clock.overdue');
  expect(overdue).toMatchObject([{ rules: ['V7'], details: { lateMs: 3000 } }]);
  expect(standing(practitioner)).toEqual(['stepOverdue -']);
  expect(running.server.health().worstLateMs).toBe(3000);
  await running.server.close();
});

test('[R7] [H17] while all of it fails every step comes at its instant', async () => {
  const clock = new FakeClock();
  const good = fakeSink('good');
  const bad = fakeSink('bad');
  const running = await aSessionServer(clock, { sinks: [good, bad] });
  const { practitioner, client } = await together(clock, running);
  bad.behave('failing');
  running.alert.setFailing(true);
  await offerEscalation(practitioner);
  const lastMs = await cutClient(clock, { practitioner, client });
  await passTime(clock, 3000, practitioner);
  expect(standing(practitioner)).toEqual(['sinkFailing bad', 'alertUndelivered fake']);
  await passTime(clock, durations.decideRiskMs, practitioner);
  const at = (kind: string) => good.events.find((event) => event.kind === kind)?.occurredAtMs;
  expect(at('contact.lost')).toBe(lastMs + durations.lostAfterMs);
  expect(at('deciding.unanswered')).toBe((at('deciding.opened') ?? 0) + durations.decideRiskMs);
  expect(good.events.filter(({ kind }) => kind === 'clock.overdue')).toEqual([]);
  await running.server.close();
});

test('[R7] a device that comes back is told all that stands, once, also when it is nothing', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  running.sink.behave('failing');
  await mustAccept(practitioner, { type: 'risk.raise', client: 'c1' });
  await passTime(clock, 1000, practitioner, client);
  const again = await comeBack(running, practitioner);
  await passTime(clock, 1000, again, client);
  expect(again.received.filter(({ type }) => type === 'watchdog')).toHaveLength(1);
  expect(conditionsAt(again)).toEqual(conditionsAt(practitioner));
  running.sink.behave('working');
  await passTime(clock, 31_000, again, client);
  expect(standing(await comeBack(running, again))).toEqual([]);
  await running.server.close();
});

const comeBack = async (running: RunningServer, { credential, device }: TestDevice): Promise<TestDevice> => {
  const again = await running.device('', { credential, device, takesMedia: false });
  await again.next('watchdog');
  return again;
};

test('[R7] what is wrong still stands after a start of the session server', async () => {
  const clock = new FakeClock();
  const memory = memoryStore();
  const store = { ...memory, close: async () => {} };
  const [sink, alert] = [fakeSink(), fakeAlert()];
  const ports = { store, sinks: [sink], alerts: [alert] };
  const first = await aSessionServer(clock, ports);
  const { practitioner, client } = await together(clock, first);
  sink.behave('failing');
  alert.setFailing(true);
  await offerEscalation(practitioner);
  await passTime(clock, 4000, practitioner, client);
  const before = standing(practitioner);
  expect(before).toEqual(['sinkFailing fake', 'alertUndelivered fake']);
  await first.server.close();
  const second = await aSessionServer(clock, ports, false);
  const again = await comeBack(second, practitioner);
  await passTime(clock, 31_000, again);
  expect(standing(again)).toEqual(before);
  await second.server.close();
});

test('[V1] [V7] a client is sent the same whether all is well or all of it fails', async () => {
  const sent = async (isWell: boolean): Promise<readonly string[]> => {
    const clock = new FakeClock();
    const running = await aSessionServer(clock);
    const { practitioner, client } = await together(clock, running);
    if (!isWell) running.sink.behave('failing');
    running.alert.setFailing(!isWell);
    await offerEscalation(practitioner);
    await passTime(clock, 6000, practitioner, client);
    if (!isWell) expect(standing(practitioner)).toEqual(['sinkFailing fake', 'alertUndelivered fake']);
    await running.server.close();
    return client.received
      .filter(({ type }) => type !== 'settled' && type !== 'welcome')
      .map((message) => JSON.stringify(message));
  };
  const well = await sent(true);
  expect(well.length).toBeGreaterThan(2);
  expect(await sent(false)).toEqual(well);
});
