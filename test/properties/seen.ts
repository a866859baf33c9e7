import type { Effect, ProtocolEvent } from '@holdfast/protocol';
import { stateName, type Session } from '@holdfast/session/authority';

/** What must be true of a session at rest, after any input (design, "How we know that it works"). */
export interface Seen {
  readonly session: Session;
  readonly nowMs: number;
  /** Everything since the session began. */
  readonly events: readonly ProtocolEvent[];
  readonly effects: readonly Effect[];
}

export const IN_SESSION = ['gathering', 'settingUp', 'live'];

export const value = (session: Session, key: string): string => {
  const chart = session.charts[key as keyof Session['charts']];
  return chart === undefined ? 'none' : stateName(chart.value);
};

/** Deadlines of open alerts of one matter, which carry what a silent part no longer does. */
export const alertDeadlines = (session: Session, isOfIt: (about: string) => boolean): readonly number[] =>
  Object.entries(session.charts)
    .filter(
      ([key, { value, context }]) =>
        key.startsWith('alert:') &&
        !['accepted', 'stoodDown'].includes(stateName(value)) &&
        isOfIt((context as unknown as { readonly about: string }).about),
    )
    .flatMap(([, chart]) => Object.values(chart.context.deadlines));
