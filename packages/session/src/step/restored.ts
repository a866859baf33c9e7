import type { Expiry, Fact, Policy } from '@holdfast/protocol';

/** Nobody looked after the session for as long as this: what people said before may not be true any more (H24). */
type Restored = Extract<Fact, { type: 'server.started' }>;

/**
 * Rule R8: what a start of the session server makes old. The shortest ones make nothing old: who talks goes on talking.
 */
export function restoredAfter(
  { unwatchedMs }: Restored,
  { durations }: Pick<Policy, 'durations'>,
): readonly Expiry[] {
  if (unwatchedMs < durations.restoreFreshMs) return [];
  return unwatchedMs < durations.restoreStaleMs ? ['restored'] : ['restored', 'restoredLate'];
}
