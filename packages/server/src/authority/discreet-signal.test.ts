import { beatNote } from '@holdfast/protocol';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from '../store/memory-store.js';
import { aDrillPolicy, aSessionServer, together } from '../testing/a-session-server.js';
import { breakableStore } from '../testing/breakable-store.js';
import { passTime } from '../testing/pass-time.js';
import type { TestDevice } from '../testing/test-device.js';

const beat = (device: TestDevice, note: string, clock: FakeClock): void =>
  device.send({
    type: 'beat',
    count: 900,
    estimatedNowMs: clock.nowMs(),
    isVisible: true,
    mainThreadAgeMs: 0,
    media: device.media,
    note,
  });
const SIGNAL = beatNote('12345678-1234-4234-8234-123456789abc', true);
const PLAIN = beatNote('12345678-1234-4234-8234-123456789abc', false);
const kindsOf = async (running: Awaited<ReturnType<typeof aSessionServer>>) =>
  (await running.events()).map(({ kind }) => kind);

test('[Q3][H16] a heartbeat that signals is taken once, and the client’s line carries nothing that it would not carry anyway', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  const before = client.received.length;
  beat(client, PLAIN, clock);
  await passTime(clock, 1000, practitioner, client);
  expect(await kindsOf(running)).not.toContain('privacy.signalled');
  for (const note of [SIGNAL, SIGNAL, SIGNAL]) beat(client, note, clock);
  await passTime(clock, 1000, practitioner, client);
  await practitioner.say({ type: 'privacy.acknowledge', client: 'c1', outcome: 'seen' });
  beat(client, SIGNAL, clock);
  await passTime(clock, 1000, practitioner, client);
  const kinds = await kindsOf(running);
  expect(kinds.filter((kind) => kind === 'privacy.signalled')).toHaveLength(1);
  expect(kinds).toContain('privacy.acknowledged');
  expect(client.received.slice(before)).toEqual([]);
  await running.server.close();
});

test('[Q2][Q3][H16] unseen it alerts the duty role, and the client’s line still carries nothing', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  const before = client.received.length;
  beat(client, SIGNAL, clock);
  await passTime(clock, aDrillPolicy.durations.signalAcknowledgeMs + 1000, practitioner, client);
  const sent = (await running.events()).filter(({ kind }) => kind === 'alert.sent');
  expect(sent.map(({ details }) => details['cause'])).toContain('discreetSignal');
  expect(client.received.slice(before)).toEqual([]);
  await running.server.close();
});

test('[Q3][H16] what could not be stored is taken from a later heartbeat, or once the store is back, and still once', async () => {
  const clock = new FakeClock();
  const store = breakableStore(memoryStore());
  const running = await aSessionServer(clock, { store });
  const { practitioner, client } = await together(clock, running);
  store.behave('down');
  beat(client, SIGNAL, clock);
  await passTime(clock, 2000, practitioner, client);
  store.behave('working');
  beat(client, SIGNAL, clock);
  await passTime(clock, 3000, practitioner, client);
  expect((await kindsOf(running)).filter((kind) => kind === 'privacy.signalled')).toHaveLength(1);
  await running.server.close();
});

test('[Q1] nobody but the client signals by it', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  beat(practitioner, SIGNAL, clock);
  await passTime(clock, 1000, practitioner, client);
  expect(await kindsOf(running)).not.toContain('privacy.signalled');
  await running.server.close();
});
