import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { SESSION, aSessionServer, together, type RunningServer } from '../testing/a-session-server.js';
import { passTime } from '../testing/pass-time.js';
import type { TestDevice } from '../testing/test-device.js';

const post = (running: RunningServer, path: string, body: object): Promise<Response> =>
  fetch(`${running.address}/holdfast/${path}`, { method: 'POST', body: JSON.stringify(body) });
const tokenFor = async (running: RunningServer, person: string): Promise<string> =>
  new URL(await running.server.joinLink({ session: SESSION, person })).hash.slice(1);
const leaves = ({ credential, device }: TestDevice, clock: FakeClock, id: string) => ({
  id,
  credential,
  device,
  fact: 'person.left',
  saidAtMs: clock.nowMs(),
});

test("[H19] nobody comes under the id of another person's device, and the link is not used up by trying", async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner } = await together(clock, running);
  const token = await tokenFor(running, 'c1');
  const stolen = await post(running, 'redeem', { token, device: practitioner.device });
  expect([stolen.status, await stolen.json()]).toMatchObject([401, { code: 'wrong-credential' }]);
  expect((await running.events()).at(-1)).toMatchObject({
    kind: 'input.refused',
    outcome: 'wrong-credential',
  });
  expect((await post(running, 'redeem', { token, device: 'd-own' })).status).toBe(200);
  await running.server.close();
});

test("[H02] the last message of a page counts for its own person's device only", async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const token = await tokenFor(running, 'c1');
  // The client was first with this id; the practitioner's device comes to it later, by chance or not.
  const redeemed = await post(running, 'redeem', { token, device: 'd-same' });
  const { credential } = (await redeemed.json()) as { credential: string };
  const practitioner = await running.device('p1', { device: 'd-same' });
  const beacon = leaves({ ...practitioner, credential, device: 'd-same' }, clock, 'b1');
  expect((await post(running, 'beacon', beacon)).status).toBe(401);
  practitioner.fallSilent();
  await passTime(clock, 5000);
  const kinds = (await running.events()).map(({ kind }) => kind);
  expect(kinds).not.toContain('person.left');
  expect(kinds).toContain('device.silent');
  await running.server.close();
});

test('[P4] [H01] a last message that the network delivers again does not take back that the person returned', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const { practitioner, client } = await together(clock, running);
  const beacon = leaves(client, clock, 'b1');
  await post(running, 'beacon', beacon);
  await passTime(clock, 1000, practitioner);
  const { credential, device } = client;
  const again = await running.device('c1', { credential, device });
  await passTime(clock, 1000, practitioner, again);
  expect((await post(running, 'beacon', beacon)).status).toBe(204);
  again.fallSilent();
  await passTime(clock, 6000, practitioner);
  expect((await running.events()).map(({ kind }) => kind)).toContain('device.silent');
  await running.server.close();
});

test.each(['the same', 'another'])(
  '[P4] [H12] a last message that is delivered after its person has come back, on %s device, is refused',
  async (which) => {
    const clock = new FakeClock();
    const running = await aSessionServer(clock);
    const { practitioner, client } = await together(clock, running);
    const silences = async () =>
      (await running.events()).filter(({ kind }) => kind === 'device.silent').length;
    // Said while the line is down; the browser goes on trying to deliver it.
    const late = leaves(client, clock, 'b1');
    client.fallSilent();
    await passTime(clock, 3000, practitioner);
    const { credential, device } = client;
    const again = await running.device('c1', which === 'another' ? {} : { credential, device });
    await passTime(clock, 1000, practitioner, again);
    const refused = await post(running, 'beacon', late);
    expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'not-now' }]);
    expect((await running.events()).at(-1)).toMatchObject({
      kind: 'input.refused',
      outcome: 'not-now',
      details: { input: 'beacon', count: 1 },
    });
    expect(await silences()).toBe(1);
    again.fallSilent();
    await passTime(clock, 6000, practitioner);
    expect(await silences()).toBe(2);
    expect((await running.events()).map(({ kind }) => kind)).not.toContain('person.left');
    await running.server.close();
  },
);

test('[R3] a link that was used and is tried without end is refused each time, with one event a minute', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const token = await tokenFor(running, 'c1');
  expect((await post(running, 'redeem', { token, device: 'd-first' })).status).toBe(200);
  const tries = async (count: number): Promise<void> => {
    for (let left = count; left > 0; left -= 1)
      expect((await post(running, 'redeem', { token, device: 'd-other' })).status).toBe(409);
  };
  const counts = async () =>
    (await running.events())
      .filter(({ kind, outcome }) => kind === 'input.refused' && outcome === 'link-used')
      .map(({ details }) => details);
  await tries(5);
  expect(await counts()).toEqual([{ input: 'redeem', count: 1 }]);
  await passTime(clock, 61_000);
  await tries(2);
  expect(await counts()).toEqual([
    { input: 'redeem', count: 1 },
    { input: 'redeem', count: 4 },
  ]);
  await running.server.close();
  expect((await counts()).at(-1)).toEqual({ input: 'redeem', count: 2 });
});

test('a link that nobody knows leaves no event at all', async () => {
  const running = await aSessionServer(new FakeClock());
  const before = (await running.events()).length;
  expect((await post(running, 'redeem', { token: 'x'.repeat(43), device: 'd-1' })).status).toBe(410);
  expect(await running.events()).toHaveLength(before);
  await running.server.close();
});
