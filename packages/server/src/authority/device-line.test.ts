import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { aDrillPolicy, aSessionServer, reportMedia, together } from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';

test('[H09] what one person says is never taken for a repeat of what another person said under the same id', async () => {
  const running = await aSessionServer(new FakeClock());
  const [practitioner, client] = [await running.device('p1'), await running.device('c1')];
  expect(await client.say({ type: 'help.ask', client: 'c1' }, { id: 'i1' })).toMatchObject({ id: 'i1' });
  const raised = await practitioner.say({ type: 'risk.raise', client: 'c1' }, { id: 'i1' });
  expect(raised).toMatchObject({ id: 'i1', outcome: 'accepted' });
  expect((await running.events()).map(({ kind }) => kind)).toContain('risk.raised');
  await running.server.close();
});

test('[P10] [H07] a device whose clock is an hour ahead puts off no deadline', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  await reportMedia(client, 'up', clock.nowMs() + 3_600_000);
  const lastMs = clock.nowMs();
  client.fallSilent();
  await passTime(clock, 500, practitioner);
  await reportMedia(practitioner, 'silent', lastMs);
  await passTime(clock, 30_000, practitioner);
  const lost = (await running.events()).find(({ kind }) => kind === 'contact.lost');
  expect(lost?.occurredAtMs).toBe(lastMs + aDrillPolicy.durations.lostAfterMs);
  await running.server.close();
});
