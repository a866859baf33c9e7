/** The longest that a measurement lasts. */
export const MEASURE_WITHIN_MS = 3000;
/** Fewer bytes than these, in less than the whole time, say nothing. */
const LEAST_BYTES = 32_768;

/** The browser's `fetch`, as far as it is used here. */
export type AskBytes = (
  address: string,
  init: { method: 'POST'; headers: Record<string, string>; body: string; signal: AbortSignal },
) => Promise<{ readonly ok: boolean; readonly body: ReadableStream<Uint8Array> | null }>;

/** What a measurement needs. */
export interface LinkToMeasure {
  /** Of the session server's measuring edge. */
  readonly address: string;
  /** The device's credential. */
  readonly key: string;
  readonly ask: AskBytes;
  readonly nowMs: () => number;
}

/**
 * How much arrives here of random bytes that the session server sends, in Mbit/s: counted from the first ones on, so that
 * the way there and back is left out. Null where it came to nothing: unsure is an answer, and nothing waits for it (D07).
 */
export async function downlinkOf({ address, key, ask, nowMs }: LinkToMeasure): Promise<number | null> {
  const signal = AbortSignal.timeout(MEASURE_WITHIN_MS);
  let [bytes, sinceMs, lastMs] = [0, 0, 0];
  let isWhole = false;
  try {
    // No header that would need a question of its own first: another origin is asked once.
    const headers = { 'content-type': 'text/plain' };
    const answer = await ask(address, { method: 'POST', headers, body: JSON.stringify({ key }), signal });
    if (!answer.ok || answer.body === null) return null;
    const reader = answer.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      lastMs = nowMs();
      if (sinceMs === 0) sinceMs = lastMs;
      else bytes += next.value.byteLength;
    }
    isWhole = true;
  } catch {
    // The time was over, or the link broke: what arrived until then counts.
    if (!signal.aborted) return null;
    lastMs = nowMs();
  }
  if (sinceMs === 0 || (isWhole && bytes < LEAST_BYTES)) return null;
  return (bytes * 8) / Math.max(1, lastMs - sinceMs) / 1000;
}
