import { FakeClock } from '@holdfast/session/testing';
import type { PractitionerProjection } from '@holdfast/session/view';
import { expect, test } from 'vitest';
import type { Alert } from '../alerts/alert.js';
import { aSessionServer, openGate, type RunningServer } from '../testing/a-session-server.js';
import { fakeAlert } from '../testing/fake-alert.js';
import { passTime, turn } from '../testing/pass-time.js';
import type { TestDevice } from '../testing/test-device.js';
import { TEST_AGAIN_EVERY_MS } from './route-tests.js';

const careOf = ({ projection }: TestDevice) => (projection as PractitionerProjection).care;
const routesOf = (device: TestDevice) =>
  careOf(device).setUp.routes.map(({ route, outcome }) => `${route} ${outcome}`);
const stateOf = (device: TestDevice) =>
  careOf(device).items.find(({ item }) => item === 'escalationRoute')?.state;
const testsIn = async (running: RunningServer) =>
  (await running.events()).filter(({ kind }) => kind === 'route.tested').map(({ outcome }) => outcome);

const aServerWith = async (clock: FakeClock, alerts: readonly Alert[]) => {
  const running = await aSessionServer(clock, { alerts });
  await turn();
  return { running, practitioner: await running.device('p1') };
};

test('[I16 A17 A21] routes are tested when the session is made, and again when the client is let in', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const [practitioner, client] = [await running.device('p1'), await running.device('c1')];
  expect([stateOf(practitioner), routesOf(practitioner)]).toEqual(['confirmed', ['fake reached']]);
  const before = await testsIn(running);
  await passTime(clock, 3000, practitioner, client);
  await openGate(practitioner, client);
  await practitioner.beat();
  expect([before, await testsIn(running)]).toEqual([['reached'], ['reached', 'reached']]);
  // Nobody was alerted by it.
  expect(running.alert.notices).toEqual([]);
  await running.server.close();
});

test.each(['pager', 'text'])(
  '[I16 H22 D11] without the route %s the next one counts, and the practitioner sees which is dead and as of when',
  async (dead) => {
    const clock = new FakeClock();
    const alerts = ['pager', 'text'].map((name) => fakeAlert(name));
    alerts.find(({ name }) => name === dead)?.setFailing(true);
    const { running, practitioner } = await aServerWith(clock, alerts);
    expect(stateOf(practitioner)).toBe('confirmed');
    expect(careOf(practitioner).setUp.routes).toContainEqual({
      route: dead,
      outcome: 'failed',
      asOfMs: clock.nowMs(),
    });
    await running.server.close();
  },
);

test('[I16 H22] with every route dead the gate is shut, until a later test reaches one', async () => {
  const clock = new FakeClock();
  const [one, two] = [fakeAlert('pager'), fakeAlert('text')];
  for (const alert of [one, two]) alert.setFailing(true);
  const { running, practitioner } = await aServerWith(clock, [one, two]);
  expect([stateOf(practitioner), careOf(practitioner).gate.media]).toEqual(['declined', 'open']);
  two.setFailing(false);
  await passTime(clock, TEST_AGAIN_EVERY_MS + 1000, practitioner);
  expect([stateOf(practitioner), routesOf(practitioner)]).toEqual([
    'confirmed',
    ['pager failed', 'text reached'],
  ]);
  // A test that says nothing new leaves no record of its own.
  const count = (await testsIn(running)).length;
  await passTime(clock, TEST_AGAIN_EVERY_MS + 1000, practitioner);
  expect(await testsIn(running)).toHaveLength(count);
  await running.server.close();
});

test('[I16 A17] a channel that cannot be tested, or that never answers, does not count as reached', async () => {
  const clock = new FakeClock();
  const untestable: Alert = { name: 'untestable', send: async () => {}, close: async () => {} };
  const silent: Alert = { ...fakeAlert('silent'), test: () => new Promise(() => {}) };
  const { running, practitioner } = await aServerWith(clock, [untestable, silent]);
  expect(stateOf(practitioner)).toBe('open');
  await passTime(clock, 11_000, practitioner);
  expect([stateOf(practitioner), routesOf(practitioner)]).toEqual([
    'declined',
    ['untestable untested', 'silent failed'],
  ]);
  await running.server.close();
});
