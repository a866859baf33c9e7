import { mkdirSync } from 'node:fs';
import { ServerError } from '../errors.js';

/**
 * Makes a folder that only this process's owner can read, if it is not there yet.
 *
 * @throws ServerError `bad-option`.
 */
export function makeOwnFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const { code } = cause as { readonly code?: unknown };
    throw new ServerError(
      'bad-option',
      `dataDir could not be made (${String(code)}): name a folder that this process may write to`,
      { cause },
    );
  }
}
