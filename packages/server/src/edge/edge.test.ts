import {
  MAX_MESSAGE_BYTES,
  WIRE_VERSION,
  type AuditEvent,
  type Command,
  type Fact,
} from '@holdfast/protocol';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  SESSION,
  aSessionServer,
  mustAccept,
  openGate,
  type RunningServer,
} from '../testing/a-session-server.js';
import { turn } from '../testing/pass-time.js';
import { connectTestDevice } from '../testing/test-device.js';

const refusals = async (running: RunningServer): Promise<(string | null)[]> => {
  await turn();
  return (await running.events())
    .filter((event: AuditEvent) => event.kind === 'input.refused')
    .map((event) => event.outcome);
};
const post = (
  running: RunningServer,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(running.address + path, { method: 'POST', body: JSON.stringify(body), headers });
const redeem = async (
  running: RunningServer,
  link: string,
  device: string,
  headers = {},
): Promise<{ status: number; body: { code?: string } }> => {
  const response = await post(
    running,
    '/holdfast/redeem',
    { token: new URL(link).hash.slice(1), device },
    headers,
  );
  return { status: response.status, body: (await response.json()) as { code?: string } };
};
const link = (running: RunningServer, person = 'c1'): Promise<string> =>
  running.server.joinLink({ session: SESSION, person });

test('a join link is used by one device, again and again; a second device is refused with one event', async () => {
  const running = await aSessionServer(new FakeClock());
  const url = await link(running);
  expect((await redeem(running, url, 'd1')).status).toBe(200);
  expect((await redeem(running, url, 'd1')).status).toBe(200);
  expect(await redeem(running, url, 'd2')).toMatchObject({ status: 409, body: { code: 'link-used' } });
  expect(await refusals(running)).toEqual(['link-used']);
  await running.server.close();
});

test('looking at a link burns nothing, and the token stands in no address that is asked for', async () => {
  const running = await aSessionServer(new FakeClock());
  const url = await link(running);
  expect(new URL(url).hash.length).toBeGreaterThan(40);
  expect((await fetch(`${running.address}/holdfast/redeem`)).status).toBe(405);
  expect((await redeem(running, url, 'd1')).status).toBe(200);
  await running.server.close();
});

test('a link that is too old, and a token that nobody made', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock, { linkValidMs: 60_000 });
  const url = await link(running);
  clock.jump(60_000);
  expect(await redeem(running, url, 'd1')).toMatchObject({ status: 410, body: { code: 'link-expired' } });
  expect(await redeem(running, `https://app.example/#${'x'.repeat(43)}`, 'd1')).toMatchObject({
    body: { code: 'link-expired' },
  });
  expect(await refusals(running)).toEqual(['link-expired']);
  await running.server.close();
});

test('a page of a foreign origin gets neither a credential nor a socket, and burns nothing', async () => {
  const running = await aSessionServer(new FakeClock(), { allowedOrigins: ['https://app.example'] });
  const url = await link(running);
  const foreign = { origin: 'https://evil.example' };
  expect(await redeem(running, url, 'd1', foreign)).toMatchObject({
    status: 403,
    body: { code: 'wrong-origin' },
  });
  expect(await refusals(running)).toEqual(['wrong-origin']);
  const socket = new WebSocket(`${running.address.replace('http', 'ws')}/holdfast/socket`, {
    headers: foreign,
  });
  await expect(
    new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject)),
  ).rejects.toThrow('403');
  expect((await redeem(running, url, 'd1', { origin: 'https://app.example' })).status).toBe(200);
  await running.server.close();
});

test('a credential is bound to its device', async () => {
  const running = await aSessionServer(new FakeClock());
  const device = await running.device('c1');
  const stolen = {
    server: running.address,
    credential: device.credential,
    device: 'd-other',
    beatEveryMs: 0,
  };
  await expect(connectTestDevice(stolen)).rejects.toThrow('wrong-credential');
  await expect(connectTestDevice({ ...stolen, credential: 'x'.repeat(43) })).rejects.toThrow(
    'wrong-credential',
  );
  expect(await refusals(running)).toEqual(['wrong-credential']);
  await running.server.close();
});

test('another version of the messages is told to reload', async () => {
  const running = await aSessionServer(new FakeClock());
  const device = await running.device('c1');
  const socket = new WebSocket(`${running.address.replace('http', 'ws')}/holdfast/socket`);
  const hello = {
    type: 'hello',
    version: WIRE_VERSION + 1,
    credential: device.credential,
    device: device.device,
    resume: null,
    takesMedia: true,
  };
  socket.on('open', () => socket.send(JSON.stringify(hello)));
  const answer = await new Promise<string>((resolve) =>
    socket.on('message', (data: Buffer) => resolve(data.toString())),
  );
  expect(JSON.parse(answer)).toMatchObject({ type: 'refused', code: 'version-unknown' });
  await running.server.close();
});

