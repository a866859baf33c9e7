import { Readable } from 'node:stream';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { aSessionServer, SESSION, type RunningServer } from '../testing/a-session-server.js';
import { makeMeasuring, MEASURE_BYTES } from './measure.js';

const ask = (running: RunningServer, key: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${running.address}/holdfast/measure`, { method: 'POST', body: JSON.stringify({ key }), headers });
const codeOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { readonly code?: string }).code;

test('[I23][D07] a device that has joined is sent a bounded number of random bytes, and nothing keeps or packs them', async () => {
  const running = await aSessionServer(new FakeClock());
  const { credential } = await running.device('c1');
  const [one, two] = [await ask(running, credential), await ask(running, credential)];
  expect([one.status, one.headers.get('cache-control'), one.headers.get('content-encoding')]).toEqual([
    200,
    'no-store, no-transform',
    null,
  ]);
  const bytes = [await one.arrayBuffer(), await two.arrayBuffer()].map((body) => Buffer.from(body));
  expect(bytes.map(({ length }) => length)).toEqual([MEASURE_BYTES, MEASURE_BYTES]);
  expect(bytes[0]?.equals(bytes[1] ?? Buffer.alloc(0))).toBe(false);
  await running.server.close();
});

test('[I23] nobody else is answered: no key, a link that was not opened, another origin', async () => {
  const running = await aSessionServer(new FakeClock());
  const { credential } = await running.device('c1');
  expect((await ask(running, 'short')).status).toBe(400);
  const link = await running.server.joinLink({ session: SESSION, person: 'c1' });
  for (const key of ['x'.repeat(40), new URL(link).hash.slice(1)]) {
    const refused = await ask(running, key);
    expect([refused.status, await codeOf(refused)]).toEqual([401, 'wrong-credential']);
  }
  const other = await ask(running, credential, { origin: 'https://other.example' });
  expect([other.status, await codeOf(other)]).toEqual([403, 'wrong-origin']);
  expect((await fetch(`${running.address}/holdfast/measure`)).status).toBe(405);
  await running.server.close();
});

test('[I23] four times, then it waits; another device is not held up by it', async () => {
  const running = await aSessionServer(new FakeClock());
  const { credential } = await running.device('c1');
  const other = await running.device('p1');
  for (let time = 0; time < 4; time += 1) expect((await ask(running, credential)).status).toBe(200);
  const refused = await ask(running, credential);
  expect([refused.status, await codeOf(refused)]).toEqual([429, 'too-fast']);
  expect((await ask(running, other.credential)).status).toBe(200);
  await running.server.close();
});

test('[I23] ten minutes later it is answered again; a store that does not answer knows nobody', async () => {
  let nowMs = 1_000_000;
  const key = 'k'.repeat(40);
  const measuring = makeMeasuring({ isKnown: async () => true, nowMs: () => nowMs });
  for (let time = 0; time < 4; time += 1) expect(await measuring({ key })).toBeInstanceOf(Readable);
  nowMs += 599_999;
  expect(await measuring({ key })).toBe('too-fast');
  nowMs += 1;
  expect(await measuring({ key })).toBeInstanceOf(Readable);
  const away = makeMeasuring({ isKnown: () => Promise.reject(new Error('away')), nowMs: () => nowMs });
  expect(await away({ key })).toBe('wrong-credential');
});
