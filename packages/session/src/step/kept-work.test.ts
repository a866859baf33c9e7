import { expect, test } from 'vitest';
import { aLiveSession, aSession, aWalk, CLIENT, PRACTITIONER } from '../testing/a-session.js';
import { firstChartsOf, packedChart, unpackedChart } from './pack-session.js';
import type { ChartKey, ChartState, Session } from './session.js';
import { parseSession, writeSession } from './session-text.js';

const { policy } = aSession();
const RISK: ChartKey = `risk:${CLIENT}`;
const PRESENCE: ChartKey = `presence:${PRACTITIONER}`;

/** A chart that counts how often somebody looks into it. */
function counted(chart: ChartState): { readonly chart: ChartState; looks: () => number } {
  let looks = 0;
  const watched = new Proxy(chart, {
    get: (of, name) => ((looks += 1), Reflect.get(of, name)),
    ownKeys: (of) => ((looks += 1), Reflect.ownKeys(of)),
  });
  return { chart: watched, looks: () => looks };
}
const laid = (session: Session, charts: Session['charts']): Session => ({
  ...session,
  charts: { ...session.charts, ...charts },
});
const chartOf = ({ charts }: Session, key: ChartKey): ChartState => {
  const chart = charts[key];
  if (chart === undefined) throw new Error(`no chart ${key}`);
  return chart;
};

test('[R5] a chart that is as it was is not written anew, and one that has changed is', () => {
  const walk = aLiveSession();
  const one = counted(chartOf(walk.session, PRESENCE));
  const session = laid(walk.session, { [PRESENCE]: one.chart });
  const text = writeSession(session);
  const before = one.looks();
  expect(before).toBeGreaterThan(0);
  expect(writeSession(session)).toBe(text);
  expect(one.looks()).toBe(before);
  const risky = laid(session, { [RISK]: { ...chartOf(session, RISK), value: 'active' } });
  expect(writeSession(risky)).not.toBe(text);
  expect(one.looks()).toBe(before);
  writeSession(laid(session, { [PRESENCE]: counted(chartOf(walk.session, PRESENCE)).chart }));
  expect(writeSession(session)).toBe(text);
});

test('[R5] read back, a chart is the object that was written; a line that is another is another chart', () => {
  const walk = aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT });
  const text = writeSession(walk.session);
  const session = parseSession(text, policy);
  expect(parseSession(text, policy).charts[PRESENCE]).toBe(session.charts[PRESENCE]);
  expect(parseSession(writeSession(session), policy).charts[PRESENCE]).toBe(session.charts[PRESENCE]);
  const other = parseSession(text.replace('"value":"active"', '"value":"lowered"'), policy);
  expect([other.charts[RISK]?.value, other.charts[PRESENCE]]).toEqual(['lowered', session.charts[PRESENCE]]);
  expect(other.charts[PRESENCE]).toBe(session.charts[PRESENCE]);
  // The first line of a chart is gone: those after it are still known.
  const [, ...lines] = text.split('\n').slice(2, -1);
  const shorter = [...text.split('\n').slice(0, 2), ...lines, '}}'].join('\n');
  expect(parseSession(shorter, policy).charts[RISK]?.value).toBe('active');
});

test('[R5] what never changes is read once for each session of a policy, and not kept for ever', () => {
  const text = writeSession(aWalk().join(PRACTITIONER).session);
  const { people, appointment } = parseSession(text, policy);
  expect(parseSession(text, policy).people).toBe(people);
  expect(parseSession(text, policy).appointment).toBe(appointment);
  const other = structuredClone(policy);
  expect(parseSession(text, other).people).not.toBe(people);
  expect(parseSession(text, other)).toMatchObject({ policy: other, people });
  for (let index = 0; index < 199; index += 1)
    parseSession(writeSession({ ...aSession(), id: `other${index}` }), other);
  const kept = parseSession(text, other).people;
  expect(parseSession(text, other).people).toBe(kept);
  parseSession(writeSession({ ...aSession(), id: 'one-more' }), other);
  expect(parseSession(text, other).people).not.toBe(kept);
});

test('[R5] what the charts of a session begin with is made once, and is what a new session has', () => {
  const session = aSession();
  const first = firstChartsOf(session);
  expect(firstChartsOf({ ...session, heldUntilMs: 5 })).toBe(first);
  expect(first).toEqual(JSON.parse(JSON.stringify(session.charts)));
  const later = aSession({ atMs: 60_000 });
  expect(firstChartsOf(later)).toEqual(JSON.parse(JSON.stringify(later.charts)));
});

const first: ChartState = { value: 'quiet', context: { deadlines: {}, count: 0 } as never };
test.each([
  ['nothing of one that is as it was', first, null],
  ['nothing of a copy of it', structuredClone(first), null],
  ['only its state', { ...first, value: 'loud' }, { value: 'loud' }],
  [
    'only what it keeps',
    { ...first, context: { deadlines: {}, count: 2 } as never },
    { context: { count: 2 } },
  ],
  [
    'both',
    { value: 'loud', context: { deadlines: { a: 1 }, count: 0 } as never },
    { value: 'loud', context: { deadlines: { a: 1 } } },
  ],
])('[H24] of a chart is stored: %s', (_name, chart, packed) => {
  expect(packedChart(chart, first)).toEqual(packed);
  if (packed !== null) expect(unpackedChart(packed, first)).toEqual(chart);
});

test('[H24] a chart that was not there at the beginning is stored whole; of nothing, nothing is made', () => {
  expect(packedChart(first, undefined)).toEqual(first);
  expect(unpackedChart({ value: 'quiet', context: { deadlines: {}, count: 0 } }, undefined)).toEqual(first);
  expect(unpackedChart({}, undefined)).toEqual({ value: {}, context: {} });
  expect(unpackedChart({}, first)).toEqual(first);
});
