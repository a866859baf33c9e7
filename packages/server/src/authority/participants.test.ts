import { referencePolicy, type Command } from '@holdfast/protocol';
import { FakeClock } from '@holdfast/session/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { directVideo } from '../video/direct-video.js';
import {
  aDrillPolicy,
  aSessionServer,
  mustAccept,
  openGate,
  PEOPLE,
  reportMedia,
  SESSION,
  type RunningServer,
} from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';
import type { TestDevice } from '../testing/test-device.js';

const person = 'i1';
const identify: Command = { type: 'participant.confirmIdentity', person, method: 'document' };
const agrees: Command = { type: 'participant.clientAgrees', person };
const admit: Command = { type: 'participant.admit', person };
const consent: Command = {
  type: 'participant.consent',
  person,
  textVersion: referencePolicy.texts.participation,
};

let clock: FakeClock;
let running: RunningServer;
let practitioner: TestDevice;
let client: TestDevice;
let third: TestDevice;
const devices = () => ({ practitioner, client, third });

beforeEach(async () => {
  clock = new FakeClock();
  running = await aSessionServer(clock, {}, false);
  const interpreter = {
    id: person,
    role: 'interpreter',
    name: 'Marker',
    callBackNumber: '07700 900 9',
  } as const;
  await running.server.createSession({ id: SESSION, drill: true, people: [...PEOPLE, interpreter] });
  [practitioner, client, third] = [
    await running.device('p1'),
    await running.device('c1'),
    await running.device(person),
  ];
  await openGate(practitioner, client);
  await Promise.all([practitioner.next('grant'), client.next('grant')]);
  for (const device of [practitioner, client]) await reportMedia(device, 'up', clock.nowMs());
});
afterEach(() => running.server.close());

const granted = () =>
  running.video.calls.filter((call) => call.call === 'grant' && call.person === person).length;
const putOut = () => running.video.calls.filter((call) => call.call === 'removePerson').length;
async function asksForMedia(id: string): Promise<string | undefined> {
  const { third: device } = devices();
  device.send({ type: 'grant.request', id });
  const answered = await device.next('settled', (settled) => settled.id === id);
  return answered.code;
}
async function letIn(): Promise<void> {
  const { third: device, practitioner: by } = devices();
  await mustAccept(device, consent);
  await mustAccept(by, identify);
  await mustAccept(by, agrees);
  await mustAccept(by, admit);
  await device.next('grant');
}

test('[J1][E06] a participant gets no grant before they are admitted, and then one', async () => {
  expect(await asksForMedia('g1')).toBe('not-admitted');
  expect([granted(), devices().third.projection]).toMatchObject([0, { place: 'door', mediaAllowed: false }]);
  await letIn();
  expect([granted(), devices().third.projection]).toMatchObject([1, { place: 'room', mediaAllowed: true }]);
});

test('[J5][J11][H26] when a crisis opens they are out of the room at once, and again for as long as they are outside; client and practitioner keep theirs', async () => {
  await letIn();
  const { practitioner: by, client: theirs, third: device } = devices();
  await mustAccept(by, { type: 'crisis.open', client: 'c1' });
  await expect.poll(putOut).toBe(1);
  await expect.poll(() => device.projection).toMatchObject({ place: 'outside', mediaAllowed: false });
  expect(await asksForMedia('g2')).toBe('not-admitted');
  const before = putOut();
  await passTime(clock, 6000, by, theirs, device);
  expect(putOut() - before).toBeGreaterThanOrEqual(2);
  expect(running.video.calls.some(({ call }) => call === 'closeRoom')).toBe(false);
  await mustAccept(by, admit);
  await device.next('grant');
  const after = putOut();
  await passTime(clock, 6000, by, theirs, device);
  expect(putOut()).toBe(after);
});

test('[J11] nothing that a participant states of media is taken, and they speak for nobody else', async () => {
  await letIn();
  const { third: device } = devices();
  const report = { type: 'media.reported', client: 'c1', device: device.device, state: 'silent' } as const;
  const said = await device.say({ ...report, lastBothWaysAtMs: 0, verdict: 'them' });
  expect(said).toMatchObject({ outcome: 'refused', code: 'not-allowed' });
  for (const command of [admit, agrees, { type: 'risk.raise', client: 'c1' } as const])
    expect(await device.say(command)).toMatchObject({ outcome: 'refused', code: 'not-allowed' });
});

test('[J7][H26] the client’s words never reach a participant’s device, nor theirs the events; the practitioner reads where to call', async () => {
  await letIn();
  const { third: device, practitioner: by } = devices();
  await mustAccept(by, { type: 'crisis.open', client: 'c1' });
  expect(JSON.stringify(device.received)).not.toMatch(/MARKER|1 Marker Street|crisis|risk|"run"/);
  expect(by.projection).toMatchObject({
    vault: { [person]: { name: 'Marker', callBackNumber: '07700 900 9' } },
  });
  expect(JSON.stringify(await running.events())).not.toMatch(/Marker|07700/);
});

test('direct media joins two: a session with a participant is refused, with what helps', async () => {
  const policy = { ...aDrillPolicy, transports: ['webrtc' as const], exposesAddresses: true };
  const direct = await aSessionServer(clock, { video: directVideo(), policy }, false);
  const people = [...PEOPLE, { id: person, role: 'interpreter' } as const];
  await expect(direct.server.createSession({ id: 's2', drill: true, people })).rejects.toThrow(
    /livekitVideo/,
  );
  await direct.server.close();
});
