import type { Durations, Instant } from '@holdfast/protocol';

/** A time without contact that is over. */
export interface Outage {
  readonly fromMs: Instant;
  readonly toMs: Instant;
}

/** Outages that still count at this instant. */
export const recent = (
  outages: readonly Outage[],
  atMs: Instant,
  { flappingWindowMs }: Durations,
): readonly Outage[] =>
  outages.filter((outage) => outage.toMs > atMs - flappingWindowMs && outage.toMs > outage.fromMs);

/** Time without contact within the window that ends at this instant, the outage that goes on included (H27). */
export function withoutContactMs(
  outages: readonly Outage[],
  currentFromMs: Instant | null,
  atMs: Instant,
  limits: Durations,
): number {
  const windowFromMs = atMs - limits.flappingWindowMs;
  const past = recent(outages, atMs, limits).map(({ fromMs, toMs }) => toMs - Math.max(fromMs, windowFromMs));
  const current = currentFromMs === null ? 0 : atMs - Math.max(currentFromMs, windowFromMs);
  return past.reduce((sum, lengthMs) => sum + lengthMs, 0) + current;
}

/**
 * The earliest instant at which the budget can be spent by the outage that goes on, or null when the reconnect wait
 * comes first anyway. As the window moves, older outages drop out: whoever acts on it counts again.
 */
export function budgetDueAtMs(
  outages: readonly Outage[],
  currentFromMs: Instant,
  atMs: Instant,
  limits: Durations,
): Instant | null {
  const isFirst = recent(outages, atMs, limits).length === 0;
  if (isFirst && limits.flappingBudgetMs >= limits.reconnectWaitMs) return null;
  return atMs + Math.max(0, limits.flappingBudgetMs - withoutContactMs(outages, currentFromMs, atMs, limits));
}
