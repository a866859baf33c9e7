import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerError, memoryStore, sqliteStore } from '@holdfast/server';
import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import { aChange, aRecord, anEvent } from './store-builders.js';
import { storeContract } from './store.js';

const aFolder = (): string => mkdtempSync(join(tmpdir(), 'holdfast-store-'));

describe('memory store', () => storeContract(async () => memoryStore()));
describe('SQLite store', () => {
  storeContract(async () => sqliteStore({ directory: aFolder() }));

  test('goes on where it was after it was opened again', async () => {
    const directory = aFolder();
    const first = sqliteStore({ directory });
    await first.commit(aChange(aRecord(), { events: [anEvent(1)] }));
    await first.close();
    const second = sqliteStore({ directory });
    expect(await second.openSessions()).toEqual([{ tenant: 't1', session: 's1' }]);
    expect(await second.eventsAfter(0, 5)).toEqual([{ position: 1, event: anEvent(1) }]);
    await second.close();
  });

  test('refuses a folder that another session server has open, and one of a newer version', async () => {
    const directory = aFolder();
    const store = sqliteStore({ directory });
    expect(() => sqliteStore({ directory })).toThrow(
      expect.objectContaining({ code: 'store-in-use' }) as ServerError,
    );
    await store.close();
    const database = new Database(join(directory, 'holdfast.sqlite'));
    database.pragma('user_version = 99');
    database.close();
    expect(() => sqliteStore({ directory })).toThrow(
      expect.objectContaining({ code: 'store-newer' }) as ServerError,
    );
  });

  test("[H18] its files are its owner's only", async () => {
    const directory = aFolder();
    const store = sqliteStore({ directory });
    await store.commit(aChange(aRecord()));
    for (const file of readdirSync(directory)) expect(statSync(join(directory, file)).mode & 0o077).toBe(0);
    await store.close();
  });
});
