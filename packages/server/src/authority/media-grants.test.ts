import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { aSessionServer, openGate } from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';

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
