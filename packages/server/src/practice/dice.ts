/** From a seed the same numbers, 0 to 1, in the same order: mulberry32, small and good enough to shake a session. */
export function diceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A time, from the least to the most, both in milliseconds. */
export type Span = readonly [leastMs: number, mostMs: number];

/** A whole number of milliseconds of that span. */
export const drawn = (roll: () => number, [leastMs, mostMs]: Span): number =>
  Math.round(leastMs + roll() * (mostMs - leastMs));
