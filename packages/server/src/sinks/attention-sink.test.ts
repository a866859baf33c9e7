import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { aSessionServer, cutClient, mustAccept, SESSION, together } from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';
import { attentionSink, type AttentionNote } from './attention-sink.js';

test('[A8][H33] the host is told what waits for the practitioner, for a push to another device: codes and ids only', async () => {
  const clock = new FakeClock();
  const told: AttentionNote[] = [];
  let isBroken = true;
  const sink = attentionSink({
    tell: (notes) => {
      if (isBroken) throw new Error('the push is down');
      told.push(...notes);
    },
  });
  const running = await aSessionServer(clock, { sinks: [sink] });
  const people = await together(clock, running);
  await mustAccept(people.client, { type: 'help.ask', client: 'c1' });
  await passTime(clock, 1000, people.practitioner, people.client);
  expect(told).toEqual([]);
  // It failed, and gets what it missed: nothing is lost, and nobody in the session waited for it.
  isBroken = false;
  await passTime(clock, 2000, people.practitioner, people.client);
  await expect.poll(() => told.map(({ cause }) => cause)).toContain('askedForSomeone');
  await cutClient(clock, people);
  await passTime(clock, 6000, people.practitioner);
  await expect.poll(() => told.map(({ cause }) => cause)).toEqual(expect.arrayContaining(['contactLost']));
  expect(told.every(({ session, drill }) => session === SESSION && drill)).toBe(true);
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  expect(JSON.stringify(told)).not.toMatch(/marker|p1|c1/i);
  await running.server.close();
});
