import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { MeasureRequest, type Instant, type RefusalCode } from '@holdfast/protocol';
import { hashOfSecret } from '../links/secret.js';

/** What one measurement sends at most: 3 s of a link that is just good enough, less than a minute of a call. */
export const MEASURE_BYTES = 512 * 1024;
const CHUNK_BYTES = 16 * 1024;
/** A page asks once; a person may try again after moving nearer to the router. */
const MOST_TIMES = 4;
const WITHIN_MS = 10 * 60_000;
/** Keys whose times are known. The oldest is forgotten first. */
const MOST_KEYS = 10_000;

/** Whose links may be measured, and when it is. */
export interface MeasuringOptions {
  /** Whether this key is a device's credential of a session that is open. */
  readonly isKnown: (key: string) => Promise<boolean>;
  readonly nowMs: () => Instant;
}

/** Random bytes for a device that has joined, or why not (D07). */
export type Measuring = (body: unknown) => Promise<Readable | RefusalCode>;

/** Bounded in bytes for each answer and in answers for each key: nobody draws more out of it than a device needs. */
export function makeMeasuring({ isKnown, nowMs }: MeasuringOptions): Measuring {
  const times = new Map<string, readonly Instant[]>();
  return async (body) => {
    const parsed = MeasureRequest.safeParse(body);
    if (!parsed.success) return 'malformed';
    const { key } = parsed.data;
    if (!(await isKnown(key).catch(() => false))) return 'wrong-credential';
    const id = hashOfSecret(key);
    const recent = (times.get(id) ?? []).filter((atMs) => atMs > nowMs() - WITHIN_MS);
    if (recent.length >= MOST_TIMES) return 'too-fast';
    times.delete(id);
    times.set(id, [...recent, nowMs()]);
    const [oldest] = times.keys();
    if (times.size > MOST_KEYS && oldest !== undefined) times.delete(oldest);
    return Readable.from(chunks(), { objectMode: false });
  };
}

/** Random: nothing on the way can make it smaller. */
function* chunks(): Generator<Buffer> {
  for (let sent = 0; sent < MEASURE_BYTES; sent += CHUNK_BYTES) yield randomBytes(CHUNK_BYTES);
}
