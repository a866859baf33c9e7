import type { Command, Id } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Circumstances, Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { anOpenRun, noRun, planned } from '../../testing/a-run.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { actor, calm } from '../../testing/deliver.js';
import { runConcept } from './run.concept.js';
import type { RunCause, RunContext } from './run-state.js';

const CLIENT = 'c1';
const LEAD = 'p1';
const anOldReport = { report: 'call', outcome: 'noAnswer', by: LEAD, saidAtMs: 1, atMs: 2 } as const;
const states = {
  'before the first run': noRun(),
  'after two runs': noRun({ count: 2, run: 'c1.r2', owner: LEAD, helpers: ['duty-1'], late: anOldReport }),
  'with a stand-in': noRun({ standIn: 'duty-2', ringingAllowed: true, isBack: true, outcome: 'together' }),
} satisfies Readonly<Record<string, ChartState>>;

const risk = planned({ isRiskActive: true });
const person = (id: Id) => ({ subject: { kind: 'person', id } }) as const;
const heard = (
  type: Emitted['type'],
  now: Partial<Circumstances> = {},
  rest: Partial<Emitted> = {},
): Cell => ({ message: { type, rules: [], subject: null, ...rest }, now });
const lost = { outcome: 'new', details: { sinceMs: 400 } };

const losses: Readonly<Record<string, Cell>> = {
  'contact is lost': heard('contact.lost', {}, lost),
  'contact is lost, nobody knows since when': heard('contact.lost'),
  'contact is lost with risk': heard('contact.lost', risk, lost),
  'contact is lost as the practitioner is gone': heard('contact.lost', { isPractitionerGone: true }, lost),
  ...Object.fromEntries(
    ['gathering', 'settingUp', 'closing'].map((stage) => [
      `contact is lost while ${stage}`,
      heard('contact.lost', { stage }, lost),
    ]),
  ),
  'the call is cut': heard('call.cut', { stage: 'closing' }, { details: { sinceMs: 900 } }),
  'the call of a duty person is cut': { ...heard('call.cut'), by: actor('duty-1') },
  'the call is cut, and nobody says so': { ...heard('call.cut'), by: { ...actor(LEAD), person: null } },
  'the call is cut, as nobody says so, while the practitioner is gone': {
    ...heard('call.cut', { isPractitionerGone: true }),
    by: { ...actor(LEAD), person: null },
  },
  ...Object.fromEntries(
    ['notYet', 'apart', 'together'].map((contact) => [
      `the client vanishes while ${contact}`,
      heard('person.gone', { contact }, { ...person(CLIENT), details: { sinceMs: 300 } }),
    ]),
  ),
  'the client vanishes while closing': heard(
    'person.gone',
    { contact: 'apart', stage: 'closing' },
    person(CLIENT),
  ),
  'the client vanishes with risk': heard('person.gone', { ...risk, contact: 'apart' }, person(CLIENT)),
  'the practitioner vanishes': heard('person.gone', { contact: 'apart' }, person(LEAD)),
  'nobody vanishes': heard('person.gone', { contact: 'apart' }),
  ...Object.fromEntries(
    ['notYet', 'alive'].map((practitionerPresence) => [
      `the client vanishes before a number is given, and the practitioner is ${practitionerPresence}`,
      heard(
        'person.gone',
        {
          contact: 'notYet',
          practitionerPresence,
          gate: { ...calm.gate, missing: { media: [], live: ['callBackNumber'] } },
        },
        person(CLIENT),
      ),
    ]),
  ),
  'the client vanishes with a number, before the practitioner has come': heard(
    'person.gone',
    { contact: 'notYet', practitionerPresence: 'notYet' },
    person(CLIENT),
  ),
  'a no-show is opened': heard('attendance.noShowOpened'),
  'a no-show is opened with risk': heard('attendance.noShowOpened', risk),
};

