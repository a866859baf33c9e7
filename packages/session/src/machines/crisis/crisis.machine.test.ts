import { CrisisExit, type Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import type { ChartState } from '../../step/session.js';
import { stateName } from '../../step/state-name.js';
import { actor, aChart, deliver } from '../../testing/deliver.js';
import { crisisConcept } from './crisis.concept.js';
import type { CrisisContext } from './crisis-state.js';

type Exit = Extract<Command, { type: 'crisis.resolve' }>;
const client = 'c1';
const fresh = (): ChartState => aChart(crisisConcept, client);
const say = (chart: ChartState, message: Command, by = 'p1') =>
  deliver(crisisConcept, chart, message, { by: actor(by) });
const then = (chart: ChartState, type: Plain, by = 'p1'): ChartState =>
  say(chart, { type, client }, by).chart;
type Plain = Extract<Command, { type: `crisis.${string}Escalation` | 'crisis.open' }>['type'];

const open = (): ChartState => then(fresh(), 'crisis.open');
const offered = (): ChartState => then(open(), 'crisis.offerEscalation');
const joined = (): ChartState => then(offered(), 'crisis.joinEscalation', 'duty-1');
const briefed = (): ChartState => then(joined(), 'crisis.briefEscalation');
const accepted = (): ChartState => then(briefed(), 'crisis.acceptEscalation', 'duty-1');
const resolve = (exit: Exit['exit'], rest: Partial<Exit> = {}): Command => ({
  type: 'crisis.resolve',
  client,
  exit,
  ...rest,
});
/** Where the hand-over stands. */
const stands = (chart: ChartState): string =>
  /escalation\.([\w.]+)/.exec(stateName(chart.value))?.[1] ?? stateName(chart.value);

test('[C1] one action opens a crisis, with everything that it asks', () => {
  const { chart, emitted } = say(fresh(), { type: 'crisis.open', client });
  expect(chart.value).toEqual({
    open: { enquiry: 'going', location: 'asked', callBackNumber: 'asked', escalation: 'alone' },
  });
  expect(emitted).toMatchObject([{ type: 'crisis.opened', subject: { kind: 'client', id: client } }]);
});

test('[C2] an offered escalation alerts duty about this crisis', () => {
  const { emitted } = say(open(), { type: 'crisis.offerEscalation', client });
  expect(emitted).toMatchObject([
    { type: 'crisis.escalationOffered', alert: { cause: 'escalation', client, about: 'c1.crisis1' } },
  ]);
});

describe('the hand-over', () => {
  test('[C7][E18] goes from offered to joined, briefed and accepted, each said by a person', () => {
    expect([offered(), joined(), briefed(), accepted()].map(stands)).toEqual([
      'offered',
      'joined',
      'briefed',
      'accepted.owned',
    ]);
    for (const chart of [open(), offered(), joined()])
      expect(then(chart, 'crisis.acceptEscalation', 'duty-1')).toEqual(chart);
  });

  test('[C7] the owner changes with the acceptance, and with nothing before it', () => {
    for (const chart of [open(), offered(), joined(), briefed()])
      expect(chart.context).toMatchObject({ owner: 'p1', acceptedBy: null });
    expect(accepted().context).toMatchObject({ owner: 'duty-1', acceptedBy: 'duty-1' });
  });

  test('[C7] nobody hands over to themselves, and only who joined accepts', () => {
    expect(say(offered(), { type: 'crisis.joinEscalation', client }).refused?.code).toBe('not-allowed');
    expect(say(briefed(), { type: 'crisis.acceptEscalation', client }, 'duty-2').refused?.code).toBe(
      'not-owner',
    );
  });

  test('[C7][C11] taking its alert is joining; another crisis’s alert is not, and the owner keeps it', () => {
    const take = (about: string, by: string) =>
      deliver(
        crisisConcept,
        offered(),
        {
          type: 'alert.accepted',
          rules: [],
          subject: { kind: 'alert', id: 'a' },
          details: { about, cause: 'escalation' },
        },
        { by: actor(by) },
      ).chart;
    expect(stands(take('c1.crisis1', 'duty-2'))).toBe('joined');
    expect(take('c1.crisis1', 'duty-2').context).toMatchObject({ joinedBy: 'duty-2', owner: 'p1' });
    expect(stands(take('c1.crisis1.o2', 'duty-2'))).toBe('joined');
    expect(stands(take('c1.crisis10', 'duty-2'))).toBe('offered');
    expect(stands(take('c1.crisis1.o2', 'p1'))).toBe('offered');
    expect(stands(take('c1.crisis1', 'p1'))).toBe('alone');
  });

  test('[C7][H21] whoever waits asks for the next person; each offer alerts anew, and the owner stays', () => {
    for (const chart of [joined(), briefed()]) {
      for (const by of ['p1', 'duty-1']) {
        const again = say(chart, { type: 'crisis.offerEscalation', client }, by);
        expect(stands(again.chart)).toBe('offered');
        expect(again.chart.context).toMatchObject({ owner: 'p1', waitedFor: 'duty-1', joinedBy: null });
        expect(again.emitted).toMatchObject([{ alert: { about: 'c1.crisis1.o2' } }]);
      }
    }
    for (const chart of [joined(), briefed(), accepted()]) {
      const asked = say(chart, { type: 'crisis.offerEscalation', client }, 'duty-2');
      expect(asked).toMatchObject({ chart, refused: { code: 'not-owner' } });
    }
  });

  test('[C7] introduced and released are recorded, in either way, and nothing waits for them', () => {
    const introduced = say(accepted(), { type: 'crisis.introduceClient', client });
    expect(introduced.emitted).toMatchObject([{ type: 'crisis.clientIntroduced', rules: ['C7'] }]);
    for (const chart of [accepted(), introduced.chart]) {
      const released = say(chart, { type: 'crisis.releaseSender', client });
      expect(released.emitted).toMatchObject([{ type: 'crisis.senderReleased', rules: ['C7'] }]);
      expect(stands(released.chart)).toBe('accepted.senderReleased');
      expect(say(released.chart, resolve('handOverAccepted')).chart.value).toBe('resolved');
    }
  });

  test('[C3] handed over needs a person who accepted, and still has it', () => {
    const on = then(accepted(), 'crisis.offerEscalation', 'duty-1');
    for (const chart of [open(), offered(), joined(), briefed(), on])
      expect(say(chart, resolve('handOverAccepted')).refused?.code).toBe('not-now');
    expect(say(accepted(), resolve('handOverAccepted')).emitted).toMatchObject([
      { type: 'crisis.resolved', outcome: 'handOverAccepted' },
    ]);
  });
});

describe('what is asked again', () => {
  const confirm = (fact: 'location' | 'callBackNumber'): Command => ({
    type: 'crisis.confirmFact',
    client,
    fact,
  });
  const heard = (
    chart: ChartState,
    type: 'item.answered' | 'item.reopened',
    id: string,
    outcome: string | null,
  ) => deliver(crisisConcept, chart, { type, rules: [], subject: { kind: 'item', id }, outcome }).chart;

  test('[C9][A28] one tap each when nothing has changed, with time and person', () => {
    for (const fact of ['location', 'callBackNumber'] as const) {
      const { chart, emitted } = say(open(), confirm(fact), 'duty-1');
      expect(stateName(chart.value)).toContain(`${fact}.checked`);
      expect(chart.context).toMatchObject({ checked: { [fact]: { atMs: 1000, by: 'duty-1' } } });
      expect(emitted).toMatchObject([{ type: 'crisis.factConfirmed', outcome: fact }]);
      const other = fact === 'location' ? 'callBackNumber' : 'location';
      expect(stateName(chart.value)).toContain(`${other}.asked`);
    }
  });

  test('[C9] what nobody has given cannot be unchanged', () => {
    for (const fact of ['location', 'callBackNumber'] as const) {
      const said = deliver(crisisConcept, open(), confirm(fact), { now: { given: [] } });
      expect(said.refused?.code).toBe('bad-answer');
    }
  });

  test('[C9] the item’s own answer checks it as well', () => {
    const read = heard(open(), 'item.answered', 'locationConfirmed', 'confirmed');
    expect(stateName(read.value)).toContain('location.checked');
    const given = heard(open(), 'item.answered', 'callBackNumber', 'confirmed');
    expect(stateName(given.value)).toContain('callBackNumber.checked');
    const none = heard(open(), 'item.answered', 'callBackNumber', 'none');
    expect(stateName(none.value)).toContain('callBackNumber.checked');
    for (const outcome of ['no', 'notSure', 'notSafeToAsk'])
      expect(heard(open(), 'item.answered', 'locationConfirmed', outcome)).toEqual(open());
  });

  test('[C9][H04] a place that is given anew, or said to be wrong, is asked again', () => {
    const checked = say(say(open(), confirm('callBackNumber')).chart, confirm('location')).chart;
    const moves = [
      ['item.answered', 'location', 'confirmed'],
      ['item.reopened', 'location', null],
      ['item.answered', 'locationConfirmed', 'no'],
      ['item.reopened', 'locationConfirmed', null],
    ] as const;
    for (const [type, id, outcome] of moves) {
      const chart = heard(checked, type, id, outcome);
      expect(stateName(chart.value)).toContain('location.asked');
      expect(stateName(chart.value)).toContain('callBackNumber.checked');
      expect(chart.context).toMatchObject({ checked: { location: { atMs: null } } });
    }
    expect(heard(checked, 'item.answered', 'identity', 'no')).toEqual(checked);
  });
});

test('[C8][E17][A30] whose harm it is about is said by a person, and can be said again', () => {
  let chart = open();
  for (const to of ['self', 'others', 'both', 'unknown'] as const) {
    const said = say(chart, { type: 'crisis.setHarm', client, to });
    expect(said.emitted).toMatchObject([{ type: 'crisis.harmSet', rules: ['C8'], outcome: to }]);
    chart = said.chart;
    expect(chart.context).toMatchObject({ harm: to });
  }
  expect(say(chart, { type: 'crisis.setHarm', client, to: 'unknown' }).emitted).toEqual([]);
});

test('[C5] "client safe" is the practitioner\'s decision and names where it is written down', () => {
  expect(say(open(), resolve('clientSafe')).refused?.code).toBe('bad-answer');
  expect(say(open(), resolve('clientSafe', { rationaleRef: 'note-1' }), 'duty-1').refused?.code).toBe(
    'not-allowed',
  );
  const { chart, emitted } = say(open(), resolve('clientSafe', { rationaleRef: 'note-1' }));
  expect(chart).toMatchObject({ value: 'resolved', context: { exit: 'clientSafe', rationaleRef: 'note-1' } });
  expect(emitted).toMatchObject([{ type: 'crisis.resolved', details: { rationaleRef: 'note-1' } }]);
});

test('[C6] an override needs its reason', () => {
  expect(say(open(), resolve('overridden')).refused?.code).toBe('bad-answer');
  const { chart, emitted } = say(open(), resolve('overridden', { reason: 'clinicalJudgement' }));
  expect(chart.value).toBe('resolved');
  expect(emitted).toMatchObject([{ type: 'crisis.resolved', details: { reason: 'clinicalJudgement' } }]);
});

test('[C4] help on scene is said by a person, practitioner or duty, from every open state', () => {
  for (const chart of [open(), offered(), joined(), briefed(), accepted()]) {
    for (const by of ['p1', 'duty-1'])
      expect(say(chart, resolve('helpOnScene'), by).chart.value).toBe('resolved');
  }
});

/** Everything that anybody can say to a crisis, whole and lacking; and what it hears. */
const SAYINGS: readonly Command[] = [
  ...(
    [
      'crisis.open',
      'crisis.offerEscalation',
      'crisis.joinEscalation',
      'crisis.briefEscalation',
      'crisis.acceptEscalation',
      'crisis.introduceClient',
      'crisis.releaseSender',
    ] as const
  ).map((type) => ({ type, client })),
  ...(['location', 'callBackNumber'] as const).map(
    (fact) => ({ type: 'crisis.confirmFact', client, fact }) as const,
  ),
  ...(['self', 'others'] as const).map((to) => ({ type: 'crisis.setHarm', client, to }) as const),
  ...CrisisExit.options.flatMap((exit) => [
    resolve(exit),
    resolve(exit, { rationaleRef: 'note-1' }),
    resolve(exit, { reason: 'crisis' }),
  ]),
];
const HEARD = [
  { type: 'session.end' },
  { type: 'session.close' },
  { type: 'consent.withdraw' },
  { type: 'risk.lower', client, reason: 'planAgreed' },
  { type: 'ladder.dispose', client, run: 'c1.r1', disposition: 'safeByReport' },
  { type: 'clock.reached' },
  { type: 'person.left', person: client },
  { type: 'person.exited', person: client },
  { type: 'deadline.passed', deadline: 'any', dueAtMs: 5 },
  ...(['alert.accepted', 'item.answered', 'item.reopened'] as const).flatMap((type) =>
    ['location', 'locationConfirmed', 'callBackNumber'].map((id) => ({
      type,
      rules: [],
      subject: { kind: 'item', id } as const,
      outcome: 'confirmed',
      details: { about: 'c1.crisis1', cause: 'escalation' },
    })),
  ),
] as const;

const PEOPLE = ['p1', 'duty-1', 'duty-2'] as const;
/** What the guards of the hand-over and of the facts can tell apart: a chart is new where either is. */
const keysOf = ({ value, context }: ChartState): readonly string[] => {
  const { owner, joinedBy, offeredBy, acceptedBy } = context as unknown as CrisisContext;
  const [facts = ''] = stateName(value).split('+escalation');
  return [
    JSON.stringify([stands({ value, context }), owner, joinedBy, offeredBy, acceptedBy === joinedBy]),
    facts,
  ];
};

/** The four ways out, as the design has them: who may say it, with what, and where the hand-over must stand. */
const isWayOut = (said: Command, by: string, chart: ChartState): boolean => {
  if (said.type !== 'crisis.resolve') return false;
  const isTaken = stands(chart).startsWith('accepted');
  const { exit, rationaleRef, reason } = said;
  return (
    exit === 'helpOnScene' ||
    (exit === 'handOverAccepted' && isTaken) ||
    (exit === 'clientSafe' && by === 'p1' && rationaleRef !== undefined) ||
    (exit === 'overridden' && reason !== undefined)
  );
};

test('[C4][H21][E18] over every order of everything that can be said, the four ways are the only ones out', () => {
  const start = open();
  const seen = new Set(keysOf(start));
  const queue = [start];
  let ways = 0;
  const visit = (chart: ChartState): void => {
    if (keysOf(chart).some((key) => !seen.has(key))) queue.push(chart);
    for (const key of keysOf(chart)) seen.add(key);
  };
  for (const chart of queue) {
    const isOpen = chart.value !== 'resolved';
    for (const message of HEARD) {
      const after = deliver(crisisConcept, chart, message, { by: actor('duty-1') }).chart;
      if (isOpen) expect(after.value, JSON.stringify(message)).not.toBe('resolved');
      expect(after.context.deadlines).toEqual({});
      visit(after);
    }
    for (const said of SAYINGS) {
      for (const by of PEOPLE) {
        const after = say(chart, said, by);
        if (isOpen) expect(after.chart.value === 'resolved').toBe(isWayOut(said, by, chart));
        if (isOpen && after.chart.value === 'resolved') {
          ways += 1;
          expect(after.emitted.map(({ type }) => type)).toEqual(['crisis.resolved']);
          continue;
        }
        visit(after.chart);
      }
    }
  }
  expect(seen.size).toBeGreaterThan(50);
  expect(ways).toBeGreaterThan(500);
}, 60_000);

test('[C1] a second crisis is a new one, with nothing left of the first', () => {
  const again = then(say(accepted(), resolve('handOverAccepted')).chart, 'crisis.open');
  expect(stands(again)).toBe('alone');
  expect(again.context).toMatchObject({
    count: 2,
    acceptedBy: null,
    owner: 'p1',
    offers: 0,
    harm: 'unknown',
    exit: null,
    checked: { location: { atMs: null } },
  });
});

test('[C1] no crisis opens in a closed session', () => {
  const closed = deliver(
    crisisConcept,
    fresh(),
    { type: 'crisis.open', client },
    { now: { stage: 'closed' } },
  );
  expect(closed.chart.value).toBe('none');
});

describe('what others say', () => {
  const hear = (chart: ChartState, type: 'lead.changed' | 'alert.accepted', details: object, by: string) =>
    deliver(
      crisisConcept,
      chart,
      { type, rules: [], subject: { kind: 'person', id: by }, details: { ...details } },
      { by: actor(by) },
    ).chart;
  const ownerOf = ({ context }: ChartState) => (context as unknown as CrisisContext).owner;

  test('[D3] the crisis goes with the session, when the one who led it owned it, and stands where it stood', () => {
    const taken = hear(offered(), 'lead.changed', { from: 'p1' }, 'p2');
    expect([ownerOf(taken), stands(taken)]).toEqual(['p2', 'offered']);
    expect(ownerOf(hear(offered(), 'lead.changed', { from: 'p3' }, 'p2'))).toBe('p1');
    expect(ownerOf(hear(accepted(), 'lead.changed', { from: 'p1' }, 'p2'))).toBe('duty-1');
  });

  test('[C2][A3] whoever accepts the alert of this crisis has joined it; another alert or crisis is none', () => {
    const joinedBy = (cause: string, about: string) =>
      (hear(offered(), 'alert.accepted', { cause, about }, 'duty-2').context as unknown as CrisisContext)
        .joinedBy;
    expect(joinedBy('escalation', 'c1.crisis1')).toBe('duty-2');
    expect(joinedBy('escalation', 'c1.crisis1.o2')).toBe('duty-2');
    expect(joinedBy('escalation', 'c1.crisis2')).toBeNull();
    expect(joinedBy('helpAsked', 'c1.crisis1')).toBeNull();
  });

  test('[C11][A3] the owner keeps it by the alert of the last offer only, as they had it', () => {
    const keep = (chart: ChartState, about: string, by = 'p1', cause = 'escalation') =>
      stands(hear(chart, 'alert.accepted', { cause, about }, by));
    expect(keep(offered(), 'c1.crisis1', 'p1', 'helpAsked')).toBe('offered');
    expect(keep(offered(), 'c1.crisis1')).toBe('alone');
    const offeredOn = say(accepted(), { type: 'crisis.offerEscalation', client }, 'duty-1').chart;
    expect(keep(offeredOn, 'c1.crisis1', 'duty-1')).toBe('offered');
    expect(keep(offeredOn, 'c1.crisis1.o2', 'duty-1')).toBe('accepted.owned');
    // D3: whoever has it with the lead was handed nothing over.
    const led = hear(offeredOn, 'lead.changed', { from: 'duty-1' }, 'p2');
    expect(keep(led, 'c1.crisis1.o2', 'p2')).toBe('alone');
  });
});
