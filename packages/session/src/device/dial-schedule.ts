/** When the next dial starts, counted from the start of this one, and how long this one may take. */
export interface Dial {
  readonly nextAfterMs: number;
  readonly limitMs: number;
}

/**
 * A fresh dial is what notices that the network is back: an old socket backs off for up to two minutes, and so does a
 * single long dial. Two measured facts bound how often (Chromium 156, packets dropped). Every dial that fails counts
 * against the page: from about 16 of them, for each that succeeded in the last minutes, the browser holds every further
 * one back by 1 to 5 s, the video's own included. And a `fetch` as a probe is worse: the browser goes on with its first
 * stuck connection. So dials get longer as the outage does, and leave repeating the first packet (after 1, 3 and 7 s) to
 * TCP: 34 dials in 240 s.
 */
export function dial(count: number): Dial {
  if (count < 6) return { nextAfterMs: 1000, limitMs: 2000 };
  if (count < 12) return { nextAfterMs: 3000, limitMs: 3000 };
  return { nextAfterMs: 10_000, limitMs: 10_000 };
}

/** After a dial that failed at once (nobody listens): the network is fine, so ask soon, but not in a rush. */
export const refusedPauseMs = (count: number): number => (count < 15 ? 1000 : 2000);
