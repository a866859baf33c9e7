import type { Id } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Circumstances, Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { anOpenRun, planned } from '../../testing/a-run.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { actor } from '../../testing/deliver.js';
import { runConcept } from './run.concept.js';
import type { RunContext, RunParts } from './run-state.js';

const CLIENT = 'c1';
const LEAD = 'p1';
const open = (parts: Partial<RunParts>, context: Partial<RunContext> = {}): ChartState =>
  anOpenRun(
    { phoning: 'idle', ...parts },
    { count: 1, run: 'c1.r1', openedAtMs: 0, lastContactMs: 0, ...context },
  );
const rung = { hasPhoned: true, attempt: 1, attemptOfPart: 1 };
const waiting = open({ reconnecting: 'waiting' }, { deadlines: { wait: 300_000 } });
const phoning = open(
  { phoning: 'attempting' },
  { ...rung, deadlines: { attempt: 60_000, phoning: 180_000 } },
);
const atRisk = open(
  { reconnecting: 'waiting', phoning: 'attempting', deciding: 'undecided' },
  { ...rung, isDutyTold: true, deadlines: { wait: 300_000, attempt: 60_000, decide: 61_000 } },
);
const decided = open({ phoning: 'done', deciding: 'undecided' }, { ...rung, deadlines: { decide: 120_000 } });
const blocked = open({ deciding: 'undecided' }, { deadlines: { decide: 120_000 } });
const backAndOpen = open(
  { phoning: 'done', deciding: 'undecided' },
  { ...rung, isBack: true, outcome: 'together', deadlines: { decide: 120_000 } },
);
const wordAwaited = open(
  { phoning: 'done', word: 'awaited' },
  { ...rung, isBack: true, deadlines: { word: 60_000 } },
);
const left = open({ deciding: 'undecided' }, { outcome: 'left', deadlines: { decide: 120_000 } });
const exit = open({ reconnecting: 'idle', deciding: 'undecided' }, { cause: 'exit' });
const vanished = open({ reconnecting: 'idle', phoning: 'attempting' }, { ...rung, cause: 'vanishedWaiting' });
const noShow = open({ reconnecting: 'idle', deciding: 'undecided' }, { cause: 'noShow' });

const risk = planned({ isRiskActive: true });
const unsafe = planned({ mayRing: false });
const unsafeAtRisk = planned({ mayRing: false, isRiskActive: true });
const person = (id: Id) => ({ subject: { kind: 'person', id } }) as const;
const heard = (
  type: Emitted['type'],
  now: Partial<Circumstances> = {},
  rest: Partial<Emitted> = {},
): Cell => ({ message: { type, rules: [], subject: null, ...rest }, now });
const passed = (deadline: string, now: Partial<Circumstances> = {}): Cell => ({
  message: { type: 'deadline.passed', deadline, dueAtMs: 1000 },
  now,
});
const inEach = (
  name: string,
  cell: (now: Partial<Circumstances>) => Cell,
): Readonly<Record<string, Cell>> => ({
  [name]: cell({}),
  [`${name}, with risk`]: cell(risk),
  [`${name}, where ringing is blocked`]: cell(unsafe),
  [`${name}, where ringing is blocked, with risk`]: cell(unsafeAtRisk),
});

test('[L2][L3][L4][L5][P12][P13] what each state makes of a loss', () => {
  const states = {
    waiting,
    phoning,
    decided,
    blocked,
    exit,
    'told of risk': atRisk,
    'word awaited': wordAwaited,
    'back, and a decision is open': backAndOpen,
    'stood down, and back': open(
      {
        phoning: 'done',
        word: 'awaited',
      },
      {
        isBack: true,
        isDutyTold: true,
      },
    ),
    'left, and a decision is open': left,
    'ringing was allowed': open(
      { deciding: 'undecided' },
      {
        ringingAllowed: true,
        isBack: true,
      },
    ),
    'nothing is open': open({ phoning: 'done' }, { ...rung }),
  };
  const cells = {
    ...inEach('lost', (now) => heard('contact.lost', now, { outcome: 'new', details: { sinceMs: 700 } })),
    'lost again': heard('contact.lost', {}, { outcome: 'again', details: { sinceMs: 700 } }),
    'lost, nobody knows since when': heard('contact.lost', {}, { outcome: 'new' }),
    'lost after an exit': heard('contact.lost', planned({ hasExited: true }), { outcome: 'new' }),
    ...inEach('cut', (now) => heard('call.cut', now, { details: { sinceMs: 900 } })),
    'too much is lost': heard('contact.budgetSpent'),
    'too much is lost, where ringing is blocked': heard('contact.budgetSpent', unsafe),
  };
  expect(decisionTable(runConcept, states, cells)).toMatchSnapshot();
});

const gone = (now: Partial<Circumstances>): Cell =>
  heard('person.gone', { contact: 'apart', ...now }, { ...person(CLIENT), details: { sinceMs: 700 } });
