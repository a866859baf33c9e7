import type { Command, Fact, Input } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { aLiveSession, aSession, CLIENT, PRACTITIONER } from '../testing/a-session.js';
import { actor } from '../testing/deliver.js';
import { createSession } from './create-session.js';
import { Delivery } from './delivery.js';
import { restoredAfter } from './restored.js';
import type { Session } from './session.js';
import { step } from './step.js';

const said = (
  body: Command | Fact | { readonly type: 'clock.reached' },
  rest: Partial<Input> = {},
): Input => ({
  id: 'i7',
  atMs: 70_000,
  saidAtMs: null,
  from: actor(PRACTITIONER),
  body,
  ...rest,
});
const { session: live } = aLiveSession();
const cut = aLiveSession().cut().session;

/** What came of it, but for the charts that are as they were. */
function outcome(session: Session, input: Input) {
  const { session: after, events, effects, refusal } = step(session, input);
  const charts = Object.entries(after.charts).filter(
    ([key, chart]) => session.charts[key as never] !== chart,
  );
  return { events, effects, refusal, heldUntilMs: after.heldUntilMs, charts: Object.fromEntries(charts) };
}
const client = CLIENT;

test('[R3][A20] what a step gives back, whole: who, when, by what, from where to where', () => {
  const results = {
    'risk is raised, said earlier': outcome(live, said({ type: 'risk.raise', client }, { saidAtMs: 65_000 })),
    'raised a second time': outcome(
      step(live, said({ type: 'risk.raise', client })).session,
      said({ type: 'risk.raise', client }, { id: 'i8' }),
    ),
    'said by who may not': outcome(live, said({ type: 'session.end' }, { from: actor(CLIENT) })),
    'said when it cannot count': outcome(live, said({ type: 'session.goLive' })),
    'about somebody who is not there': outcome(live, said({ type: 'risk.raise', client: 'c9' })),
    'a fact without meaning here': outcome(
      live,
      said({ type: 'device.silent', person: 'x1', device: 'x1.a', lastHeardAtMs: 0 }),
    ),
    'the clock, with nothing due': outcome(live, said({ type: 'clock.reached' })),
    'the clock, at the instant': outcome(cut, said({ type: 'clock.reached' }, { atMs: 63_000 })),
    'the clock, just before it': outcome(cut, said({ type: 'clock.reached' }, { atMs: 62_999 })),
    'a session server starts': outcome(cut, said({ type: 'server.started', unwatchedMs: 5000 })),
  };
  expect(results).toMatchSnapshot();
});

test('[D1] what somebody may say hangs on who leads now, whatever their page said when it was opened', () => {
  const from = { ...actor(PRACTITIONER), role: 'colleague' } as const;
  expect(step(live, said({ type: 'risk.raise', client }, { from })).refusal).toBeNull();
  const posing = { ...actor(CLIENT), role: 'practitioner' } as const;
  expect(step(live, said({ type: 'session.end' }, { from: posing })).refusal?.code).toBe('not-allowed');
});

test('[R5] a message that was answered holds on to no session any more', () => {
  const told = { atMs: 1, saidAtMs: null, by: actor(PRACTITIONER) };
  const delivery = new Delivery({ type: 'risk.raise', client }, told, live);
  expect(delivery).toMatchObject({ type: 'risk.raise', client, ...told });
  expect(delivery.now.client).toBe(CLIENT);
  delivery.close();
  expect(() => delivery.now).toThrow(expect.objectContaining({ code: 'bad-option' }));
  expect(() => delivery.now).toThrow('this message was answered already');
});

test('[R3] a step in which charts answer without end is stopped, and is an error', () => {
  const withDeadlines = (count: number): Session => {
    const deadlines = Object.fromEntries(Array.from({ length: count }, (_, n) => [`d${n}`, 1]));
    const risk = live.charts[`risk:${CLIENT}`];
    if (risk === undefined) throw new Error('no risk');
    const chart = { ...risk, context: { ...risk.context, deadlines } };
    return { ...live, charts: { ...live.charts, [`risk:${CLIENT}`]: chart } };
  };
  const passed = (count: number) => () => step(withDeadlines(count), said({ type: 'clock.reached' }));
  // 2000 messages are not without end yet.
  expect(passed(2000)).not.toThrow();
  expect(passed(2001)).toThrow(
    expect.objectContaining({
      code: 'endless-step',
      message: expect.stringContaining('answers itself without end'),
    }),
  );
});

test('[R8] what a start makes old, to the millisecond', () => {
  const { durations } = live.policy;
  const after = (unwatchedMs: number) =>
    restoredAfter({ type: 'server.started', unwatchedMs }, { durations });
  expect([after(0), after(durations.restoreFreshMs - 1)]).toEqual([[], []]);
  expect([after(durations.restoreFreshMs), after(durations.restoreStaleMs - 1)]).toEqual([
    ['restored'],
    ['restored'],
  ]);
  expect(after(durations.restoreStaleMs)).toEqual(['restored', 'restoredLate']);
});

test('[A1] the policy’s staff are of the session, each once, in the role of the first list that names them', () => {
  const session = aSession();
  const named = [{ person: 'p1' }, { person: 'd1' }, { person: 'd2' }];
  const staff = {
    duty: named,
    safeguardingLead: [{ person: 'd1' }],
    supervisor: [{ person: 's1' }],
    management: [],
  };
  const { people } = createSession({
    ...session,
    policy: { ...session.policy, staff },
    people: [
      { id: 'p1', role: 'practitioner' },
      { id: 'c1', role: 'client' },
    ],
    atMs: 5,
  });
  expect(people).toEqual([
    { id: 'p1', role: 'practitioner' },
    { id: 'c1', role: 'client' },
    { id: 'd1', role: 'duty' },
    { id: 'd2', role: 'duty' },
    { id: 's1', role: 'supervisor' },
  ]);
});

test('[A08] a new session keeps what it was made with, and has a chart for all that begins', () => {
  const { charts, ...rest } = aSession({ drill: true, atMs: 5 });
  const { policy, ...kept } = rest;
  expect(policy).toBe(aSession().policy);
  expect(kept).toMatchSnapshot();
  expect(Object.keys(charts)).toMatchSnapshot();
});
