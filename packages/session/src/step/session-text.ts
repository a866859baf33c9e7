import type { Policy } from '@holdfast/protocol';
import {
  firstChartsOf,
  packedChart,
  sessionOf,
  unpackedChart,
  unpackSession,
  type PackedChart,
  type PackedSession,
} from './pack-session.js';
import type { ChartKey, ChartState, Session } from './session.js';

/*
 * A packed session as text. It is JSON, broken where nothing else breaks it (JSON has no line breaks within strings): what
 * never changes in the first line, then one chart a line.
 *
 *     {"version":2, … ,"createdAtMs":0,
 *     "heldUntilMs":null,"charts":{
 *     "lifecycle:session":{"value":"live"},
 *     "risk:c1":{"value":"active"}
 *     }}
 */

/** What never changes in a session, beside its policy. */
type Frozen = Omit<PackedSession, 'charts' | 'heldUntilMs'>;

/** Charts with the lines that stand for them: few change at a step, and the others are written and read as they were. */
interface Written {
  /** What never changes, up to its last comma. */
  readonly head: string;
  readonly charts: Session['charts'];
  /** Which of them these lines stand for, in order. */
  readonly keys: readonly ChartKey[];
  /** Empty where a chart is as it was at the beginning. */
  readonly lines: readonly string[];
}

/** Of each session what was read or written last; `people` is the same object from step to step of one session. */
const lastWritten = new WeakMap<Session['people'], Written>();

/** What is stored of a session, beside its policy, as text: `packSession` in JSON. `parseSession` reads it. */
export function writeSession(session: Session): string {
  const { charts, heldUntilMs } = session;
  const first = firstChartsOf(session);
  const last = lastWritten.get(session.people) ?? notYetWritten(session);
  const keys: ChartKey[] = [];
  const lines: string[] = [];
  let next = 0;
  for (const key of Object.keys(charts) as ChartKey[]) {
    const chart = charts[key];
    const line = last.keys[next] === key ? last.lines[next++] : undefined;
    if (chart === undefined || chart === first[key]) continue;
    keys.push(key);
    lines.push(line !== undefined && chart === last.charts[key] ? line : lineOf(key, chart, first[key]));
  }
  lastWritten.set(session.people, { head: last.head, charts, keys, lines });
  return `${last.head},\n"heldUntilMs":${heldUntilMs},"charts":{\n${lines.filter((line) => line !== '').join(',\n')}\n}}`;
}

function notYetWritten({ policy: _, charts: __, heldUntilMs: ___, ...frozen }: Session): Written {
  return { head: JSON.stringify(frozen).slice(0, -1), charts: {}, keys: [], lines: [] };
}

function lineOf(key: ChartKey, chart: ChartState, first: ChartState | undefined): string {
  const packed = packedChart(chart, first);
  return packed === null ? '' : `${JSON.stringify(key)}:${JSON.stringify(packed)}`;
}

/**
 * The session that was written.
 *
 * @param policy The session's own, as it was frozen into it. The same object for the same policy saves work.
 * @throws SessionError `unreadable` for a version that this one does not know: a newer session server wrote it.
 */
export function parseSession(text: string, policy: Policy): Session {
  const endOfHead = text.indexOf(',\n');
  if (endOfHead < 0) return unpackSession(JSON.parse(text) as PackedSession, policy);
  const head = text.slice(0, endOfHead);
  const frozen = frozenOf(head, policy);
  const chartsAt = text.indexOf('\n', endOfHead + 2);
  const { heldUntilMs } = JSON.parse(`{${text.slice(endOfHead + 2, chartsAt)}}}`) as Pick<
    PackedSession,
    'heldUntilMs'
  >;
  const lines = text
    .slice(chartsAt + 1, text.lastIndexOf('\n'))
    .split(',\n')
    .filter((line) => line !== '');
  const last = lastWritten.get(frozen.people);
  let keys: readonly ChartKey[] = [];
  const session = sessionOf({ ...frozen, heldUntilMs }, policy, (first) => {
    const moved = movedCharts(lines, first, last);
    keys = [...moved.keys()];
    return moved;
  });
  lastWritten.set(session.people, { head, charts: session.charts, keys, lines });
  return session;
}

/** The charts that these lines stand for. A line that is as it was is the chart that it was. */
function movedCharts(
  lines: readonly string[],
  first: Session['charts'],
  last: Written | undefined,
): ReadonlyMap<ChartKey, ChartState> {
  const moved = new Map<ChartKey, ChartState>();
  let next = 0;
  for (const line of lines) {
    const key = last?.keys[next];
    const known = key === undefined || last?.lines[next] !== line ? undefined : last.charts[key];
    if (key !== undefined && known !== undefined) {
      moved.set(key, known);
      next += 1;
      continue;
    }
    for (const [read, packed] of Object.entries(JSON.parse(`{${line}}`)) as [ChartKey, PackedChart][]) {
      moved.set(read, unpackedChart(packed, first[read]));
      next = Math.max(next, (last?.keys.indexOf(read, next) ?? -1) + 1);
    }
  }
  return moved;
}

/** What never changes is read once: with it comes all that the charts begin with. */
const ofPolicy = new WeakMap<Policy, Map<string, Frozen>>();
/** Sessions of one policy that are remembered. More of them are only slower. */
const MOST_KNOWN = 200;

function frozenOf(head: string, policy: Policy): Frozen {
  const known = ofPolicy.get(policy) ?? new Map<string, Frozen>();
  ofPolicy.set(policy, known);
  const found = known.get(head);
  if (found !== undefined) return found;
  const frozen = JSON.parse(`${head}}`) as Frozen;
  const [oldest] = known.keys();
  if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  known.set(head, frozen);
  return frozen;
}