const REFUSED: readonly (readonly [string, string, Command | Fact, string])[] = [
  ['a client raises risk', 'c1', { type: 'risk.raise', client: 'c1' }, 'not-allowed'],
  ['a duty person admits', 'duty-1', { type: 'person.admit', person: 'c1' }, 'not-allowed'],
  [
    'a client answers what only a practitioner can',
    'c1',
    { type: 'item.answer', item: 'identity', answer: 'confirmed' },
    'not-allowed',
  ],
  [
    'a device states what only the server may',
    'p1',
    { type: 'device.silent', person: 'c1', device: 'd9', lastHeardAtMs: 0 },
    'not-allowed',
  ],
  ['a device says that time has come', 'p1', { type: 'clock.reached' }, 'not-allowed'],
  ['a device says that another person left', 'p1', { type: 'person.left', person: 'c1' }, 'not-allowed'],
  [
    'a device reports for another device',
    'p1',
    {
      type: 'media.reported',
      client: 'c1',
      device: 'd9',
      state: 'up',
      lastBothWaysAtMs: 1,
      verdict: 'unknown',
    },
    'not-allowed',
  ],
  ['a command names a stranger', 'p1', { type: 'risk.raise', client: 'c9' }, 'unknown-person'],
  ['a command comes too early', 'p1', { type: 'session.goLive' }, 'not-now'],
];

test.each(REFUSED)(
  '[H13] %s: refused with a code and a sentence, one event, nothing changed, the line stays',
  async (_, person, body, code) => {
    const running = await aSessionServer(new FakeClock());
    const device = await running.device(person);
    await device.next('update');
    const before = device.received.filter((message) => message.type === 'update').length;
    const settled = await device.say(body, { id: 'i1' });
    expect(settled).toMatchObject({ outcome: 'refused', code });
    expect(settled.sentence).toMatch(/\.$/);
    expect(await device.say(body, { id: 'i1' })).toEqual(settled);
    expect(await refusals(running)).toEqual([code]);
    expect(device.received.filter((message) => message.type === 'update')).toHaveLength(before);
    expect(device.isOpen).toBe(true);
    await running.server.close();
  },
);

test('[P8] what the network delivers late over an older line of a device is not heard, and that line ends', async () => {
  const running = await aSessionServer(new FakeClock());
  const older = await running.device('p1');
  const { credential, device } = older;
  const newer = await running.device('p1', { credential, device, takesMedia: false });
  older.send({ type: 'input', id: 'i1', saidAtMs: 0, body: { type: 'risk.raise', client: 'c1' } });
  await newer.say({ type: 'help.answer', client: 'c1' });
  await expect.poll(() => older.isOpen).toBe(false);
  expect((await running.events()).map(({ kind }) => kind)).not.toContain('risk.raised');
  await running.server.close();
});

test('[H09] an input that comes again is answered again and has no second effect', async () => {
  const running = await aSessionServer(new FakeClock());
  const practitioner = await running.device('p1');
  const first = await practitioner.say({ type: 'risk.raise', client: 'c1' }, { id: 'i1' });
  const second = await practitioner.say({ type: 'risk.raise', client: 'c1' }, { id: 'i1' });
  expect(second).toEqual(first);
  expect((await running.events()).filter((event) => event.kind === 'risk.raised')).toHaveLength(1);
  await running.server.close();
});

test('an input that cannot be read is answered under its id; anything else that cannot ends the line', async () => {
  const running = await aSessionServer(new FakeClock());
  const device = await running.device('p1');
  device.sendRaw(JSON.stringify({ type: 'input', id: 'i1', saidAtMs: 1, body: { type: 'no.such' } }));
  expect(await device.next('settled')).toMatchObject({ id: 'i1', outcome: 'refused', code: 'malformed' });
  expect(device.isOpen).toBe(true);
  device.sendRaw('{"type":');
  expect(await device.next('refused')).toMatchObject({ code: 'malformed' });
  expect(await refusals(running)).toEqual(['malformed', 'malformed']);
  await running.server.close();
});

test('a message that is too large, and too many of them', async () => {
  const running = await aSessionServer(new FakeClock());
  const large = await running.device('p1');
  large.sendRaw(JSON.stringify({ type: 'signal', to: 'd1', data: 'x'.repeat(MAX_MESSAGE_BYTES) }));
  expect(await large.next('refused')).toMatchObject({ code: 'too-large' });
  const fast = await running.device('c1');
  for (let count = 0; count < 300; count += 1) void fast.beat();
  expect(await fast.next('refused')).toMatchObject({ code: 'too-fast' });
  expect(await refusals(running)).toEqual(['too-large', 'too-fast']);
  await running.server.close();
});

