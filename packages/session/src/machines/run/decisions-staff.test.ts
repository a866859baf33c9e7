import { ladderPlan, type AlertCause, type Command, type Id } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Circumstances, Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { anOpenRun, noRun } from '../../testing/a-run.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { actor, calm, deliver } from '../../testing/deliver.js';
import { runConcept } from './run.concept.js';
import type { RunCause, RunContext, RunParts } from './run-state.js';

const client = 'c1';
const run = 'c1.r2';
const LEAD = 'p1';
const DUTY = 'duty-1';
const open = (parts: Partial<RunParts>, context: Partial<RunContext> = {}): ChartState =>
  anOpenRun(
    { deciding: 'undecided', ...parts },
    { openedAtMs: 0, lastContactMs: 0, hasPhoned: true, ...context },
  );
const exhausted: Partial<RunContext> = {
  exhausted: { about: run, cause: 'decidingSilent' },
  repeats: 3,
  deadlines: { repeat: 60_000 },
};
const states: Readonly<Record<string, ChartState>> = {
  'the practitioner’s': open({}),
  'a helper is there': open({}, { helpers: [DUTY] }),
  'offered to a duty person': open({}, { handOverTo: 'duty-2' }),
  'a duty person’s, whom no alert brought': open({}, { owner: DUTY }),
  'a duty person’s, who stands in for nobody': open({}, { owner: DUTY, helpers: [DUTY] }),
  'the practitioner’s, in whose place another stood': open({}, { standIn: DUTY }),
  'a duty person’s': open({}, { owner: DUTY, helpers: [DUTY], standIn: DUTY }),
  exhausted: open({ staff: 'exhausted' }, exhausted),
  'exhausted, and back': open({ staff: 'exhausted', deciding: 'acting' }, { ...exhausted, isBack: true }),
  'exhausted, and no decision is open': open({ staff: 'exhausted', deciding: 'idle' }, exhausted),
};

const unsafe: Partial<Circumstances> = { plan: ladderPlan({ ...calm.precedence, mayRing: false }) };
const said = (message: Command, by: Id, now: Partial<Circumstances> = {}): Cell => ({
  message,
  now,
  by: actor(by),
});
const nobody = { by: { ...actor(LEAD), person: null, role: null } };
const byEach = (
  name: string,
  message: Command,
  people: readonly Id[] = [LEAD, DUTY, 'duty-2'],
): Readonly<Record<string, Cell>> =>
  Object.fromEntries(people.map((by) => [`${name}, by ${by}`, said(message, by)]));
const offer = (to: Id) => ({ type: 'ladder.offerHandOver', client, run, to }) as const;
const allow = { type: 'ladder.allowRinging', client, run, reason: 'crisis' } as const;
const dispose = { type: 'ladder.dispose', client, run, disposition: 'helpOnScene' } as const;
const call = { type: 'ladder.recordCall', client, run, attempt: 1, outcome: 'noAnswer' } as const;
const cells: Readonly<Record<string, Cell>> = {
  ...byEach('taken over', { type: 'ladder.takeOver', client, run }),
  'taken over by nobody': { ...nobody, message: { type: 'ladder.takeOver', client, run } },
  'taken over, of another run': said({ type: 'ladder.takeOver', client, run: 'c1.r1' }, DUTY),
  ...Object.fromEntries(
    [LEAD, DUTY, 'duty-2', 'supervisor-1', client].map((to) => [
      `offered to ${to} by the practitioner`,
      said(offer(to), LEAD),
    ]),
  ),
  'offered back to the practitioner': said(offer(LEAD), DUTY),
  'offered, of another run': said({ ...offer(DUTY), run: 'c1.r1' }, LEAD),
  'ringing is allowed where it was': said(allow, LEAD),
  'ringing is allowed where it is blocked': said(allow, LEAD, unsafe),
  'ringing is allowed by a duty person': said(allow, DUTY, unsafe),
  'ringing is allowed, of another run': said({ ...allow, run: 'c1.r1' }, LEAD, unsafe),
  ...byEach('disposed', dispose),
  'disposed, with reasons': said({ ...dispose, rationaleRef: 'ref-1' }, LEAD),
  'disposed, of an earlier run': said({ ...dispose, run: 'c1.r1' }, LEAD),
  'disposed, of a run that never was': said({ ...dispose, run: 'c1.r9' }, LEAD),
  ...byEach('a call', call),
  'a call by nobody': { ...nobody, message: call },
  'a call of an earlier run': said({ ...call, run: 'c1.r1' }, LEAD, { openRun: run }),
  'a call of a run that never was': said({ ...call, run: 'c1.r0' }, LEAD),
};

