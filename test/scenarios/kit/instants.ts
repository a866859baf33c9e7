import { expect } from 'vitest';
import type { AuditEvent, Durations } from '@holdfast/protocol';
import type { Stage } from './scenario.js';

/** A step is at most this late while a session server is up (design, "How we know that it works"). */
const lateMs = 1000;
/** A step that was due before the session server was up again is at most this late after that (R1). */
const lateAfterStartMs = 4000;

/**
 * Asserts that a step came when the policy says: never early, at most 1 s late, and at most 4 s after the
 * session server was up again when it was due before that.
 *
 * @param dueAtMs When the policy says that it is due.
 * @param startedAtMs Since when the session server is up again, if it was started on the way.
 */
export function expectOnTime(stage: Stage, event: AuditEvent, dueAtMs: number, startedAtMs = 0): void {
  const limitMs = Math.max(dueAtMs + lateMs, startedAtMs === 0 ? 0 : startedAtMs + lateAfterStartMs);
  const lateByMs = event.recordedAtMs - dueAtMs;
  stage.artifacts.note(event.kind, event.recordedAtMs, { sequence: event.sequence, dueAtMs, lateByMs });
  expect(event.recordedAtMs, `${event.kind} is early by ${-lateByMs} ms`).toBeGreaterThanOrEqual(dueAtMs);
  expect(event.recordedAtMs, `${event.kind} is late by ${lateByMs} ms`).toBeLessThanOrEqual(limitMs);
}

/** The instant of last contact that an open run counts from. */
export function lastContactOf(lost: AuditEvent): number {
  const sinceMs = lost.details['sinceMs'];
  if (typeof sinceMs !== 'number') throw new Error(`${lost.kind} does not say since when`);
  return sinceMs;
}

/**
 * How long after the last contact phoning is due: the reconnect wait, or less when the session was without contact
 * before this outage (H27, rule P12: short silences that healed by themselves count towards the budget).
 */
export function phoningAfterMs(
  events: readonly AuditEvent[],
  lost: AuditEvent,
  { reconnectWaitMs, flappingBudgetMs }: Durations,
): number {
  let silentFromMs: number | null = null;
  let silentMs = 0;
  for (const event of events.filter(({ sequence }) => sequence < lost.sequence)) {
    if (event.kind === 'contact.suspected') silentFromMs = lastContactOf(event);
    if (event.kind !== 'contact.together' || silentFromMs === null) continue;
    silentMs += event.occurredAtMs - silentFromMs;
    silentFromMs = null;
  }
  if (silentMs === 0) return reconnectWaitMs;
  const alreadySilentMs = lastContactOf(lost) - (silentFromMs ?? lastContactOf(lost));
  return Math.min(reconnectWaitMs, flappingBudgetMs - silentMs - alreadySilentMs);
}

/**
 * What the session server calls the last contact lies where the cut was: a heartbeat (500 ms) and what was
 * on its way before it, and nothing after it but what the clocks of two processes differ.
 */
export function expectNearCut(lastContactAtMs: number, cutAtMs: number): void {
  expect(lastContactAtMs).toBeGreaterThanOrEqual(cutAtMs - 1500);
  expect(lastContactAtMs).toBeLessThanOrEqual(cutAtMs + 300);
}
