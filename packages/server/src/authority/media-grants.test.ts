import { WIRE_VERSION } from '@holdfast/protocol';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from '../store/memory-store.js';
import { aSessionServer, mustAccept, openGate, together } from '../testing/a-session-server.js';
import { fakeVideoServer, type FakeVideoServer } from '../testing/fake-video-server.js';
import { passTime, turn } from '../testing/pass-time.js';

test('the room is opened once the client is there, and a video server that fails then is asked again', async () => {
  const clock = new FakeClock();
  const problems: string[] = [];
  const running = await aSessionServer(clock);
  running.server.on('problem', (problem) => problems.push(problem));
  const practitioner = await running.device('p1');
  expect(running.video.calls).toEqual([]);
  running.video.setFailing(true);
  const client = await running.device('c1');
  await client.beat();
  expect([running.video.calls, problems[0]]).toEqual([[], 'video-failed']);
  running.video.setFailing(false);
  await openGate(practitioner, client);
  await Promise.all([practitioner.next('grant'), client.next('grant')]);
  expect(running.video.calls.map(({ call }) => call)).toEqual(['openRoom', 'grant', 'grant']);
  await running.server.close();
});

test('a video server that fails is asked once every 2 s for a session, however many devices wait', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const [practitioner, client] = [await running.device('p1'), await running.device('c1')];
  running.video.setFailing(true);
  await openGate(practitioner, client);
  let problems = 0;
  running.server.on('problem', () => void (problems += 1));
  await passTime(clock, 20_000, practitioner, client);
  // Two devices, ten tries.
  expect(problems).toBeLessThanOrEqual(22);
  running.video.setFailing(false);
  await passTime(clock, 2500, practitioner, client);
  await Promise.all([practitioner.next('grant'), client.next('grant')]);
  await running.server.close();
});

const roomsOf = ({ calls }: FakeVideoServer, wanted: 'openRoom' | 'grant' | 'closeRoom'): string[] =>
  calls.filter(({ call }) => call === wanted).map(({ room }) => room);

test('[G7] a room that could not be closed when consent was taken back is closed once the video server answers', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { video } = running;
  const { practitioner, client } = await together(clock, running);
  video.setFailing(true);
  await mustAccept(client, { type: 'consent.withdraw' });
  await passTime(clock, 5000, practitioner, client);
  video.setFailing(false);
  await passTime(clock, 10_000, practitioner, client);
  expect(roomsOf(video, 'closeRoom')).toEqual(roomsOf(video, 'grant').slice(0, 1));
  await running.server.close();
});

test('[G7] [H24] a room that could not be closed before the session server ended is closed by the next one', async () => {
  const clock = new FakeClock();
  const store = { ...memoryStore(), close: async () => {} };
  const first = await aSessionServer(clock, { store });
  const { client } = await together(clock, first);
  first.video.setFailing(true);
  await mustAccept(client, { type: 'consent.withdraw' });
  await first.server.close();
  const video = fakeVideoServer();
  const second = await aSessionServer(clock, { store, video }, false);
  await turn();
  expect(roomsOf(video, 'closeRoom')).toEqual(roomsOf(first.video, 'grant').slice(0, 1));
  await second.server.close();
});

test('[G6] once the session is ending no other room is opened', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  await mustAccept(practitioner, { type: 'session.end' });
  await passTime(clock, 3000, practitioner, client);
  expect(running.video.calls.map(({ call }) => call)).toEqual(['openRoom', 'grant', 'grant', 'closeRoom']);
  await running.server.close();
});

test('[P4] [H12] who exits on an older page is given no media on the newer one, until they come again there', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  const newer = await running.device('c1');
  await newer.next('grant');
  await client.say({ type: 'person.exited', person: 'c1' });
  newer.send({ type: 'grant.request', id: 'g1' });
  const answered = await newer.next('settled', ({ id }) => id === 'g1');
  expect(answered).toMatchObject({ outcome: 'refused', code: 'not-now' });
  expect(newer.projection).toMatchObject({ mediaAllowed: false });
  expect(practitioner.projection).toMatchObject({ care: { mediaAllowed: true } });
  expect(roomsOf(running.video, 'closeRoom')).toEqual([]);
  const { credential, device } = newer;
  newer.send({ type: 'hello', version: WIRE_VERSION, credential, device, resume: null, takesMedia: true });
  const grants = () => newer.received.filter(({ type }) => type === 'grant').length;
  await expect.poll(grants).toBe(2);
  expect(newer.projection).toMatchObject({ mediaAllowed: true });
  await running.server.close();
});