test('[L3][L16][L17][L18] whose commands count, and what they do', () => {
  expect(decisionTable(runConcept, states, cells)).toMatchSnapshot();
});

const heard = (
  type: Emitted['type'],
  details: Emitted['details'],
  by: Id = LEAD,
  now: Partial<Circumstances> = {},
): Cell => ({
  message: { type, rules: [], subject: null, ...(details ? { details } : {}) },
  by: actor(by),
  now,
});
const taken = (cause: AlertCause, about: Id = run, now: Partial<Circumstances> = {}, by: Id = DUTY): Cell =>
  heard('alert.accepted', { about, cause }, by, now);
const CAUSES: readonly AlertCause[] = [
  ...(['decidingSilent', 'actSilent', 'wordMissing', 'phoneSilent', 'practitionerGone'] as const),
  ...(['practitionerLeft', 'riskActive', 'exitAtRisk', 'clientLeftAtRisk'] as const),
];
const alerts: Readonly<Record<string, Cell>> = {
  ...Object.fromEntries(CAUSES.map((cause) => [`taken: ${cause}`, taken(cause)])),
  ...Object.fromEntries(
    CAUSES.map((cause) => [
      `taken while the practitioner is gone: ${cause}`,
      taken(cause, run, { isPractitionerGone: true }),
    ]),
  ),
  ...Object.fromEntries(
    (['decidingSilent', 'phoneSilent', 'practitionerGone'] as const).map((cause) => [
      `taken about something else: ${cause}`,
      taken(cause, 'c1.p1.1'),
    ]),
  ),
  'risk is taken by another while the practitioner is gone': taken(
    'riskActive',
    run,
    { isPractitionerGone: true },
    'duty-2',
  ),
  'a call for someone is taken while the practitioner is gone': taken('helpAsked', 'c1.h1', {
    isPractitionerGone: true,
  }),
  'taken by the practitioner': taken('decidingSilent', run, {}, LEAD),
  'the absence is taken by the practitioner': taken('practitionerGone', client, {}, LEAD),
  'the list is at its end': heard('alert.listExhausted', { about: run, cause: 'decidingSilent' }),
  'the list is at its end for another matter': heard('alert.listExhausted', {
    about: 'h1',
    cause: 'helpAsked',
  }),
  'the list is at its end for an absence': heard('alert.listExhausted', {
    about: 'p1',
    cause: 'practitionerLeft',
  }),
  'it is time to repeat': { message: { type: 'deadline.passed', deadline: 'repeat', dueAtMs: 1000 } },
  'other time': { message: { type: 'deadline.passed', deadline: 'other', dueAtMs: 1000 } },
  'another is alerted': heard('alert.sent', { person: 'duty-2' }),
  'the same is alerted': heard('alert.sent', { person: DUTY }),
  'nobody is alerted': heard('alert.sent', undefined),
  'another leads': heard('lead.changed', { from: LEAD, to: 'p2' }, 'p2'),
  'another leads in another’s place': heard('lead.changed', { from: 'p2', to: LEAD }),
  'a decision': heard('deciding.decided', undefined),
  'reached by name': {
    message: { type: 'phoning.recorded', rules: [], subject: null, outcome: 'reachedByName' },
  },
};

