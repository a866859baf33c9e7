import { createHmac, timingSafeEqual } from 'node:crypto';
import { ServerError } from '../errors.js';

/** Least key of a signature, in bytes (Standard Webhooks asks for 24 to 64). */
const LEAST_KEY_BYTES = 24;
/** A receiver refuses what is older or newer than this, against replays. */
const TOLERANCE_MS = 300_000;

/** Headers of Standard Webhooks. */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * The key of a webhook secret, `whsec_` and base64.
 *
 * @throws ServerError `bad-option` when it is not base64 or shorter than 24 bytes.
 */
export function webhookKey(secret: string): Buffer {
  // A secret that comes from the environment may not be set.
  const text = typeof secret === 'string' ? secret.replace(/^whsec_/, '') : '';
  const key = Buffer.from(text, 'base64');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || key.length < LEAST_KEY_BYTES) {
    throw new ServerError(
      'bad-option',
      `secret must be base64 of at least ${LEAST_KEY_BYTES} bytes, with or without whsec_ before it. Make one with: openssl rand -base64 32`,
    );
  }
  return key;
}

/** Signs a body by Standard Webhooks (`v1`, HMAC-SHA256 over id, timestamp in seconds and body). */
export function signWebhook(key: Buffer, id: string, atMs: number, body: string): SignedHeaders {
  const timestamp = String(Math.floor(atMs / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac(key, id, timestamp, body)}`,
  };
}

/** Whether a webhook is authentic and fresh: for the host's receiver. Needs the raw body. */
export function verifyWebhook(
  secret: string,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: string,
  nowMs: number,
): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': given } = headers;
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof given !== 'string') return false;
  if (!(Math.abs(Number(timestamp) * 1000 - nowMs) <= TOLERANCE_MS)) return false;
  const expected = Buffer.from(mac(webhookKey(secret), id, timestamp, body));
  return given
    .split(' ')
    .filter((part) => part.startsWith('v1,'))
    .map((part) => Buffer.from(part.slice('v1,'.length)))
    .some((part) => part.length === expected.length && timingSafeEqual(part, expected));
}

const mac = (key: Buffer, id: string, timestamp: string, body: string): string =>
  createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
