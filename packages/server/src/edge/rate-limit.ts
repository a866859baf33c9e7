import type { Instant } from '@holdfast/protocol';

/** More than a device ever needs: heartbeats are 2 a second, the candidates of a call come in bursts. */
const PER_SECOND = 40;
const BURST = 200;

/** A bucket for one line: true as long as the device may go on. */
export function rateLimit(nowMs: () => Instant): () => boolean {
  let left = BURST;
  let filledAtMs = nowMs();
  return () => {
    const atMs = nowMs();
    left = Math.min(BURST, left + ((atMs - filledAtMs) * PER_SECOND) / 1000);
    filledAtMs = atMs;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
