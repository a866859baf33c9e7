import type { SqliteDatabase } from './open-database.js';

/** Runs `work` in one transaction: all of it is written, or nothing. */
export function transaction<T>(database: SqliteDatabase, work: () => T): T {
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (cause) {
    if (database.inTransaction) database.exec('rollback');
    throw cause;
  }
}
