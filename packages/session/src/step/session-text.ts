import type { Policy } from '@holdfast/protocol';
import { firstChartsOf, packedChart, unpackSession, type PackedSession } from './pack-session.js';
import type { ChartKey, Session } from './session.js';

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

/** Charts with the lines that stand for them: few change at a step, and the others are written as they were. */
interface Written {
  readonly charts: Session['charts'];
  readonly lines: ReadonlyMap<string, string>;
}

/** Of each session what was read or written last; `people` is the same object from step to step of one session. */
const lastWritten = new WeakMap<Session['people'], Written>();
const nothingWritten: Written = { charts: {}, lines: new Map() };

/** What is stored of a session, beside its policy, as text: `packSession` in JSON. `readSession` reads it. */
export function writeSession(session: Session): string {
  const { policy: _, charts, heldUntilMs, ...frozen } = session;
  const first = firstChartsOf(session);
  const last = lastWritten.get(session.people) ?? nothingWritten;
  const lines = new Map<string, string>();
  for (const key of Object.keys(charts) as ChartKey[]) {
    const chart = charts[key];
    if (chart === undefined || chart === first[key]) continue;
    const line =
      chart === last.charts[key] ? last.lines.get(key) : lineOf(key, packedChart(chart, first[key]));
    if (line !== undefined) lines.set(key, line);
  }
  lastWritten.set(session.people, { charts, lines });
  const head = `${JSON.stringify(frozen).slice(0, -1)},`;
  return `${head}\n"heldUntilMs":${heldUntilMs},"charts":{\n${[...lines.values()].join(',\n')}\n}}`;
}

const lineOf = (key: ChartKey, packed: unknown): string | undefined =>
  packed === null ? undefined : `${JSON.stringify(key)}:${JSON.stringify(packed)}`;

/**
 * The session that was written.
 *
 * @param policy The session's own, as it was frozen into it. The same object for the same policy saves work.
 * @throws SessionError `unreadable` for a version that this one does not know: a newer session server wrote it.
 */
export function readSession(text: string, policy: Policy): Session {
  const endOfHead = text.indexOf(',\n');
  if (endOfHead < 0) return unpackSession(JSON.parse(text) as PackedSession, policy);
  const frozen = frozenOf(text.slice(0, endOfHead), policy);
  const rest = JSON.parse(`{${text.slice(endOfHead + 1)}`) as Pick<PackedSession, 'heldUntilMs' | 'charts'>;
  const session = unpackSession({ ...frozen, ...rest }, policy);
  lastWritten.set(session.people, { charts: session.charts, lines: linesOf(text, Object.keys(rest.charts)) });
  return session;
}

function linesOf(text: string, keys: readonly string[]): Written['lines'] {
  const [, , ...lines] = text.split('\n');
  return new Map(
    keys.map((key, index) => {
      const line = lines[index] ?? '';
      return [key, line.endsWith(',') ? line.slice(0, -1) : line];
    }),
  );
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