const alive = (now: Partial<Circumstances>, id: Id = CLIENT): Cell => heard('person.alive', now, person(id));

test('[L13][L14][L19][N4][H01] what each state makes of who vanishes and who is back', () => {
  const states = {
    waiting,
    phoning,
    decided,
    exit,
    vanished,
    'told of risk': atRisk,
    'a no-show': noShow,
    'word awaited': wordAwaited,
    'back, and a decision is open': backAndOpen,
    'vanished, back in waiting': open(
      { word: 'awaited' },
      {
        cause: 'vanishedWaiting',
        isBack: true,
      },
    ),
    'vanished, and nothing is open': open({ reconnecting: 'idle' }, { cause: 'vanishedWaiting' }),
    'left with risk': open(
      {
        reconnecting: 'idle',
        deciding: 'undecided',
      },
      { cause: 'leftAtRisk' },
    ),
    'with a stand-in': open({ deciding: 'undecided' }, { standIn: 'duty-1' }),
  };
  const cells = {
    ...inEach('vanishes', gone),
    'vanishes while together': gone({ contact: 'together' }),
    'the practitioner vanishes': heard('person.gone', { contact: 'apart' }, person(LEAD)),
    'back in waiting': alive({ contact: 'notYet', stage: 'gathering' }),
    'back while apart': alive({ contact: 'apart' }),
    'back while apart, outside of the meeting': alive({ contact: 'apart', isSetApart: true }),
    'back while together': alive({ contact: 'together', stage: 'gathering' }),
    'the practitioner is back': alive({ contact: 'apart' }, LEAD),
    'nobody is back': heard('person.alive', { contact: 'apart' }),
    recovered: heard('contact.recovered'),
    'recovered, with risk': heard('contact.recovered', risk),
    'reached by phone': heard('contact.byPhone'),
    'moved to video': heard('call.movedToVideo'),
  };
  expect(decisionTable(runConcept, states, cells)).toMatchSnapshot();
});

test('[L14] a word is needed with risk, once somebody rang, or after another cause, and not twice', () => {
  const states = {
    routine: waiting,
    rung: phoning,
    'a word was given': open({ phoning: 'done' }, { ...rung, hasWord: true }),
    'a call was cut': open({}, { cause: 'callCut' }),
  };
  const cells = {
    recovered: heard('contact.recovered'),
    'recovered, with risk': heard('contact.recovered', risk),
  };
  expect(decisionTable(runConcept, states, cells)).toMatchSnapshot();
});

const going = (type: 'person.left' | 'person.exited' | 'consent.withdrawn', id: Id = CLIENT) => ({
  [`${type} ${id}`]: heard(type, {}, person(id)),
  [`${type} ${id}, with risk`]: heard(type, risk, person(id)),
  [`${type} ${id}, by phone`]: heard(type, { contact: 'byPhone' }, person(id)),
});
const privacy = (type: 'privacy.resolved' | 'run.ringingAllowed') => ({
  ...inEach(type, (now) => heard(type, now)),
  [`${type}, the client left`]: heard(type, { clientPresence: 'left' }),
  [`${type}, the client exited`]: heard(type, { clientPresence: 'exited' }),
  [`${type}, while closing`]: heard(type, { stage: 'closing' }),
  [`${type}, while lost`]: heard(type, { contact: 'lost' }),
  [`${type}, while returning`]: heard(type, { contact: 'returning' }),
});

test('[L7][E2][E3][N3][Q6][L3] what each state makes of who goes on purpose, and of privacy', () => {
  const states = {
    waiting,
    phoning,
    exit,
    'a no-show': noShow,
    'told of risk': atRisk,
    'nothing is open': open({ reconnecting: 'done' }),
    'rung before': open({ phoning: 'done' }, rung),
    'back, and the word is awaited': wordAwaited,
    'left, and a decision is open': left,
    'ringing was allowed': open(
      { deciding: 'undecided' },
      {
        ringingAllowed: true,
        isDutyTold: true,
      },
    ),
    'left, and ringing was allowed': open(
      { deciding: 'undecided' },
      {
        ringingAllowed: true,
        outcome: 'left',
      },
    ),
  };
  const cells = {
    ...going('person.left'),
    ...going('person.exited'),
    ...going('consent.withdrawn'),
    'the practitioner left': heard('person.left', risk, person(LEAD)),
    'nobody left': heard('person.left', risk),
    'not private': heard('privacy.compromised'),
    ...privacy('privacy.resolved'),
    ...privacy('run.ringingAllowed'),
  };
  expect(decisionTable(runConcept, states, cells)).toMatchSnapshot();
});