test('[A7][L15][L17][A6][D3] who takes an alert takes the run, or helps', () => {
  expect(decisionTable(runConcept, states, alerts)).toMatchSnapshot();
});

const alertOf = (chart: ChartState, cell: Cell) =>
  deliver(runConcept, chart, cell.message, cell).emitted.flatMap(({ alert }) => (alert ? [alert] : []));
const alarm = (cause: AlertCause, about: Id = run) => [{ cause, client, about }];
const passed = (deadline: string): Cell => ({
  message: { type: 'deadline.passed', deadline, dueAtMs: 1000 },
});

test('[L10][L11][L14] each silence asks for an alert about the run', () => {
  expect(alertOf(open({}), passed('decide'))).toEqual(alarm('decidingSilent'));
  for (const deciding of ['acting', 'settling'] as const)
    expect(alertOf(open({ deciding }), passed('act'))).toEqual(alarm('actSilent'));
  expect(alertOf(open({ word: 'awaited' }), passed('word'))).toEqual(alarm('wordMissing'));
  expect(alertOf(open({}), passed('other'))).toEqual([]);
});

const atRisk: Partial<Circumstances> = {
  isRiskActive: true,
  plan: ladderPlan({ ...calm.precedence, isRiskActive: true }),
};
const event = (type: Emitted['type'], person: Id | null, now: Partial<Circumstances>): Cell => ({
  message: { type, rules: [], subject: person === null ? null : { kind: 'person', id: person } },
  now: { ...atRisk, ...now },
});
const apart = { contact: 'apart' };

test('[L2][E2][E3][P6] the alert with which a run opens says why, and not twice that the practitioner left', () => {
  const none = noRun();
  const asked = (...cell: Parameters<typeof event>) => alertOf(none, event(...cell));
  const first = (cause: AlertCause) => alarm(cause, 'c1.r1');
  expect(asked('contact.lost', null, {})).toEqual(first('riskActive'));
  const calmly = { isRiskActive: false, plan: calm.plan };
  expect(asked('contact.lost', null, calmly)).toEqual([]);
  expect(asked('call.cut', null, { clientPresence: 'left' })).toEqual(first('riskActive'));
  expect(asked('person.exited', client, {})).toEqual(first('exitAtRisk'));
  expect(asked('person.exited', client, calmly)).toEqual([]);
  for (const type of ['person.left', 'person.exited'] as const)
    expect(asked(type, LEAD, { practitionerPresence: 'left' })).toEqual([]);
  for (const clientPresence of ['left', 'exited'])
    expect(asked('person.left', client, { clientPresence })).toEqual(first('clientLeftAtRisk'));
  expect(asked('consent.withdrawn', null, {})).toEqual(first('clientLeftAtRisk'));
  expect(asked('risk.raised', null, { ...apart, clientPresence: 'left' })).toEqual(first('clientLeftAtRisk'));
  expect(asked('risk.raised', null, { ...apart, practitionerPresence: 'left' })).toEqual(first('riskActive'));
});

test('[L7][L8][E3] the alert of a run in which the client goes, or risk is raised', () => {
  const going = (type: Emitted['type'], now: Partial<Circumstances> = {}) =>
    alertOf(open({}), event(type, client, now));
  expect(going('person.left')).toEqual(alarm('clientLeftAtRisk'));
  expect(going('consent.withdrawn')).toEqual(alarm('clientLeftAtRisk'));
  expect(going('person.exited')).toEqual(alarm('exitAtRisk'));
  expect(going('person.exited', { isRiskActive: false })).toEqual([]);
  const raised = (cause: RunCause, outcome: string | null) =>
    alertOf(open({}, { cause, outcome }), event('risk.raised', null, {}));
  expect(raised('contactLost', null)).toEqual(alarm('riskActive'));
  expect(raised('contactLost', 'left')).toEqual(alarm('clientLeftAtRisk'));
  expect(raised('exit', 'left')).toEqual(alarm('exitAtRisk'));
});
