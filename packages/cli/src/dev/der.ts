/** The few forms of DER (ITU-T X.690) that a certificate is made of. */

function encoded(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => encoded(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => encoded(0x31, ...parts);
/** A positive number, most significant byte first. */
export const integer = (bytes: Uint8Array): Buffer =>
  encoded(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
export const boolean = (value: boolean): Buffer => encoded(0x01, Buffer.from([value ? 0xff : 0]));
export const octets = (bytes: Uint8Array): Buffer => encoded(0x04, bytes);
export const bits = (bytes: Uint8Array): Buffer => encoded(0x03, Buffer.from([0]), bytes);
export const text = (value: string): Buffer => encoded(0x0c, Buffer.from(value, 'utf8'));
/** An element under a context-specific tag, constructed or primitive. */
export const context = (number: number, body: Uint8Array, isConstructed: boolean): Buffer =>
  encoded((isConstructed ? 0xa0 : 0x80) | number, body);

/** An object identifier, for example `2.5.4.3`. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encoded(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const groups = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) groups.unshift((rest & 0x7f) | 0x80);
  return groups;
}

/** UTCTime (years 1950 to 2049). */
export function utcTime(atMs: number): Buffer {
  const digits = new Date(atMs).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return encoded(0x17, Buffer.from(`${digits}Z`, 'ascii'));
}
