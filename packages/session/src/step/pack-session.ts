import type { Policy } from '@holdfast/protocol';
import type { StateValue } from 'xstate';
import { SessionError } from '../session-error.js';
import { createSession } from './create-session.js';
import { isSameJson } from './same-json.js';
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

type Fields = Readonly<Record<string, unknown>>;

/** What is stored of a chart; null when it is as it was at the beginning. */
export function packedChart(chart: ChartState, first: ChartState | undefined): PackedChart | null {
  if (chart === first) return null;
  if (first === undefined) return { value: chart.value, context: { ...chart.context } };
  const isMoved = !isSameJson(chart.value, first.value);
  const context = changedFields(chart.context as unknown as Fields, first.context as unknown as Fields);
  if (context === null) return isMoved ? { value: chart.value } : null;
  return isMoved ? { value: chart.value, context } : { context };
}

function changedFields(now: Fields, before: Fields): Fields | null {
  const changed: Record<string, unknown> = {};
  let count = 0;
  for (const name of Object.keys(now)) {
    if (isSameJson(now[name], before[name])) continue;
    changed[name] = now[name];
    count += 1;
  }
  return count === 0 ? null : changed;
}

/** What charts begin with costs more than a step; `people` is the same object from step to step of one session. */
const firstCharts = new WeakMap<Session['people'], Session['charts']>();

/** The charts as they were when the session was made. */
export function firstChartsOf(of: Omit<Session, 'charts'>): Session['charts'] {
  const known = firstCharts.get(of.people);
  if (known !== undefined) return known;
  const made = createSession({ ...of, atMs: of.createdAtMs });
  // What is laid over it comes from text too: objects of one make are copied twice as fast.
  const charts = JSON.parse(JSON.stringify(made.charts)) as Session['charts'];
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
  return sessionOf(packed, policy, (first) => {
    const entries = Object.entries(packed.charts) as [ChartKey, PackedChart][];
    return new Map(entries.map(([key, chart]) => [key, unpackedChart(chart, first[key])]));
  });
}

/**
 * A session of which the charts that have moved are known.
 *
 * @param movedOf These charts, in their order; it is given what charts begin with.
 */
export function sessionOf(
  stored: Omit<PackedSession, 'charts'>,
  policy: Policy,
  movedOf: (first: Session['charts']) => ReadonlyMap<ChartKey, ChartState>,
): Session {
  const { version: written }: { readonly version?: unknown } = { ...(stored as PackedSession | null) };
  if (written !== 2)
    throw new SessionError('unreadable', `a session of version ${String(written)} is not known here`);
  const { version, id, tenant, drill, appointment, policyHash, people, createdAtMs, heldUntilMs } = stored;
  const made = {
    version,
    id,
    tenant,
    drill,
    appointment,
    policy,
    policyHash,
    people,
    createdAtMs,
    heldUntilMs,
  };
  const first = firstChartsOf(made);
  const moved = movedOf(first);
  const charts: Record<ChartKey, ChartState> = {};
  // One after the other: to a copy of an object of this size, nothing is added cheaply.
  for (const [key, chart] of Object.entries(first) as [ChartKey, ChartState][])
    charts[key] = moved.get(key) ?? chart;
  for (const [key, chart] of moved) if (first[key] === undefined) charts[key] = chart;
  return { ...made, charts };
}

/** What is stored, laid over what the chart began as. */
export function unpackedChart({ value, context }: PackedChart, first: ChartState | undefined): ChartState {
  return {
    value: value ?? first?.value ?? {},
    context: { ...first?.context, ...context } as ChartContext,
  };
}