test('[L2][L8][N3][K2][H12] what each state makes of risk that is raised', () => {
  const far = { decide: 900_000, act: 900_000, lookAgain: 900_000, word: 900_000, wait: 900_000 };
  const near = { decide: 2000, act: 2000, lookAgain: 2000, word: 2000 };
  const states = {
    waiting,
    phoning,
    exit,
    vanished,
    'told of risk': atRisk,
    'a no-show': noShow,
    'left, and a decision is open': left,
    'nothing is open': open({}),
    'every clock is far': open(
      {
        deciding: 'undecided',
        word: 'awaited',
      },
      {
        isBack: true,
        deadlines: far,
      },
    ),
    'every clock is near': open(
      {
        deciding: 'undecided',
        word: 'awaited',
      },
      {
        isBack: true,
        deadlines: near,
      },
    ),
    'back without a word': backAndOpen,
    'back with a word': open(
      { deciding: 'undecided' },
      {
        isBack: true,
        outcome: 'together',
        hasWord: true,
      },
    ),
    'back by phone': open(
      { deciding: 'undecided' },
      {
        isBack: true,
        outcome: 'byPhone',
      },
    ),
    'a no-show who was back': open(
      { deciding: 'undecided' },
      {
        cause: 'noShow',
        isBack: true,
      },
    ),
    'left with risk, and nothing rings': open({ reconnecting: 'idle' }, { cause: 'leftAtRisk' }),
  };
  const raised = (now: Partial<Circumstances>) => heard('risk.raised', now, { outcome: 'person' });
  const cells = {
    raised: raised(risk),
    'raised again': heard('risk.raised', risk, { outcome: 'again' }),
    'raised, where ringing is blocked': raised(unsafeAtRisk),
    ...Object.fromEntries(
      ['lost', 'returning', 'apart'].map((contact) => [
        `raised while ${contact}`,
        raised({ ...risk, contact }),
      ]),
    ),
    'raised while the client left': raised({ ...risk, clientPresence: 'left' }),
    'raised while closing': raised({ ...risk, stage: 'closing' }),
  };
  expect(decisionTable(runConcept, states, cells)).toMatchSnapshot();
});

const recorded = (outcome: string, attempt: number, rest: Partial<Cell> = {}): Cell => ({
  ...heard('phoning.recorded', {}, { outcome, details: { attempt } }),
  ...rest,
});

test('[L4][L5][L6][L9][J13][S7] what each state makes of time, and of what came of a call', () => {
  const states = {
    waiting,
    phoning,
    decided,
    'the last attempt': open(
      { phoning: 'attempting' },
      {
        ...rung,
        attempt: 3,
        attemptOfPart: 3,
        deadlines: {
          attempt: 6e4,
          phoning: 18e4,
        },
      },
    ),
    'near its end': open(
      { phoning: 'attempting' },
      {
        ...rung,
        deadlines: { phoning: 3e4 },
      },
    ),
    'without an end': open({ phoning: 'attempting' }, rung),
    'the wait is over': open({ reconnecting: 'done' }),
    'ringing was allowed': open(
      { phoning: 'attempting' },
      {
        ...rung,
        ringingAllowed: true,
      },
    ),
    'a guardian has answered': open(
      { phoning: 'attempting' },
      {
        ...rung,
        hasGuardianAnswered: true,
      },
    ),
  };
  const cells = {
    ...Object.fromEntries(
      ['wait', 'attempt', 'phoning', 'other'].map((name) => [`due: ${name}`, passed(name)]),
    ),
    'due: attempt, where ringing is blocked': passed('attempt', unsafe),
    'reconnecting ended in silence': heard('reconnecting.ended', {}, { outcome: 'silence' }),
    'reconnecting ended in silence, where ringing is blocked': heard('reconnecting.ended', unsafe, {
      outcome: 'silence',
    }),
    'reconnecting was stopped': heard('reconnecting.ended', {}, { outcome: 'stopped' }),
    'no answer': recorded('noAnswer', 1),
    'no answer to the third': recorded('noAnswer', 3),
    'no answer, where ringing is blocked': recorded('noAnswer', 1, { now: unsafe }),
    'a guardian answered': recorded('guardianAnswered', 2),
    'a guardian answered, under the exception': recorded('guardianAnswered', 2, {
      now: { isGuardianException: true },
    }),
    'reached by name': recorded('reachedByName', 1),
    'reached by name, by a duty person': recorded('reachedByName', 2, { by: actor('duty-1') }),
    'phoning ended in silence': heard('phoning.ended', {}, { outcome: 'silence' }),
    'phoning was stopped': heard('phoning.ended', {}, { outcome: 'stopped' }),
    'ringing again is decided': heard('deciding.decided', {}, { outcome: 'ringClientAgain' }),
    'something else is decided': heard('deciding.decided', {}, { outcome: 'ringEmergencyServices' }),
    'a word against the evidence': heard('run.needsConfirmation'),
    'the client left': heard('run.clientLeft', {}, { outcome: 'left' }),
    'the client left, with risk': heard('run.clientLeft', risk, { outcome: 'left' }),
    'the client exited': heard('run.clientLeft', {}, { outcome: 'exited' }),
  };
  expect(decisionTable(runConcept, states, cells)).toMatchSnapshot();
});
