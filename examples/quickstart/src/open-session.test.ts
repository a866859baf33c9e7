import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drillPolicy } from '@holdfast/protocol';
import { createSessionServer, directVideo } from '@holdfast/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSession, type SessionChoice } from './open-session.js';

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

/** One `npm start` in this folder, from its beginning to a clean stop. */
async function start(typed: Partial<SessionChoice> = {}): Promise<string> {
  said = [];
  const server = await createSessionServer({
    joinUrl: 'http://localhost/call',
    dataDir: folder,
    video: directVideo(),
    policy: { ...drillPolicy, exposesAddresses: true },
  });
  const choice = { folder, isDrill: true, isNew: false, wasInterrupted: false, ...typed };
  const session = await openSession(server, choice, {
    drill: true,
    people: [
      { id: 'practitioner', role: 'practitioner' },
      { id: 'client', role: 'client' },
    ],
  });
  await server.close();
  return session;
}

test('[A02] a start after a clean stop goes on with the session that is open, and says so', async () => {
  const first = await start();
  expect(said).toEqual([]);
  expect(await start()).toBe(first);
  expect(said).toEqual([
    'The session of the last start is still open: it goes on, and open pages find it again by themselves. For another one: --new',
  ]);
});

test('[H24] a start after a crash says that the last one was cut off', async () => {
  const first = await start();
  expect(await start({ wasInterrupted: true })).toBe(first);
  expect(said[0]).toMatch(/^The last start was cut off: it goes on/);
});

test('a session that the store does not know (any more) is not gone on with', async () => {
  writeFileSync(join(folder, 'drill.txt'), 's-of-another-store');
  expect(await start()).not.toBe('s-of-another-store');
  expect(said).toEqual([]);
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

test('[A27] a drill is never gone on with as a real session, nor a real session as a drill', async () => {
  const drill = await start();
  const real = await start({ isDrill: false });
  expect(real).not.toBe(drill);
  expect([await start({ isDrill: false }), await start()]).toEqual([real, drill]);
});
