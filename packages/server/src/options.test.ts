import { drillPolicy, referencePolicy } from '@holdfast/protocol';
import { FakeClock } from '@holdfast/session/testing';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { logAlert } from './alerts/log-alert.js';
import { webhookAlert } from './alerts/webhook-alert.js';
import { checkOptions, type SessionServerOptions } from './options.js';
import { createSessionServer } from './session-server.js';
import { jsonLinesSink } from './sinks/json-lines-sink.js';
import { webhookSink } from './sinks/webhook-sink.js';
import { memoryStore } from './store/memory-store.js';
import { sqliteStore } from './store/sqlite/sqlite-store.js';
import { PEOPLE, aDrillPolicy, aSessionServer } from './testing/a-session-server.js';
import { fakeAlert } from './testing/fake-alert.js';
import { fakeSink } from './testing/fake-sink.js';
import { directVideo } from './video/direct-video.js';

const options: SessionServerOptions = {
  joinUrl: 'https://app.example/session',
  store: memoryStore(),
  sinks: [fakeSink()],
  alerts: [fakeAlert()],
  vaultKey: new Uint8Array(32),
};

/** As a caller without types, or a settings file, would give it. */
const untyped = (given: object): Partial<SessionServerOptions> => given;

const REFUSED: readonly (readonly [string, Partial<SessionServerOptions>, RegExp])[] = [
  ['a join address that is none', { joinUrl: '/session' }, /joinUrl must be a whole address/],
  ['a join address with a #', { joinUrl: 'https://app.example/#here' }, /joinUrl/],
  ['nobody to alert', { alerts: [] }, /alerts is empty.*at least one/],
  ['two sinks of one name', { sinks: [fakeSink('a'), fakeSink('a')] }, /sinks holds the name "a" twice/],
  ['a sink that is none', untyped({ sinks: [null] }), /\[bad-option\] sinks holds an entry that is none/],
  ['an alert that is none', untyped({ alerts: [undefined] }), /\[bad-option\] alerts holds an entry/],
  ['a short key', { vaultKey: 'c2hvcnQ=' }, /vaultKey must be 32 bytes.*openssl/],
  [
    'an origin with a path',
    { allowedOrigins: ['https://app.example/'] },
    /allowedOrigins.*https:\/\/app.example/,
  ],
  ['a base path without /', { basePath: 'holdfast' }, /basePath must begin with \//],
  [
    'links that live too long',
    { linkValidMs: 31 * 86_400_000 },
    /linkValidMs is 2678400000; it must be from 60000 to 2592000000/,
  ],
  ['a duty line that is no number', { dutyLine: 'ask Anna' }, /dutyLine must be a telephone number/],
  ['no join address', untyped({ joinUrl: undefined }), /joinUrl must be a whole address/],
  ['an option that there is not', untyped({ alert: [] }), /has no option alert; it has joinUrl, .*alerts/],
  [
    'one alert without its list',
    untyped({ alerts: fakeAlert() }),
    /alerts must be a list.*alerts: \[entry\]/,
  ],
  ['one origin as text', untyped({ allowedOrigins: 'https://a.example' }), /allowedOrigins must be a list/],
  [
    'a key from a variable that is not set',
    untyped({ vaultKey: process.env['HOLDFAST_NOT_SET'] }),
    /vaultKey is undefined: is its environment variable set\?/,
  ],
  [
    'a policy with a field that there is not',
    { policy: { ...referencePolicy, reconectWaitMs: 1 } },
    /reconectWaitMs: a policy has no such field/,
  ],
  ['a policy that could not be read', { policy: null }, /policy: .*missing or of the wrong type/],
  ['a policy without fields', { policy: {} }, /durations: it is missing or of the wrong type/],
  ['a tenant with a space', { tenant: 'a b' }, /tenant must be 1 to 40/],
  [
    '[H25] seconds where milliseconds belong',
    { policy: { ...referencePolicy, durations: { ...referencePolicy.durations, reconnectWaitMs: 300 } } },
    /reconnectWaitMs is 300 ms.*from 30000 to 300000.*milliseconds/,
  ],
];

test.each(REFUSED)('%s is refused with the option, the bound and what to do', async (_, wrong, sentence) => {
  await expect(createSessionServer({ ...options, ...wrong })).rejects.toThrow(sentence);
});

test('a join link whose token is not after the # is refused', () => {
  const { joinUrl } = checkOptions({ ...options, joinUrl: ({ token }) => `https://app.example/?t=${token}` });
  const link = { tenant: 't', session: 's', person: 'p', role: 'client', token: 'secret' } as const;
  expect(() => joinUrl(link)).toThrow(/joinUrl made an address/);
  expect(checkOptions(options).joinUrl(link)).toBe('https://app.example/session#secret');
});

const SIX = ['o1', 'o2', 'o3', 'o4', 'o5', 'o6'];
const SESSIONS: readonly (readonly [string, object, RegExp])[] = [
  ['a drill policy for a real session', { people: PEOPLE }, /drill policy is refused for a real session/],
  [
    'a standard policy for a drill',
    { drill: true, policy: { ...referencePolicy, transports: ['fake'] }, people: PEOPLE },
    /drillPolicy/,
  ],
  [
    'a transport that the policy does not list',
    { drill: true, policy: { ...drillPolicy, transports: ['livekit'] }, people: PEOPLE },
    /transports does not list fake/,
  ],
  [
    'no practitioner',
    { drill: true, people: [{ id: 'c1', role: 'client' }] },
    /a practitioner and one client/,
  ],
  [
    'a colleague, who is one by not leading only',
    { drill: true, people: [...PEOPLE, { id: 'p2', role: 'colleague' }] },
    /a role must be one of/,
  ],
  [
    'a duty person who is not in the policy',
    { drill: true, people: [...PEOPLE, { id: 'd9', role: 'duty' }] },
    /policy.staff/,
  ],
  [
    'a role that there is not',
    { drill: true, people: [...PEOPLE, { id: 'x1', role: 'doctor' }] },
    /role must be one of practitioner, client, supporter, interpreter/,
  ],
  [
    'a number to call back of somebody who is no participant',
    { drill: true, people: [{ ...PEOPLE[0], callBackNumber: '1' }, PEOPLE[1]] },
    /belong to participants .*not to p1/,
  ],
  [
    'more people than its video brings together',
    { drill: true, people: [...PEOPLE, ...SIX.map((id) => ({ id, role: 'observer' }))] },
    /6 more beside client and practitioner, and the video of this session server brings 6 together/,
  ],
  ['nobody in it', { drill: true }, /a practitioner and one client/],
  ['a field that there is not', { drill: true, people: PEOPLE, tennant: 'a' }, /has no option tennant/],
  ['an id twice', { drill: true, people: [...PEOPLE, { id: 'c1', role: 'client' }] }, /twice/],
  [
    'a name in the place of an id',
    { drill: true, people: [{ id: 'A Name', role: 'client' }] },
    /never a name or a number/,
  ],
];

test.each(SESSIONS)('a session with %s is refused', async (_, wrong, sentence) => {
  const running = await aSessionServer(new FakeClock(), {}, false);
  await expect(
    running.server.createSession(wrong as Parameters<typeof running.server.createSession>[0]),
  ).rejects.toThrow(sentence);
  await running.server.close();
});

test('a session of another tenant is unknown, and an id is used once', async () => {
  const running = await aSessionServer(new FakeClock());
  await expect(
    running.server.joinLink({ session: 's1', tenant: 'other', person: 'c1' }),
  ).rejects.toMatchObject({ code: 'unknown-session' });
  await expect(running.server.joinLink({ session: 's1', person: 'c9' })).rejects.toMatchObject({
    code: 'unknown-person',
  });
  await expect(running.server.createSession({ id: 's1', drill: true, people: PEOPLE })).rejects.toMatchObject(
    { code: 'session-exists' },
  );
  await expect(
    running.server.createSession({ id: 's1', tenant: 'other', drill: true, people: PEOPLE }),
  ).resolves.toEqual({ session: 's1' });
  await running.server.close();
});

test('[E26] a policy that is overdue for review is said so in the record', async () => {
  const running = await aSessionServer(new FakeClock(Date.parse('2028-01-01')), { policy: aDrillPolicy });
  expect((await running.events()).map((event) => event.kind)).toContain('policy.reviewOverdue');
  await running.server.close();
});

test('a port in use, a folder that is none and a secret that is not set are refused in words', async () => {
  const running = await aSessionServer(new FakeClock());
  const { port } = await running.server.listen({ port: 0 });
  await expect(running.server.listen({ port })).rejects.toThrow(
    /port \d+ of 127.0.0.1 cannot be used \(EADDRINUSE\)/,
  );
  await running.server.close();
  expect(() => sqliteStore({ directory: fileURLToPath(import.meta.url) })).toThrow(
    /dataDir could not be made/,
  );
  const unset = process.env['HOLDFAST_NOT_SET'] as string;
  expect(() => webhookAlert({ url: 'https://a.example', secret: unset })).toThrow(/secret must be base64/);
  expect(() => directVideo({ turn: { urls: ['turn:a.example'], sharedSecret: unset } })).toThrow(
    /turn.sharedSecret must have/,
  );
});

const MADE: readonly (readonly [string, (options: never) => unknown, RegExp])[] = [
  ['jsonLinesSink', jsonLinesSink, /\[bad-option\] jsonLinesSink: directory must be/],
  ['webhookSink', webhookSink, /\[bad-option\] url of a webhook must be/],
  ['logAlert', logAlert, /\[bad-option\] logAlert: path must be/],
  ['webhookAlert', webhookAlert, /\[bad-option\] url of a webhook must be/],
];

test.each(MADE)(
  '%s made without its options, or with one that there is not, is refused in words',
  (name, make, empty) => {
    const made = (options: unknown) => (): unknown => make(options as never);
    expect(made(undefined)).toThrow(`[bad-option] ${name} needs an object of options`);
    expect(made({})).toThrow(empty);
    expect(made({ adress: 'x' })).toThrow(`[bad-option] ${name} has no option adress`);
  },
);
