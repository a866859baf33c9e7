import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Id, Personal } from '@holdfast/protocol';
import { ServerError } from '../errors.js';
import type { SessionKey } from '../store/store.js';

/** Personal data of a session by owner. In memory only; what is stored is sealed. */
export type VaultEntries = Readonly<Record<Id, Personal>>;

export interface Sealer {
  /** Base64 of nonce, tag and ciphertext; bound to the session, so that it opens in no other. */
  seal(key: SessionKey, entries: VaultEntries): string;
  /** @throws ServerError `bad-key` when the key is another one or the text was altered. */
  open(key: SessionKey, sealed: string): VaultEntries;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals vaults with AES-256-GCM (H18). */
export function makeSealer(key: Buffer): Sealer {
  const boundTo = ({ tenant, session }: SessionKey): Buffer =>
    Buffer.from(`holdfast.vault.1\n${tenant}\n${session}`);
  return {
    seal(session, entries) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(
        boundTo(session),
      );
      const text = Buffer.concat([cipher.update(JSON.stringify(entries), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
    },
    open(session, sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(boundTo(session)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const text = Buffer.concat([
          decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
          decipher.final(),
        ]);
        return JSON.parse(text.toString('utf8')) as VaultEntries;
      } catch (cause) {
        throw new ServerError('bad-key', 'the vault does not open with this key', { cause });
      }
    },
  };
}
