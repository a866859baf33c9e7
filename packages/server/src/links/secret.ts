import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** A token or credential: 256 bits, safe in an address. Only its hash is ever stored or compared. */
export const makeSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** What is kept of a secret. A plain hash is enough: 256 random bits cannot be guessed. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