test('[L1][L2][L19][N3][P13][A7] which loss opens a run, whose it is, and since when', () => {
  expect(decisionTable(runConcept, states, losses)).toMatchSnapshot();
});

const goings = Object.fromEntries(
  (['person.left', 'person.exited'] as const).flatMap((type) => {
    const cell = (name: string, now: Partial<Circumstances> = {}, who: Id | null = CLIENT) =>
      [`${type}, ${name}`, heard(type, now, who === null ? {} : person(who))] as const;
    const atRisk = { ...risk, clientPresence: type === 'person.left' ? 'left' : 'exited' };
    return [
      cell('routine'),
      cell('with risk', atRisk),
      cell('with risk, during a call', { ...atRisk, contact: 'byPhone' }),
      cell('during a call', { contact: 'byPhone' }),
      cell('with risk, while closing', { ...atRisk, stage: 'closing' }),
      cell('while closing', { stage: 'closing' }),
      cell('the practitioner', {}, LEAD),
      cell('the practitioner, with risk', risk, LEAD),
      cell('a duty person, with risk', risk, 'duty-1'),
      cell('nobody, with risk', risk, null),
    ];
  }),
);
const RAISED: Readonly<Record<string, Partial<Circumstances>>> = {
  'while together': {},
  'while apart': { contact: 'apart' },
  'while apart, the client left': { contact: 'apart', clientPresence: 'left' },
  'while apart, the client exited': { contact: 'apart', clientPresence: 'exited' },
  'while apart, the practitioner left': { contact: 'apart', practitionerPresence: 'left' },
  'while apart, the practitioner exited': { contact: 'apart', practitionerPresence: 'exited' },
  'while closing': { contact: 'apart', stage: 'closing' },
  'once it is closed': { contact: 'apart', stage: 'closed' },
  'while the client waits outside': { contact: 'apart', isSetApart: true },
  'while the client is suspected outside': {
    contact: 'apart',
    isSetApart: true,
    clientPresence: 'suspected',
  },
  'while the client is gone from outside': { contact: 'apart', isSetApart: true, clientPresence: 'gone' },
  'before media': { contact: 'notYet' },
  'before media, the client is gone': { contact: 'notYet', clientPresence: 'gone' },
  'before media, the client is gone, while closing': {
    contact: 'notYet',
    clientPresence: 'gone',
    stage: 'closing',
  },
};
const choices: Readonly<Record<string, Cell>> = {
  ...goings,
  'consent is withdrawn': heard('consent.withdrawn', { stage: 'closing' }),
  'consent is withdrawn with risk': heard('consent.withdrawn', { ...risk, stage: 'closing' }),
  'consent is withdrawn with risk, during a call': heard('consent.withdrawn', {
    ...risk,
    contact: 'byPhone',
  }),
  ...Object.fromEntries(
    Object.entries(RAISED).map(([name, now]) => [
      `risk is raised ${name}`,
      heard('risk.raised', { ...risk, ...now }),
    ]),
  ),
  'risk is raised again while apart': heard(
    'risk.raised',
    { ...risk, contact: 'apart' },
    { outcome: 'again' },
  ),
};

test('[E1][E2][E3][P13][P15][L19][J17] which going on purpose opens a run, and which risk', () => {
  const { 'with a stand-in': one, 'after two runs': other } = states;
  expect(
    decisionTable(runConcept, { 'after two runs': other, 'with a stand-in': one }, choices),
  ).toMatchSnapshot();
});

const accepted = (cause: string, by: Id, isPractitionerGone: boolean): Cell => ({
  ...heard('alert.accepted', { isPractitionerGone }, { details: { about: 'c1', cause } }),
  by: actor(by),
});
const about = (run: Id) => ({ client: CLIENT, run });
const said = (message: Command): Cell => ({ message });
const commands = (run: Id): Readonly<Record<string, Cell>> =>
  Object.fromEntries(
    (
      [
        { type: 'ladder.recordCall', ...about(run), attempt: 1, outcome: 'noAnswer' },
        { type: 'ladder.recordAct', ...about(run), outcome: 'reached' },
        { type: 'ladder.confirmTogether', ...about(run) },
        { type: 'ladder.dispose', ...about(run), disposition: 'safeByReport' },
      ] as const
    ).map((message) => [`${message.type} of ${run}`, said(message)]),
  );
