import type { Store } from '../store.js';
import { deliveryQueries } from './delivery-queries.js';
import { memberQueries } from './member-queries.js';
import { openDatabase } from './open-database.js';
import { sessionQueries } from './session-queries.js';

/** Settings of the embedded store. */
export interface SqliteStoreOptions {
  /** Folder of the database file; made when it is missing, readable by its owner only. */
  readonly directory: string;
}

/**
 * The embedded store: SQLite on disk, one process, every commit synced before it returns. A killed process loses
 * nothing that was acknowledged.
 *
 * @throws ServerError `store-in-use`, `store-newer`, `store-unavailable`.
 */
export function sqliteStore({ directory }: SqliteStoreOptions): Store {
  const { database, close } = openDatabase(directory);
  return {
    ...sessionQueries(database),
    ...deliveryQueries(database),
    ...memberQueries(database),
    close: async () => close(),
  };
}
