import { WIRE_VERSION } from '@holdfast/protocol';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { memoryStore } from '../store/memory-store.js';
import { aDrillPolicy, aSessionServer, reportMedia, together } from '../testing/a-session-server.js';
import { breakableStore } from '../testing/breakable-store.js';
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

test('[P4] [H01] [H02] who left and came back while the store was gone is here once it is back, and is missed later', async () => {
  const clock = new FakeClock();
  const store = breakableStore(memoryStore());
  const running = await aSessionServer(clock, { store });
  const { practitioner, client } = await together(clock, running);
  store.behave('down');
  const { device, credential } = client;
  const body = { type: 'person.left', person: 'c1' } as const;
  client.send({ type: 'input', id: 'l1', saidAtMs: clock.nowMs(), body });
  await passTime(clock, 1000, practitioner, client);
  client.send({ type: 'hello', version: WIRE_VERSION, credential, device, resume: null, takesMedia: true });
  await passTime(clock, 1000, practitioner, client);
  store.behave('working');
  await passTime(clock, 2000, practitioner, client);
  expect(await client.next('settled', ({ id }) => id === 'l1')).toMatchObject({ outcome: 'accepted' });
  practitioner.send({ type: 'signal', to: device, data: 'offer' });
  expect(await client.next('signal')).toMatchObject({ from: practitioner.device });
  client.fallSilent();
  await passTime(clock, 20_000, practitioner);
  const kinds = (await running.events()).map(({ kind }) => kind);
  expect(kinds.slice(kinds.indexOf('person.left'))).toEqual(
    expect.arrayContaining(['person.alive', 'person.suspected', 'person.gone']),
  );
  await running.server.close();
});
