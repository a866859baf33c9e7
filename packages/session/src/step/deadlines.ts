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

/**
 * All deadlines that may fire, earliest first; ties by the order of concepts, then by name, so that the same
 * session always fires them in the same order.
 */
export function deadlines(session: Session, concepts: readonly Concept[]): readonly Due[] {
  const found: { due: Due; rank: number }[] = [];
  for (const [key, chart] of Object.entries(session.charts) as [ChartKey, Session['charts'][ChartKey]][]) {
    const rank = concepts.findIndex((concept) => concept.name === conceptOf(key));
    const concept = concepts[rank];
    for (const [deadline, dueAtMs] of Object.entries(chart.context.deadlines)) {
      if (concept?.holds?.(session, instanceOf(key), deadline) === true) continue;
      found.push({
        due: { chart: key, deadline, dueAtMs: Math.max(dueAtMs, session.heldUntilMs ?? 0) },
        rank,
      });
    }
  }
  return found
    .sort(
      (a, b) =>
        a.due.dueAtMs - b.due.dueAtMs ||
        a.rank - b.rank ||
        (a.due.chart < b.due.chart
          ? -1
          : a.due.chart > b.due.chart
            ? 1
            : a.due.deadline < b.due.deadline
              ? -1
              : 1),
    )
    .map((entry) => entry.due);
}