const others: Readonly<Record<string, Cell>> = {
  'a duty person is alerted': heard('alert.sent', {}, { details: { person: 'duty-1' } }),
  'another duty person is alerted': heard('alert.sent', {}, { details: { person: 'duty-2' } }),
  'nobody is alerted': heard('alert.sent'),
  'the absence is taken, and they are gone': accepted('practitionerGone', 'duty-1', true),
  'the leaving is taken, and they are gone': accepted('practitionerLeft', 'duty-1', true),
  'the absence is taken, and they are back': accepted('practitionerGone', 'duty-1', false),
  'the absence is taken by the practitioner': accepted('practitionerGone', LEAD, true),
  'another silence is taken': accepted('decidingSilent', 'duty-1', true),
  'the practitioner is back': heard('person.alive', {}, person(LEAD)),
  'the client is back': heard('person.alive', {}, person(CLIENT)),
  'nobody is back': heard('person.alive'),
  'another leads': heard('lead.changed'),
  'a late report': heard(
    'run.lateReport',
    {},
    { outcome: 'noAnswer', details: { report: 'ladder.recordCall' } },
  ),
  'a run ended': heard('run.ended', {}, { outcome: 'safeByReport' }),
  ...commands('c1.r0'),
  ...commands('c1.r1'),
  ...commands('c1.r2'),
  ...commands('c1.r3'),
  'a decision': said({ type: 'ladder.decide', ...about('c1.r2'), decision: 'ringEmergencyServices' }),
  'stood down': said({ type: 'ladder.standDown', ...about('c1.r2') }),
  'taken over': said({ type: 'ladder.takeOver', ...about('c1.r2') }),
  offered: said({ type: 'ladder.offerHandOver', ...about('c1.r2'), to: 'duty-1' }),
  'ringing is allowed': said({
    type: 'ladder.allowRinging',
    ...about('c1.r2'),
    reason: 'clinicalJudgement',
  }),
};

test('[L17][L18][A7] what no run makes of reports, of commands and of who takes an alert', () => {
  expect(decisionTable(runConcept, states, others)).toMatchSnapshot();
});

const CAUSES: readonly RunCause[] = [
  'contactLost',
  'exit',
  'leftAtRisk',
  'vanishedWaiting',
  'callCut',
  'noShow',
];
const opened = (cause: RunCause, context: Partial<RunContext> = {}): ChartState =>
  anOpenRun(
    { reconnecting: 'idle', phoning: 'idle' },
    { count: 1, run: 'c1.r1', openedAtMs: 1e3, lastContactMs: 400, cause, ...context },
  );
const justOpened = {
  ...Object.fromEntries(CAUSES.map((cause) => [cause, opened(cause)])),
  'contactLost, nobody knows since when': opened('contactLost', { lastContactMs: null }),
};
const openings: Readonly<Record<string, Cell>> = {
  routine: heard('run.opened'),
  'with risk': heard('run.opened', risk),
  'where ringing is blocked': heard('run.opened', planned({ mayRing: false })),
  'where it is not private, with risk': heard(
    'run.opened',
    planned({ isPrivacyCompromised: true, isRiskActive: true }),
  ),
  'after an exit': heard('run.opened', planned({ hasExited: true })),
  'after an exit, with risk': heard('run.opened', planned({ hasExited: true, isRiskActive: true })),
};

test('[L2][L3][L4][L19][E2][E3][N3] what opens with a run, by its cause and its precedence', () => {
  expect(decisionTable(runConcept, justOpened, openings)).toMatchSnapshot();
});
