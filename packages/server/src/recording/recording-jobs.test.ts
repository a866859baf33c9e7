import { drillPolicy, type Command, type Policy } from '@holdfast/protocol';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from '../store/memory-store.js';
import { aSessionServer, mustAccept, PEOPLE, SESSION, together } from '../testing/a-session-server.js';
import { breakableStore } from '../testing/breakable-store.js';
import { passTime } from '../testing/pass-time.js';
import type { Recorder, RecordingRequest } from './recorder.js';

const policy: Policy = {
  ...drillPolicy,
  transports: ['fake'],
  recording: { mode: 'twoGrants', policy: 'recording-policy-v3' },
};
const grant: Command = { type: 'recording.grant', textVersion: policy.texts.recording };

/** A recorder that keeps what it was asked, in order; `behave` says how the next calls go. */
function fakeRecorder() {
  const calls: (readonly ['start' | 'stop', RecordingRequest])[] = [];
  let isFailing = false;
  let hold: Promise<void> = Promise.resolve();
  const take = (what: 'start' | 'stop') => async (request: RecordingRequest) => {
    calls.push([what, request]);
    if (what === 'start') await hold;
    if (isFailing) throw new Error('the fake recorder was told to fail');
  };
  const recorder: Recorder = { start: take('start'), stop: take('stop') };
  return {
    recorder,
    calls,
    names: () => calls.map(([what, { take: number }]) => `${what} ${number}`),
    setFailing: (failing: boolean) => void (isFailing = failing),
    holdStart: (until: Promise<void>) => void (hold = until),
  };
}

async function aRecordedCall(store = memoryStore()) {
  const clock = new FakeClock();
  const fake = fakeRecorder();
  const running = await aSessionServer(clock, { policy, recording: fake.recorder, store });
  const { practitioner, client } = await together(clock, running);
  const management = await running.device('management-1');
  await mustAccept(client, grant);
  await mustAccept(management, grant);
  const devices = [practitioner, client, management];
  const kinds = async () =>
    (await running.events()).map(({ kind }) => kind).filter((kind) => kind.startsWith('recording.'));
  return { clock, running, practitioner, client, management, devices, kinds, ...fake };
}

test('[B2][H06] a policy that allows recording is refused where nothing records', async () => {
  const running = await aSessionServer(new FakeClock(), {}, false);
  const made = running.server.createSession({ id: 's2', drill: true, people: PEOPLE, policy });
  await expect(made).rejects.toMatchObject({ code: 'bad-option' });
  await running.server.close();
  await expect(
    aSessionServer(new FakeClock(), { recording: {} as unknown as Recorder }, false),
  ).rejects.toMatchObject({ code: 'bad-option' });
});

test('[B3][E15][E16] management grants by a link of its own; the recorder is told once, and its word is on the record', async () => {
  const call = await aRecordedCall();
  await mustAccept(call.practitioner, { type: 'recording.start' });
  await passTime(call.clock, 1000, ...call.devices);
  expect(call.calls).toMatchObject([
    ['start', { session: SESSION, take: 1, drill: true, recordingPolicy: 'recording-policy-v3' }],
  ]);
  await mustAccept(call.management, { type: 'recording.withdraw' });
  await passTime(call.clock, 1000, ...call.devices);
  expect(call.names()).toEqual(['start 1', 'stop 1']);
  expect(await call.kinds()).toEqual([
    'recording.granted',
    'recording.granted',
    'recording.asked',
    'recording.started',
    'recording.withdrawn',
    'recording.stopAsked',
    'recording.stopped',
  ]);
  await call.running.server.close();
});

test('[B4][H06] an end does not wait for a beginning that hangs, and never comes before it', async () => {
  const call = await aRecordedCall();
  call.holdStart(new Promise(() => {}));
  await mustAccept(call.practitioner, { type: 'recording.start' });
  await passTime(call.clock, 1000, ...call.devices);
  await mustAccept(call.client, { type: 'recording.withdraw' });
  await passTime(call.clock, 500, ...call.devices);
  expect(call.names()).toEqual(['start 1', 'stop 1']);
  await call.running.server.close();
});

test('[B6][H06] an end that fails is tried until it is done; after three tries staff read that it may still run', async () => {
  const call = await aRecordedCall();
  await mustAccept(call.practitioner, { type: 'recording.start' });
  await passTime(call.clock, 1000, ...call.devices);
  call.setFailing(true);
  await mustAccept(call.client, { type: 'recording.withdraw' });
  await passTime(call.clock, 8000, ...call.devices);
  expect(await call.kinds()).toContain('recording.failed');
  expect(await call.kinds()).not.toContain('recording.stopped');
  call.setFailing(false);
  await passTime(call.clock, 31_000, ...call.devices);
  expect((await call.kinds()).filter((kind) => kind === 'recording.stopped')).toHaveLength(1);
  await call.running.server.close();
});

test('[B6][H06] a beginning that fails is given up after three tries, and ended for safety’s sake', async () => {
  const call = await aRecordedCall();
  call.setFailing(true);
  await mustAccept(call.practitioner, { type: 'recording.start' });
  await passTime(call.clock, 5000, ...call.devices);
  call.setFailing(false);
  await passTime(call.clock, 20_000, ...call.devices);
  expect(call.names().filter((name) => name === 'start 1')).toHaveLength(3);
  expect(call.names().at(-1)).toBe('stop 1');
  expect(await call.kinds()).toEqual(expect.arrayContaining(['recording.failed', 'recording.stopped']));
  await call.running.server.close();
});

test('[B4][H06][H17] an end goes out while the store is gone, a beginning does not', async () => {
  const store = breakableStore(memoryStore());
  const call = await aRecordedCall(store);
  await mustAccept(call.practitioner, { type: 'recording.start' });
  await passTime(call.clock, 1000, ...call.devices);
  store.behave('down');
  call.client.send({
    type: 'input',
    id: 'w1',
    saidAtMs: call.clock.nowMs(),
    body: { type: 'recording.withdraw' },
  });
  await passTime(call.clock, 1000, ...call.devices);
  expect(call.names()).toEqual(['start 1', 'stop 1']);
  store.behave('working');
  await passTime(call.clock, 3000, ...call.devices);
  expect(await call.kinds()).toContain('recording.stopped');
  await call.running.server.close();
});
