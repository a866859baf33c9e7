import type { Policy } from '@holdfast/protocol';
import type { StateValue } from 'xstate';
import { SessionError } from '../session-error.js';
import { createSession } from './create-session.js';
import type { ChartContext, ChartKey, ChartState, Session } from './session.js';

/** What of a chart is not as it was when the session was made. */
export interface PackedChart {
  /** Absent: the first state. */
  readonly value?: StateValue;
  /** Only what differs. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/**
 * A session as it is stored: without its policy, which never changes and is kept beside it, and without what is still as
 * it was at the beginning. A chart that a newer version adds is then simply in its first state.
 */
export interface PackedSession extends Omit<Session, 'policy' | 'charts'> {
  /** Only those that are not as they were at the beginning. */
  readonly charts: Readonly<Record<ChartKey, PackedChart>>;
}

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

function packedChart(chart: ChartState, first: ChartState | undefined): PackedChart | null {
  if (first === undefined) return { value: chart.value, context: { ...chart.context } };
  const before = first.context as unknown as Readonly<Record<string, unknown>>;
  const changed = Object.entries(chart.context).filter(([name, value]) => !isSame(value, before[name]));
  const packed: PackedChart = {
    ...(isSame(chart.value, first.value) ? {} : { value: chart.value }),
    ...(changed.length === 0 ? {} : { context: Object.fromEntries(changed) }),
  };
  return Object.keys(packed).length === 0 ? null : packed;
}

/** What charts begin with costs more than a step; `people` is the same object from step to step of one session. */
const firstCharts = new WeakMap<Session['people'], Session['charts']>();

/** The charts as they were when the session was made. */
function firstChartsOf(of: Omit<Session, 'charts'>): Session['charts'] {
  const known = firstCharts.get(of.people);
  if (known !== undefined) return known;
  const { charts } = createSession({ ...of, atMs: of.createdAtMs });
  firstCharts.set(of.people, charts);
  return charts;
}

/** What is stored of a session, beside its policy. `unpackSession` gives the same session back, byte for byte. */
export function packSession(session: Session): PackedSession {
  const { policy: _, charts, ...rest } = session;
  const first = firstChartsOf(session);
  const packed = Object.entries(charts).flatMap(([key, chart]) => {
    const changed = packedChart(chart, first[key as ChartKey]);
    return changed === null ? [] : [[key, changed] as const];
  });
  return { ...rest, charts: Object.fromEntries(packed) };
}

/**
 * The session that was packed.
 *
 * @param policy The session's own, as it was frozen into it.
 * @throws SessionError `unreadable` for a version that this one does not know: a newer session server wrote it.
 */
export function unpackSession(packed: PackedSession, policy: Policy): Session {
  if ((packed.version as number) !== 2)
    throw new SessionError('unreadable', `a session of version ${String(packed.version)} is not known here`);
  const session = { ...packed, policy };
  const first = firstChartsOf(session);
  const charts = { ...first };
  for (const [key, { value, context }] of Object.entries(packed.charts) as [ChartKey, PackedChart][]) {
    const before = first[key];
    charts[key] = {
      value: value ?? before?.value ?? {},
      context: { ...before?.context, ...context } as ChartContext,
    };
  }
  const { version, id, tenant, drill, appointment, ...rest } = packed;
  return { version, id, tenant, drill, appointment, policy, ...rest, charts };
}
