import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bits, boolean, context, integer, octets, oid, sequence, set, text, utcTime } from './der.js';

/** PEM texts, as `https.createServer` takes them. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const VALID_DAYS = 30;
const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

/**
 * A certificate of its own for the given names and IPv4 addresses, made on the spot and kept in memory only: a phone
 * gives the camera to a secure page alone. Browsers warn once, because nobody vouches for it.
 */
export function selfSignedCertificate(names: readonly string[], nowMs: number): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = sequence(set(sequence(oid('2.5.4.3'), text('Holdfast on this machine'))));
  const body = sequence(
    context(0, integer(Buffer.from([2])), true),
    integer(serialNumber()),
    ECDSA_WITH_SHA256,
    subject,
    sequence(utcTime(nowMs - DAY_MS), utcTime(nowMs + VALID_DAYS * DAY_MS)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    context(3, sequence(...extensions(names)), true),
  );
  const whole = sequence(body, ECDSA_WITH_SHA256, bits(sign('sha256', body, privateKey)));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(whole) };
}

/** Positive and not zero, 16 bytes. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}

function extensions(names: readonly string[]): Buffer[] {
  const alternatives = names.map((name) =>
    isIPv4(name)
      ? context(7, Buffer.from(name.split('.').map(Number)), false)
      : context(2, Buffer.from(name, 'ascii'), false),
  );
  return [
    sequence(oid('2.5.29.17'), octets(sequence(...alternatives))),
    sequence(oid('2.5.29.19'), boolean(true), octets(sequence())),
    sequence(oid('2.5.29.37'), octets(sequence(oid('1.3.6.1.5.5.7.3.1')))),
  ];
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
