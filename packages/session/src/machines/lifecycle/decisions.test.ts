import { referencePolicy, usualAppointment, type Command, type Fact } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Circumstances, Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor, calm, deliver } from '../../testing/deliver.js';
import { gateOf } from './gate.js';
import { lifecycleConcept } from './lifecycle.concept.js';
import type { LifecycleContext } from './lifecycle.machine.js';

const fresh = aChart(lifecycleConcept, 'session');
const at = (value: string, context: Partial<LifecycleContext> = {}): ChartState => ({
  value,
  context: { ...fresh.context, ...context },
});
const admitted = ['c1'];
const passed = { media: 'crisis', live: null };
const live = at('live', { admitted });
const closing = at('closing', { admitted, endedBecause: 'ended' });
const disposed = at('closing', { admitted, endedBecause: 'ended', isDisposed: true });
const states: Readonly<Record<string, ChartState>> = {
  gathering: fresh,
  'gathering, the client let in': at('gathering', { admitted }),
  'setting up': at('settingUp', { admitted }),
  'setting up, media passed over': at('settingUp', { admitted, overridden: passed }),
  live,
  closing,
  'closing, declined': at('closing', { admitted, endedBecause: 'declined' }),
  'closing, with a disposition': disposed,
  closed: at('closed', { admitted, endedBecause: 'ended', isDisposed: true }),
};

type Gate = Circumstances['gate'];
const missing = { media: ['location'], live: ['location', 'identity'] };
const gate = (media: Gate['media'], is: Gate['live']) => ({ now: { gate: { media, live: is, missing } } });
const shut = gate('open', 'open');
const passedOver = gate('overridden', 'overridden');
const heard = (type: Emitted['type']): Cell['message'] => ({ type, rules: [], subject: null });
const admit: Command = { type: 'person.admit', person: 'c1' };
const override: Command = { type: 'gate.override', reason: 'technicalFault' };
const goLive: Command = { type: 'session.goLive' };
const end: Command = { type: 'session.end' };
const close: Command = { type: 'session.close' };
const cancel: Fact = { type: 'appointment.cancelled', reason: 'byClient' };
const host = { by: { person: null, role: null, source: 'host', device: null } } as const;
/** Whatever may wait for a person when somebody wants to end, close or call off. */
const WAITING: Readonly<Record<string, Partial<Circumstances>>> = {
  'a run': { openRun: 'c1.r1' },
  'a crisis': { isCrisisOpen: true },
  'a pathway': { openPathways: ['privacy'] },
  'a follow-up': { owed: ['callBack'] },
  reasons: { unreasoned: ['crisis1'] },
  'an alternative': { isAlternativeOwed: true },
  'a call for someone': { isHelpAsked: true },
  risk: { isRiskActive: true },
};
const over = (name: string, message: Cell['message'], rest: Partial<Cell> = {}) => ({
  [name]: { message, ...rest },
  ...Object.fromEntries(
    Object.entries(WAITING).map(([what, now]) => [`${name} over ${what}`, { message, ...rest, now }]),
  ),
});

test('[G1][G2][G3][G4][G7] what each stage does at the gate, and with consent taken back', () => {
  const cells: Readonly<Record<string, Cell>> = {
    'the client is let in': { message: admit },
    'the client is let in before media is settled': { message: admit, ...shut },
    'the client is let in, media passed over': { message: admit, ...passedOver },
    'somebody else is let in': { message: { type: 'person.admit', person: 'c2' } },
    'an item is answered': { message: heard('item.answered') },
    'an item is answered, others are open': { message: heard('item.answered'), ...shut },
    'an item is passed over': { message: heard('item.overridden') },
    'the last item is passed over': { message: heard('item.overridden'), ...passedOver },
    'an item is passed over, others are open': { message: heard('item.overridden'), ...shut },
    'the gate is passed': { message: override, ...shut },
    'the gate is passed, nothing is open': { message: override },
    'the gate is passed, live for the second time': { message: override, ...passedOver },
    'going live': { message: goLive },
    'going live, items are open': { message: goLive, ...shut },
    'going live, passed over': { message: goLive, ...passedOver },
    'consent is taken back': { message: { type: 'consent.withdraw' }, by: actor('c1') },
    'consent is taken back in a run and a crisis': {
      message: { type: 'consent.withdraw' },
      by: actor('c1'),
      now: { openRun: 'c1.r1', isCrisisOpen: true },
    },
    'a disposition is given': { message: heard('closing.disposed') },
  };
  expect(decisionTable(lifecycleConcept, states, cells)).toMatchSnapshot();
});

test('[G6][G8][G9][X7][F9][I11] what each stage does with its end and its close, over whatever waits', () => {
  const cells = { ...over('ended', end), ...over('closed', close) };
  expect(decisionTable(lifecycleConcept, states, cells)).toMatchSnapshot();
});

test('[N7] what each stage does with an appointment that is called off', () => {
  const cells = {
    ...over('called off', cancel, host),
    'called off over a pathway and a follow-up': {
      message: cancel,
      ...host,
      now: { openPathways: ['privacy'], owed: ['callBack'] },
    },
    'called off over a pathway and reasons': {
      message: cancel,
      ...host,
      now: { openPathways: ['privacy'], unreasoned: ['crisis1'] },
    },
    ...Object.fromEntries(
      (['byService', 'bookedAgain', 'madeByMistake'] as const).map((reason) => [
        `called off: ${reason}`,
        { message: { type: 'appointment.cancelled', reason } satisfies Fact, ...host },
      ]),
    ),
  };
  expect(decisionTable(lifecycleConcept, states, cells)).toMatchSnapshot();
});

