import { fakeVideoServer, memoryStore } from '@holdfast/server/testing';
import { createSessionServer, logAlert } from '@holdfast/server';
import { drillPolicy } from '@holdfast/protocol';
import { joinSession, systemClock, type JoinedSession } from '@holdfast/session';
import { FakeVideo, fakeStorage } from '@holdfast/session/testing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';

// Node 20 has no WebSocket of its own; the device runtime uses the page's.
Object.assign(globalThis, { WebSocket: globalThis.WebSocket ?? WebSocket });

const policy = { ...drillPolicy, transports: ['fake'] };

async function aServer() {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-device-'));
  const made = { at: '' };
  const server = await createSessionServer({
    joinUrl: ({ token }) => `${made.at}/call#${token}`,
    store: memoryStore(),
    sinks: [],
    alerts: [logAlert({ path: join(directory, 'alerts.jsonl') })],
    vaultKey: new Uint8Array(32),
    video: fakeVideoServer(),
    policy,
    dutyLine: '100',
  });
  made.at = `http://127.0.0.1:${(await server.listen({ port: 0 })).port}`;
  const people = [
    { id: 'p1', role: 'practitioner', name: 'Robin' },
    { id: 'c1', role: 'client', name: 'Sam' },
  ] as const;
  await server.createSession({ id: 's1', drill: true, people });
  return server;
}

test('[H13] the device runtime and the session server: from two links to media both ways', async () => {
  const server = await aServer();
  const video = new FakeVideo({ clock: systemClock() });
  const joined: JoinedSession[] = [];
  for (const person of ['p1', 'c1']) {
    const link = await server.joinLink({ session: 's1', person });
    joined.push(await joinSession({ link, video: video.port(person), storage: fakeStorage() }));
  }
  const [practitioner, client] = joined as [JoinedSession, JoinedSession];
  expect(practitioner.view.people.map((person) => person.name)).toEqual(
    expect.arrayContaining(['Robin', 'Sam']),
  );
  const answer = { type: 'item.answer', answer: 'confirmed' } as const;
  const said = [
    await client.send(
      { ...answer, item: 'callBackNumber', flags: { safeToRing: true, safeToLeaveMessage: false } },
      { callBackNumber: '07700 900 000' },
    ),
    await client.send({ ...answer, item: 'location' }, { address: '1 Long Street' }),
    await client.send({
      ...answer,
      item: 'consent',
      textVersion: 'consent-v1',
      flags: { ladderExplained: true },
    }),
    await client.send({ ...answer, item: 'device', flags: { hasCamera: true, hasMicrophone: true } }),
    await practitioner.send({
      ...answer,
      item: 'suitability',
      flags: { isEligible: true, hasAccess: true, canEngage: true },
    }),
    await practitioner.send({ ...answer, item: 'practitionerPrivacy', flags: { alone: true } }),
    await practitioner.send({ type: 'person.admit', person: 'c1' }),
  ];
  expect(said.map(({ outcome }) => outcome)).toEqual(said.map(() => 'accepted'));
  await expect
    .poll(() => practitioner.view.showsVideo && client.view.showsVideo, { timeout: 5000 })
    .toBe(true);
  const kinds = new Set<string>();
  server.on('events', (events) => events.forEach((event) => kinds.add(event.kind)));
  await expect.poll(() => [...kinds], { timeout: 8000 }).toContain('contact.together');
  expect(await client.send({ type: 'risk.raise', client: 'c1' })).toMatchObject({
    outcome: 'refused',
    code: 'not-allowed',
  });
  await client.leave();
  await expect.poll(() => [...kinds], { timeout: 5000 }).toContain('person.left');
  joined.forEach((session) => session.dispose());
  await server.close();
});

test('[H01] a second tab takes the session over, and the first can take it back', async () => {
  const server = await aServer();
  const video = new FakeVideo({ clock: systemClock() });
  const open = async (device: string): Promise<JoinedSession> =>
    joinSession({
      link: await server.joinLink({ session: 's1', person: 'c1' }),
      video: video.port(device),
      storage: fakeStorage(),
    });
  const first = await open('tab1');
  const second = await open('tab2');
  await expect.poll(() => first.view.stage, { timeout: 5000 }).toBe('openElsewhere');
  expect(second.view.stage).not.toBe('openElsewhere');
  first.takeBack();
  await expect.poll(() => second.view.stage, { timeout: 5000 }).toBe('openElsewhere');
  await expect.poll(() => first.view.stage, { timeout: 5000 }).not.toBe('openElsewhere');
  [first, second].forEach((session) => session.dispose());
  await server.close();
});

test('a link that another device has used is refused with the sentence of the session server', async () => {
  const server = await aServer();
  const video = new FakeVideo({ clock: systemClock() });
  const link = await server.joinLink({ session: 's1', person: 'c1' });
  const session = await joinSession({ link, video: video.port('a'), storage: fakeStorage() });
  await expect(joinSession({ link, video: video.port('b'), storage: fakeStorage() })).rejects.toMatchObject({
    refusal: 'link-used',
  });
  session.dispose();
  await server.close();
});
