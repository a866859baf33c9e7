import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { ServerError } from '../../errors.js';
import { makeOwnFolder } from '../own-folder.js';
import { MIGRATIONS } from './migrations.js';

export type SqliteDatabase = Database.Database;

export interface OpenedDatabase {
  readonly database: SqliteDatabase;
  /** Closes the file and lets another session server have the folder. Idempotent. */
  readonly close: () => void;
}

/**
 * Opens (or makes) the file, so that what is committed survives a killed process and a lost power supply: write-ahead
 * log, every commit synced. One process at a time: two session servers on one file would both fire its deadlines.
 */
export function openDatabase(directory: string): OpenedDatabase {
  makeOwnFolder(directory);
  const unlock = lockFolder(directory);
  try {
    const database = openFile(join(directory, 'holdfast.sqlite'));
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    migrate(database);
    const close = (): void => {
      if (!database.open) return;
      database.close();
      unlock();
    };
    return { database, close };
  } catch (cause) {
    unlock();
    throw asServerError(cause);
  }
}

/**
 * Holds a lock that the system gives free when the process dies, however it dies. A file of its own: an exclusive
 * lock on the store itself would outlive `close` until the driver's last prepared statement is collected.
 */
function lockFolder(directory: string): () => void {
  try {
    const lock = openFile(join(directory, 'holdfast.lock'));
    lock.exec('begin exclusive');
    return () => {
      if (!lock.open) return;
      lock.exec('rollback');
      lock.close();
    };
  } catch (cause) {
    throw asServerError(cause);
  }
}

function openFile(path: string): SqliteDatabase {
  // SQLite gives its log the same permissions as the file.
  closeSync(openSync(path, 'a', 0o600));
  return new Database(path, { timeout: 250 });
}

function migrate(database: SqliteDatabase): void {
  const row = database.prepare('pragma user_version').get() as { user_version: number };
  if (row.user_version > MIGRATIONS.length) {
    throw new ServerError(
      'store-newer',
      `the store has schema ${row.user_version}; this version knows up to ${MIGRATIONS.length}. Start the newer version again, or another folder.`,
    );
  }
  for (let version = row.user_version; version < MIGRATIONS.length; version += 1) {
    database.exec(
      `begin immediate; ${MIGRATIONS[version] ?? ''} pragma user_version = ${version + 1}; commit`,
    );
  }
}

function asServerError(cause: unknown): ServerError {
  if (cause instanceof ServerError) return cause;
  const code = (cause as { code?: unknown }).code;
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') {
    return new ServerError(
      'store-in-use',
      'another process has this store open. One session server a folder.',
      { cause },
    );
  }
  return new ServerError('store-unavailable', 'the store could not be opened', { cause });
}
