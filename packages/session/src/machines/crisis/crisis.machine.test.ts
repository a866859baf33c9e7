import type { Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { ChartState } from '../../step/session.js';
import { actor, aChart, deliver } from '../../testing/deliver.js';
import { crisisConcept } from './crisis.concept.js';

type Exit = Extract<Command, { type: 'crisis.resolve' }>;
const client = 'c1';
const fresh = (): ChartState => aChart(crisisConcept, client);
const say = (chart: ChartState, message: Command, by = 'p1') =>
  deliver(crisisConcept, chart, message, { by: actor(by) });
const open = (): ChartState => say(fresh(), { type: 'crisis.open', client }).chart;
const offered = (): ChartState => say(open(), { type: 'crisis.offerEscalation', client }).chart;
const accepted = (): ChartState =>
  say(offered(), { type: 'crisis.acceptEscalation', client }, 'duty-1').chart;
const resolve = (exit: Exit['exit'], rest: Partial<Exit> = {}): Command => ({
  type: 'crisis.resolve',
  client,
  exit,
  ...rest,
});

test('[C1] one action opens a crisis', () => {
  const { chart, emitted } = say(fresh(), { type: 'crisis.open', client });
  expect(chart.value).toEqual({ open: 'alone' });
  expect(emitted).toMatchObject([{ type: 'crisis.opened', subject: { kind: 'client', id: client } }]);
});

test('[C2] an offered escalation alerts duty about this crisis', () => {
  const { emitted } = say(open(), { type: 'crisis.offerEscalation', client });
  expect(emitted).toMatchObject([
    { type: 'crisis.escalationOffered', alert: { cause: 'escalation', client, about: 'c1.crisis1' } },
  ]);
});

test('[C3] accepted means that a named person owns it', () => {
  expect(accepted()).toMatchObject({ value: { open: 'accepted' }, context: { acceptedBy: 'duty-1' } });
});

test('[C3] handed over needs a person who accepted', () => {
  for (const chart of [open(), offered()])
    expect(say(chart, resolve('handOverAccepted')).refused?.code).toBe('not-now');
  expect(say(accepted(), resolve('handOverAccepted')).emitted).toMatchObject([
    { type: 'crisis.resolved', outcome: 'handOverAccepted' },
  ]);
});

test('[C5] "client safe" is the practitioner\'s decision and names where it is written down', () => {
  expect(say(open(), resolve('clientSafe')).refused?.code).toBe('bad-answer');
  expect(say(open(), resolve('clientSafe', { rationaleRef: 'note-1' }), 'duty-1').refused?.code).toBe(
    'not-allowed',
  );
  const { chart } = say(open(), resolve('clientSafe', { rationaleRef: 'note-1' }));
  expect(chart).toMatchObject({ value: 'resolved', context: { exit: 'clientSafe', rationaleRef: 'note-1' } });
});

test('[C6] an override needs its reason', () => {
  expect(say(open(), resolve('overridden')).refused?.code).toBe('bad-answer');
  expect(say(open(), resolve('overridden', { reason: 'clinicalJudgement' })).chart.value).toBe('resolved');
});

test('[C4] help on scene is said by a person, practitioner or duty, from every open state', () => {
  for (const chart of [open(), offered(), accepted()]) {
    for (const by of ['p1', 'duty-1'])
      expect(say(chart, resolve('helpOnScene'), by).chart.value).toBe('resolved');
  }
});

test('[C4 H21] nothing but the four exits ends an open crisis', () => {
  const others = [
    { type: 'crisis.open', client },
    { type: 'session.end' },
    { type: 'session.close' },
    { type: 'consent.withdraw' },
    { type: 'risk.lower', client, reason: 'planAgreed' },
    { type: 'ladder.dispose', client, run: 'c1.r1', disposition: 'safeByReport' },
    { type: 'clock.reached' },
    { type: 'person.left', person: client },
    { type: 'deadline.passed', deadline: 'any', dueAtMs: 5 },
  ] as const;
  for (const chart of [open(), offered(), accepted()]) {
    for (const message of others) expect(deliver(crisisConcept, chart, message).chart).toEqual(chart);
    expect(chart.context.deadlines).toEqual({});
  }
});

test('[C1] a second crisis is a new one, with nothing left of the first', () => {
  const again = say(say(accepted(), resolve('handOverAccepted')).chart, {
    type: 'crisis.open',
    client,
  }).chart;
  expect(again).toMatchObject({
    value: { open: 'alone' },
    context: { count: 2, acceptedBy: null, exit: null },
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
