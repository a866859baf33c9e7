/** The plain sentence that an error of the session brings, if it brings one. */
export function sentenceOf(cause: unknown): string | null {
  if (typeof cause !== 'object' || cause === null || !('sentence' in cause)) return null;
  return typeof cause.sentence === 'string' ? cause.sentence : null;
}