test('[G2][G8][I15] a refusal names what is missing, the first of them first', () => {
  const refusal = (chart: ChartState, message: Command, now: Partial<Circumstances>) =>
    deliver(lifecycleConcept, chart, message, { now }).refused;
  const setUp = states['setting up'] ?? fresh;
  expect(refusal(setUp, goLive, { ...shut.now, missingClaims: ['training'] })).toEqual({
    type: 'refused',
    code: 'gate-open',
    missing: ['location', 'identity', 'training'],
  });
  expect(refusal(closing, close, { openPathways: ['privacy', 'signal'] })).toEqual({
    type: 'refused',
    code: 'pathway-open',
    missing: ['privacy', 'signal'],
  });
  expect(refusal(closing, close, { owed: ['callBack'] })).toEqual({
    type: 'refused',
    code: 'follow-up-open',
    missing: ['callBack'],
  });
  expect(refusal(disposed, close, { unreasoned: ['crisis1'] })).toEqual({
    type: 'refused',
    code: 'rationale-missing',
    missing: ['crisis1'],
  });
  const everything: Partial<Circumstances> = Object.assign({}, ...Object.values(WAITING));
  const order = Object.entries(WAITING).map((_, index, all) => {
    const settled = Object.fromEntries(
      all.slice(0, index).flatMap(([, now]) => Object.keys(now).map((key) => [key, Reflect.get(calm, key)])),
    );
    return refusal(closing, close, { ...everything, ...settled })?.code;
  });
  expect(order).toEqual([
    'run-open',
    'crisis-open',
    'pathway-open',
    'follow-up-open',
    'help-open',
    'help-open',
    'help-open',
    'disposition-missing',
  ]);
});

test('[G1][G3][G4] each event is about the session, and letting in about the person', () => {
  const subjects = (chart: ChartState, message: Command | Fact | Emitted, now: Partial<Circumstances> = {}) =>
    deliver(lifecycleConcept, chart, message, { now }).emitted.map(({ subject }) => subject);
  const session = { kind: 'session', id: 'session' };
  const person = { kind: 'person', id: 'c1' };
  expect(subjects(fresh, admit)).toEqual([person, session, session, session]);
  expect(subjects(fresh, override, shut.now)).toEqual([session, person, session, session]);
  expect(subjects(fresh, cancel)).toEqual([session, session, session]);
  expect(subjects(live, { type: 'consent.withdraw' })).toEqual([session, session, session]);
  expect(subjects(live, end)).toEqual([session]);
  expect(subjects(disposed, close)).toEqual([session]);
});

test('[G1] a session begins gathering, with nobody let in and nothing passed over', () => {
  expect(fresh).toEqual({
    value: 'gathering',
    context: {
      admitted: [],
      overridden: { media: null, live: null },
      endedBecause: null,
      isDisposed: false,
      deadlines: {},
    },
  });
  expect(lifecycleConcept.startsWith({} as never)).toEqual(['session']);
});

const items = {
  consent: { settledBefore: 'media', asksAgainOn: [] },
  identity: { settledBefore: 'live', asksAgainOn: [] },
  localRoute: { settledBefore: 'live', asksAgainOn: [] },
} as const;
const gateWith = (charts: Readonly<Record<string, unknown>>) => {
  const sessionTypes = { ...referencePolicy.sessionTypes, therapy: { items } };
  const policy = { ...referencePolicy, sessionTypes };
  return gateOf({ policy, appointment: usualAppointment, charts } as never);
};
const item = (name: string, value: string, answer: string | null = null) => ({
  [`item:${name}`]: { value, context: { item: name, answer } },
});
const own = (media: string | null, is: string | null) => ({
  'lifecycle:session': at('gathering', { overridden: { media, live: is } }),
});

test('[G1][G2][G4][I5][I9][I18] the gate is open, settled or passed over, each threshold by itself', () => {
  const consent = item('consent', 'confirmed', 'confirmed');
  const identity = item('identity', 'confirmed', 'confirmed');
  const all = { media: ['consent'], live: ['consent', 'identity'] };
  const liveOnly = { media: [], live: ['identity'] };
  const none = { media: [], live: [] };
  expect(gateWith({})).toEqual({ media: 'open', live: 'open', missing: all });
  expect(gateWith(own(null, null))).toEqual({ media: 'open', live: 'open', missing: all });
  expect(gateWith(own('crisis', null))).toEqual({ media: 'overridden', live: 'open', missing: all });
  expect(gateWith(own('crisis', 'crisis'))).toEqual({
    media: 'overridden',
    live: 'overridden',
    missing: all,
  });
  expect(gateWith(consent)).toEqual({ media: 'settled', live: 'open', missing: liveOnly });
  expect(gateWith({ ...consent, ...own('crisis', 'crisis') })).toEqual({
    media: 'settled',
    live: 'overridden',
    missing: liveOnly,
  });
  for (const aside of ['overridden', 'notApplicable'])
    expect(gateWith({ ...consent, ...item('identity', aside) })).toMatchObject({ live: 'settled' });
  expect(gateWith({ ...consent, ...item('identity', 'expired', 'confirmed') }).missing).toEqual(liveOnly);
  // Risk asks for a local route; neither threshold waits for it.
  expect(gateWith({ ...consent, ...identity, ...item('localRoute', 'open') })).toEqual({
    media: 'settled',
    live: 'settled',
    missing: none,
  });
});
