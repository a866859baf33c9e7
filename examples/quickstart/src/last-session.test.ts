import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drillPolicy } from '@holdfast/protocol';
import { createSessionServer, directVideo, ServerError } from '@holdfast/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lastSession, rememberSession, type SessionChoice } from './last-session.js';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-quickstart-'));
  said = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const origin = 'http://localhost:8080';
const people = [
  { id: 'practitioner', role: 'practitioner' },
  { id: 'client', role: 'client' },
] as const;
const choiceOf = (typed: Partial<SessionChoice>): SessionChoice => ({
  folder,
  origin,
  isDrill: true,
  livekit: null,
  isNew: false,
  wasInterrupted: false,
  with: [],
  ...typed,
});

/** One `npm start` in this folder, from its beginning to a clean stop. */
async function start(typed: Partial<SessionChoice> = {}): Promise<string> {
  said = [];
  const server = await createSessionServer({
    joinUrl: 'http://localhost/call',
    dataDir: folder,
    video: directVideo(),
    policy: { ...drillPolicy, exposesAddresses: true },
  });
  const choice = choiceOf(typed);
  const last = await lastSession(server, choice);
  const session = last ?? (await server.createSession({ drill: true, people })).session;
  rememberSession(choice, session);
  await server.close();
  return session;
}

test('a start after a clean stop goes on with the session that is open, and says so', async () => {
  const first = await start();
  expect(said).toEqual([]);
  expect(await start()).toBe(first);
  expect(said).toEqual([
    'The session of the last start is still open: it goes on, and open pages find it again by themselves. For another one: --new',
  ]);
});

test('a start that found the folder of a crashed one says that the last one was cut off', async () => {
  const first = await start();
  expect(await start({ wasInterrupted: true })).toBe(first);
  expect(said[0]).toMatch(/^The last start was cut off: it goes on/);
});

test('at another address the pages that are open do not find it, and nobody is promised that', async () => {
  const first = await start();
  expect(await start({ origin: 'http://localhost:8081' })).toBe(first);
  expect(said).toEqual([
    'The session of the last start is still open: it goes on; use the new links. For another one: --new',
  ]);
});

test('a session that the store does not know (any more) is not gone on with', async () => {
  writeFileSync(join(folder, 'last-drill-direct.txt'), 's-of-another-store');
  expect(await start()).not.toBe('s-of-another-store');
  expect(said).toEqual([]);
});

test.each([
  ['session-closed', []],
  [
    'session-unreadable',
    ['The session of the last start cannot be read (s-1): it is left as it is, for you to look at.'],
  ],
] as const)('[H24] a last session that is %s does not stop the start', async (code, remarks) => {
  rememberSession(choiceOf({}), 's-1');
  const refusing = {
    joinLink: () => Promise.reject(new ServerError(code, 'no link')),
    health: () => ({ openSessions: 0 }) as never,
  };
  expect(await lastSession(refusing, choiceOf({}))).toBeNull();
  expect(said).toEqual(remarks);
});

test('a store that is gone is no session that is over: the start says so', async () => {
  rememberSession(choiceOf({}), 's-1');
  const refusing = {
    joinLink: () => Promise.reject(new ServerError('store-unavailable', 'no store')),
    health: () => ({ openSessions: 0 }) as never,
  };
  await expect(lastSession(refusing, choiceOf({}))).rejects.toMatchObject({ code: 'store-unavailable' });
});

test('--new begins another, and says that the older one is still open', async () => {
  const first = await start();
  const second = await start({ isNew: true });
  expect(second).not.toBe(first);
  expect(said).toEqual([
    `Older sessions in ${folder} are still open (1): their alerts are printed here too.`,
  ]);
  expect(await start()).toBe(second);
});

test('direct media and LiveKit are two sessions: an open page cannot change its transport', async () => {
  const livekit = { url: 'ws://localhost', apiUrl: 'http://localhost', apiKey: 'k', apiSecret: 's' };
  const direct = await start();
  const other = await start({ livekit });
  expect(other).not.toBe(direct);
  expect([await start(), await start({ livekit })]).toEqual([direct, other]);
});

test('[A27] a drill is never gone on with as a real session, nor a real session as a drill', async () => {
  const drill = await start();
  const real = await start({ isDrill: false });
  expect(real).not.toBe(drill);
  expect([await start({ isDrill: false }), await start()]).toEqual([real, drill]);
});
