import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockFolder } from './folder-lock.js';

let base: string;
beforeEach(() => void (base = mkdtempSync(join(tmpdir(), 'holdfast-lock-'))));
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe('the data folder', () => {
  test('a second start gets a folder of its own and hears where the first runs', async () => {
    await lockFolder(base, 'http://localhost:1', async () => true);
    const second = await lockFolder(base, 'http://localhost:2', async () => true);
    expect(second).toMatchObject({
      folder: join(base, 'run-2'),
      others: [{ pid: process.pid, address: 'http://localhost:1' }],
    });
  });

  test('a start after a crash takes the folder over, and with it the data', async () => {
    await lockFolder(base, 'http://localhost:1');
    const next = await lockFolder(base, 'http://localhost:2', async () => false);
    expect([next.folder, next.others, next.wasInterrupted]).toEqual([base, [], true]);
  });

  test('a lock of a process that is gone is no lock', async () => {
    writeFileSync(
      join(base, 'in-use.json'),
      JSON.stringify({ pid: 2 ** 22 + 1, address: 'http://localhost:1' }),
    );
    expect((await lockFolder(base, 'http://localhost:2')).folder).toBe(base);
  });

  test('a torn lock file is no lock', async () => {
    writeFileSync(join(base, 'in-use.json'), '{"pid":');
    expect((await lockFolder(base, 'http://localhost:2', async () => true)).folder).toBe(base);
  });

  test('is free again after its release', async () => {
    (await lockFolder(base, 'http://localhost:1', async () => true)).release();
    const next = await lockFolder(base, 'http://localhost:2', async () => true);
    expect([next.folder, next.wasInterrupted]).toEqual([base, false]);
  });
});
