import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerError } from '../errors.js';
import { makeOwnFolder } from '../store/own-folder.js';

const KEY_BYTES = 32;

/**
 * The host's key of the vault, from an option: 32 bytes, or their base64.
 *
 * @throws ServerError `bad-option`.
 */
export function vaultKeyOf(option: Uint8Array | string): Buffer {
  const key = typeof option === 'string' ? Buffer.from(option, 'base64') : Buffer.from(option);
  if (key.length !== KEY_BYTES) {
    throw new ServerError(
      'bad-option',
      `vaultKey must be ${KEY_BYTES} bytes or their base64; it has ${key.length}. Make one with: openssl rand -base64 32`,
    );
  }
  return key;
}

/**
 * The key beside the embedded store: made at the first start, readable by its owner only. Whoever has the folder has
 * key and vault; a host that keeps real sessions gives a key of its own.
 *
 * @throws ServerError `bad-key` when the file is there and is no key.
 */
export function vaultKeyIn(directory: string): Buffer {
  makeOwnFolder(directory);
  const path = join(directory, 'vault.key');
  if (!existsSync(path)) makeKey(path);
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length !== KEY_BYTES) {
    throw new ServerError(
      'bad-key',
      `the key file holds ${key.length} bytes, not ${KEY_BYTES}. Bring it back from a copy: without it no vault can be read.`,
    );
  }
  return key;
}

/** Whole or not at all, and never in the place of another: a second process may make its own at the same moment. */
function makeKey(path: string): void {
  const own = `${path}.${randomUUID()}`;
  try {
    writeFileSync(own, randomBytes(KEY_BYTES).toString('base64'), { flag: 'wx', mode: 0o600, flush: true });
    linkSync(own, path);
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'EEXIST')
      throw new ServerError('bad-key', 'the key file could not be made', { cause });
  } finally {
    rmSync(own, { force: true });
  }
}
