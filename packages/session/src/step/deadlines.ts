import type { Instant } from '@holdfast/protocol';
import type { Concept } from './concept.js';
import type { ChartKey, ConceptName, Session } from './session.js';

export interface Due {
  readonly chart: ChartKey;
  readonly deadline: string;
  readonly dueAtMs: Instant;
}

export const conceptOf = (key: ChartKey): ConceptName => key.slice(0, key.indexOf(':')) as ConceptName;
export const instanceOf = (key: ChartKey): string => key.slice(key.indexOf(':') + 1);

/** A session never changes: asked again about the same one, as after each step, the answer is the same. */
let last: { readonly of: Session; readonly by: readonly Concept[]; readonly due: Due | null } | null = null;

/**
 * The deadline that may fire first, or null when there is none; ties by the order of concepts, then by chart, then by
 * name, so that the same session always fires them in the same order.
 */
export function nextDue(session: Session, concepts: readonly Concept[]): Due | null {
  if (last?.of !== session || last.by !== concepts)
    last = { of: session, by: concepts, due: firstOf(session, concepts) };
  return last.due;
}

function firstOf(session: Session, concepts: readonly Concept[]): Due | null {
  let first: Ranked | null = null;
  for (const chart of Object.keys(session.charts) as ChartKey[]) {
    const armed = session.charts[chart]?.context.deadlines;
    for (const deadline in armed) {
      const dueAtMs = Math.max(armed[deadline] ?? 0, session.heldUntilMs ?? 0);
      if (first !== null && dueAtMs > first.dueAtMs) continue;
      const rank = concepts.findIndex(({ name }) => name === conceptOf(chart));
      // R10: a chart that a later version stored is kept for it, and holds up nothing that is due here.
      if (rank === -1) continue;
      if (concepts[rank]?.holds?.(session, instanceOf(chart), deadline) === true) continue;
      const due = { chart, deadline, dueAtMs, rank };
      if (first === null || isBefore(due, first)) first = due;
    }
  }
  return first === null ? null : { chart: first.chart, deadline: first.deadline, dueAtMs: first.dueAtMs };
}

interface Ranked extends Due {
  /** The place of its concept. */
  readonly rank: number;
}

function isBefore(a: Ranked, b: Ranked): boolean {
  if (a.dueAtMs !== b.dueAtMs) return a.dueAtMs < b.dueAtMs;
  if (a.rank !== b.rank) return a.rank < b.rank;
  return a.chart === b.chart ? a.deadline < b.deadline : a.chart < b.chart;
}