test('[H13] before the gate there is neither a grant nor a description; after it there is', async () => {
  const running = await aSessionServer(new FakeClock());
  const [practitioner, client] = [await running.device('p1'), await running.device('c1')];
  client.send({ type: 'grant.request', id: 'g1' });
  expect(await client.next('settled')).toMatchObject({ id: 'g1', outcome: 'refused', code: 'not-admitted' });
  client.send({ type: 'signal', to: practitioner.device, data: { sdp: 'offer' } });
  await client.beat();
  // The room is made ready while the client waits: nobody can be in it, and nobody waits for it later.
  expect(running.video.calls).toMatchObject([{ call: 'openRoom' }]);
  expect(practitioner.received.some((message) => message.type === 'signal')).toBe(false);
  await openGate(practitioner, client);
  expect((await client.next('grant')).grant.transport).toBe('fake');
  client.send({ type: 'signal', to: practitioner.device, data: { sdp: 'offer' } });
  expect(await practitioner.next('signal')).toEqual({
    type: 'signal',
    from: client.device,
    data: { sdp: 'offer' },
  });
  expect((await running.events()).filter((event) => event.kind === 'media.refused')).toHaveLength(1);
  await running.server.close();
});

test('[H01] a newer device takes media, the older is told and stays, and can take it back', async () => {
  const running = await aSessionServer(new FakeClock());
  const [practitioner, older] = [await running.device('p1'), await running.device('c1')];
  await openGate(practitioner, older);
  await older.next('grant');
  const newer = await running.device('c1');
  await newer.next('grant');
  expect(await older.next('refused')).toMatchObject({ code: 'opened-elsewhere' });
  expect(older.isOpen).toBe(true);
  older.send({ type: 'grant.request', id: 'g1' });
  expect(await older.next('settled', (settled) => settled.id === 'g1')).toMatchObject({
    code: 'opened-elsewhere',
  });
  const { credential, device } = older;
  older.send({ type: 'hello', version: WIRE_VERSION, credential, device, resume: null, takesMedia: true });
  expect(await newer.next('refused')).toMatchObject({ code: 'opened-elsewhere' });
  await older.next('grant', (message) => older.received.indexOf(message) > 5);
  expect((await running.events()).filter((event) => event.kind === 'device.tookMedia')).toHaveLength(2);
  await running.server.close();
});

test('[H16] what a client must not see sends nothing to the client', async () => {
  const running = await aSessionServer(new FakeClock());
  const [practitioner, client] = [await running.device('p1'), await running.device('c1')];
  await client.next('update');
  await client.beat();
  const before = client.received.length;
  await mustAccept(practitioner, { type: 'risk.raise', client: 'c1' });
  await mustAccept(practitioner, { type: 'crisis.open', client: 'c1' });
  await client.beat();
  expect(client.received).toHaveLength(before);
  await running.server.close();
});

test('a device that resumes where it was is sent no update again', async () => {
  const running = await aSessionServer(new FakeClock());
  const client = await running.device('c1');
  // Its own arrival changes what it sees.
  const { sequence } = await client.next('update', (message) => message.sequence === 2);
  const { epoch } = await client.next('welcome');
  const { credential, device } = client;
  client.close();
  const socket = new WebSocket(`${running.address.replace('http', 'ws')}/holdfast/socket`);
  const got: { type: string }[] = [];
  socket.on('message', (data: Buffer) => got.push(JSON.parse(data.toString()) as { type: string }));
  await new Promise((resolve) => socket.on('open', resolve));
  socket.send(
    JSON.stringify({
      type: 'hello',
      version: WIRE_VERSION,
      credential,
      device,
      resume: { epoch, sequence },
      takesMedia: false,
    }),
  );
  await expect.poll(() => got.map((message) => message.type)).toEqual(['welcome']);
  await running.server.close();
});

test('[H08] the duty line is for staff, and stands in nothing that a client is sent', async () => {
  const running = await aSessionServer(new FakeClock(), { dutyLine: '+44 20 7946 0000' });
  const [practitioner, client] = [await running.device('p1'), await running.device('c1')];
  expect(await practitioner.next('welcome')).toMatchObject({ dutyLine: '+44 20 7946 0000' });
  expect(JSON.stringify(client.received)).not.toContain('7946');
  await running.server.close();
});

test('health says whether the session server is in charge, and nothing else', async () => {
  const running = await aSessionServer(new FakeClock());
  const response = await fetch(`${running.address}/holdfast/health`);
  expect([response.status, await response.json()]).toEqual([200, { inCharge: true }]);
  expect((await fetch(`${running.address}/elsewhere`)).status).toBe(404);
  await running.server.close();
});
