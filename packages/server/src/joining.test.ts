import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { drillPolicy, referencePolicy } from '@holdfast/protocol';
import { referenceTexts } from '@holdfast/protocol/texts';
import { aSessionServer, PEOPLE, SESSION, mustAccept, WHY_EARLY } from './testing/a-session-server.js';
import type { RunningServer } from './testing/a-session-server.js';

const checkUrl = 'https://app.example/check';
const DAY_MS = 86_400_000;
const post = (running: RunningServer, path: string, body: object, headers = {}): Promise<Response> =>
  fetch(`${running.address}/holdfast${path}`, { method: 'POST', body: JSON.stringify(body), headers });
const tokenOf = (link: string | null): string => new URL(link ?? '').hash.slice(1);
const joining = (running: RunningServer, person = 'c1') =>
  running.server.joining({ session: SESSION, person });

test('[N8][A43] the host is given how to join, in the version of the policy, and a test link for one person', async () => {
  const running = await aSessionServer(new FakeClock(), { checkUrl });
  const { testLink, ...rest } = await joining(running);
  const { title, paragraphs } = referenceTexts.joining;
  expect(rest).toEqual({
    textVersion: referencePolicy.texts.joining,
    text: { title, paragraphs },
    startsAtMs: null,
  });
  expect(testLink).toMatch(/^https:\/\/app\.example\/check#.{40,}$/);
  // The host's own words, or a translation, by the same version.
  const texts = { 'joining-v1': { title: 'So geht es', paragraphs: ['…'] } };
  expect((await running.server.joining({ session: SESSION, person: 'c1', texts })).text).toEqual(
    texts['joining-v1'],
  );
  expect((await running.server.joining({ session: SESSION, person: 'c1', texts: {} })).text).toBeNull();
  await running.server.close();
});

test('[N8][H29] no word of it says what the appointment is about', () => {
  const { title, paragraphs } = referenceTexts.joining;
  expect([title, ...paragraphs].join(' ')).not.toMatch(
    /therap|practitioner|psych|mental|client|patient|session|video call|clinic|counsel/i,
  );
});

test('[N8] a service without a page for it, and a policy without the text, get none', async () => {
  const { joining: _, ...texts } = referencePolicy.texts;
  const running = await aSessionServer(new FakeClock(), {}, false);
  const policy = { ...drillPolicy, transports: ['fake'], texts };
  await running.server.createSession({ id: SESSION, drill: true, people: PEOPLE, policy });
  expect(await joining(running)).toEqual({ textVersion: null, text: null, testLink: null, startsAtMs: null });
  await running.server.close();
});

test('[N8][A43] a test link opens the check as often as somebody likes, and nobody has come by it', async () => {
  const running = await aSessionServer(new FakeClock(), { checkUrl });
  const token = tokenOf((await joining(running)).testLink);
  const before = await running.events();
  for (let time = 0; time < 3; time += 1) {
    const answer = await post(running, '/check', { token });
    expect([answer.status, await answer.json()]).toEqual([200, { drill: true, joining: 'joining-v1' }]);
  }
  expect((await post(running, '/measure', { key: token })).status).toBe(200);
  expect(await running.events()).toEqual(before);
  expect((await running.server.summary({ session: SESSION })).attended).toEqual([]);
  await running.server.close();
});

test('[N8] it opens no session: not as a join link, and not as a credential', async () => {
  const running = await aSessionServer(new FakeClock(), { checkUrl });
  const token = tokenOf((await joining(running)).testLink);
  for (const device of ['d1', 'device-check'])
    expect((await post(running, '/redeem', { token, device })).status).toBe(409);
  expect((await post(running, '/redeem', { token, device: 'device check' })).status).toBe(400);
  const beacon = { id: 'b1', credential: token, device: 'd1', fact: 'person.left', saidAtMs: 0 };
  expect((await post(running, '/beacon', beacon)).ok).toBe(false);
  // A join link is no test link either.
  const join = tokenOf(await running.server.joinLink({ session: SESSION, person: 'c1' }));
  expect((await post(running, '/check', { token: join })).status).toBe(410);
  expect((await post(running, '/check', { token }, { origin: 'https://other.example' })).status).toBe(403);
  await running.server.close();
});

test('[N8] it ends with the session, or thirty days after its time', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock, { checkUrl });
  const startsAtMs = clock.nowMs() + 60 * DAY_MS;
  await running.server.reschedule({ session: SESSION, startsAtMs });
  const link = await joining(running);
  expect(link.startsAtMs).toBe(startsAtMs);
  const practitioner = await running.device('p1');
  const token = tokenOf(link.testLink);
  await mustAccept(practitioner, { type: 'session.end' });
  await mustAccept(practitioner, { type: 'closing.dispose', disposition: 'endedAsPlanned' });
  expect((await post(running, '/check', { token })).status).toBe(200);
  await mustAccept(practitioner, WHY_EARLY);
  await mustAccept(practitioner, { type: 'session.close' });
  const refused = await post(running, '/check', { token });
  expect([refused.status, await refused.json()]).toMatchObject([410, { code: 'session-closed' }]);
  await expect(joining(running)).rejects.toMatchObject({ code: 'session-closed' });
  await expect(joining(running, 'stranger')).rejects.toMatchObject({ code: 'unknown-person' });
  await running.server.close();
});

test('[N8] an address for test links is whole, and without a part that the token needs', async () => {
  for (const bad of ['check', 'https://app.example/check#x'])
    await expect(aSessionServer(new FakeClock(), { checkUrl: bad })).rejects.toMatchObject({
      code: 'bad-option',
    });
});
