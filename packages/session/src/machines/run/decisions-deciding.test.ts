import type { Command, Decision, Id } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Circumstances, Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { anOpenRun, planned } from '../../testing/a-run.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { actor, calm } from '../../testing/deliver.js';
import { runConcept } from './run.concept.js';
import { mayStandDown } from './run-guards.js';
import type { RunContext, RunParts } from './run-state.js';

const client = 'c1';
const run = 'c1.r2';
const open = (parts: Partial<RunParts>, context: Partial<RunContext> = {}): ChartState =>
  anOpenRun(parts, { helpers: ['duty-1'], openedAtMs: 0, lastContactMs: 0, hasPhoned: true, ...context });
const deadlines = { decide: 120_000, act: 130_000, lookAgain: 140_000, word: 150_000, wait: 300_000 };
const acting = (decision: Decision, context: Partial<RunContext> = {}) =>
  open({ deciding: 'acting' }, { decision, deadlines, ...context });
const states = {
  idle: open({}),
  'idle, and back': open({}, { isBack: true }),
  undecided: open({ deciding: 'undecided' }, { deadlines }),
  'undecided, and back': open({ deciding: 'undecided' }, { isBack: true, deadlines }),
  'undecided, and together': open({ deciding: 'undecided' }, { outcome: 'together', deadlines }),
  'acting outside': acting('ringEmergencyContact'),
  'ringing again': acting('ringClientAgain'),
  settling: open({ deciding: 'settling' }, { decision: 'ringEmergencyServices', deadlines }),
  waiting: open({ deciding: 'waiting' }, { decision: 'notNow', deadlines }),
} satisfies Readonly<Record<string, ChartState>>;

const risk = planned({ isRiskActive: true });
const unsafe = planned({ mayRing: false });
const said = (message: Command, rest: Partial<Cell> = {}): Cell => ({ message, ...rest });
const decide = (decision: Decision, rest: Partial<Cell> = {}, of: Id = run): Cell =>
  said({ type: 'ladder.decide', client, run: of, decision }, rest);
const notNow = (lookAgainAtMs: number, now: Partial<Circumstances> = {}): Cell =>
  said({ type: 'ladder.decide', client, run, decision: 'notNow', lookAgainAtMs }, { now });
const duty = { by: actor('duty-1') };

test('[L3][L9][L12][L17] what each state makes of a decision', () => {
  const cells = {
    'the contact': decide('ringEmergencyContact'),
    'the contact, who is not safe': decide('ringEmergencyContact', { now: { mayRingContact: false } }),
    'the services': decide('ringEmergencyServices'),
    'the services, though the contact is not safe': decide('ringEmergencyServices', {
      now: { mayRingContact: false },
    }),
    'the services, with risk': decide('ringEmergencyServices', { now: risk }),
    'the client': decide('ringClientAgain'),
    'the client, where ringing is blocked': decide('ringClientAgain', { now: unsafe }),
    'not now, without a time': decide('notNow'),
    'not now, at once': notNow(1000),
    'not now, in a moment': notNow(1001),
    'not now, for 300 s': notNow(301_000),
    'not now, for longer': notNow(301_001),
    'not now, for 60 s, with risk': notNow(61_000, risk),
    'not now, for longer, with risk': notNow(61_001, risk),
    'by somebody else': decide('ringEmergencyServices', duty),
    'of another run': decide('ringEmergencyServices', {}, 'c1.r1'),
  };
  const allowed = open({ deciding: 'undecided' }, { ringingAllowed: true, deadlines });
  expect(decisionTable(runConcept, { ...states, 'ringing was allowed': allowed }, cells)).toMatchSnapshot();
});

const act = (outcome: 'reached' | 'notReached' | 'notDone', rest: Partial<Cell> = {}, of: Id = run): Cell =>
  said({ type: 'ladder.recordAct', client, run: of, outcome }, rest);
const standDown = (rest: Partial<Cell> = {}, of: Id = run): Cell =>
  said({ type: 'ladder.standDown', client, run: of }, rest);

test('[L11][L13][L17][L18] what each state makes of what was done, and of standing down', () => {
  const cells = {
    ...Object.fromEntries(
      (['reached', 'notReached', 'notDone'] as const).map((outcome) => [outcome, act(outcome)]),
    ),
    'reached, by a helper': act('reached', duty),
    'reached, by a stranger': act('reached', { by: actor('duty-2') }),
    'not reached, by a stranger': act('notReached', { by: actor('duty-2') }),
    'reached in an earlier run': act('reached', {}, 'c1.r1'),
    'reached in a run that never was': act('reached', {}, 'c1.r3'),
    'stood down': standDown(),
    'stood down while the client is apart': standDown({ now: { contact: 'apart' } }),
    'stood down while the client left': standDown({ now: { contact: 'apart', clientPresence: 'left' } }),
    'stood down by somebody else': standDown(duty),
    'stood down, of another run': standDown({}, 'c1.r1'),
  };
  const byPhone = open({ deciding: 'undecided' }, { isBack: true, outcome: 'byPhone', deadlines });
  expect(decisionTable(runConcept, { ...states, 'by phone': byPhone }, cells)).toMatchSnapshot();
});

const heard = (
  type: Emitted['type'],
  rest: Partial<Emitted> = {},
  now: Partial<Circumstances> = {},
): Cell => ({
  message: { type, rules: [], subject: null, ...rest },
  now,
});
const passed = (deadline: string, now: Partial<Circumstances> = {}): Cell => ({
  message: { type: 'deadline.passed', deadline, dueAtMs: 1000 },
  now,
});

test('[L6][L10][L11][L12][L14][L15][L17] what each state makes of time, of a call and of a new owner', () => {
  const clockless = (deciding: RunParts['deciding']) => open({ deciding }, { deadlines: {} });
  const more = {
    ...states,
    'undecided, without a clock': clockless('undecided'),
    'acting, without a clock': clockless('acting'),
    'settling, without a clock': clockless('settling'),
    'waiting, without a clock': clockless('waiting'),
    'the word is awaited': open({ word: 'awaited' }, { isBack: true, deadlines }),
    'the word is awaited, without a clock': open({ word: 'awaited' }, { isBack: true, deadlines: {} }),
  };
  const cells = {
    ...Object.fromEntries(
      ['decide', 'act', 'lookAgain', 'word', 'other'].map((name) => [`due: ${name}`, passed(name)]),
    ),
    'due with risk: lookAgain': passed('lookAgain', risk),
    'a new owner': heard('run.ownerChanged', { details: { wasExhausted: false } }),
    'a new owner, with risk': heard('run.ownerChanged', { details: { wasExhausted: false } }, risk),
    'a new owner, as nobody had answered': heard('run.ownerChanged', { details: { wasExhausted: true } }),
    'no answer': heard('phoning.recorded', { outcome: 'noAnswer', details: { attempt: 9 } }),
    'phoning ended by a name': heard('phoning.ended', { outcome: 'reachedByName' }),
    'phoning ended in silence': heard('phoning.ended', { outcome: 'silence' }),
    'the decision was stood down': heard('deciding.stoodDown'),
  };
  expect(decisionTable(runConcept, more, cells)).toMatchSnapshot();
});

const confirm = (rest: Partial<Cell> = {}, of: Id = run): Cell =>
  said({ type: 'ladder.confirmTogether', client, run: of }, rest);

test('[L14][L18] what each state makes of a word that they are together', () => {
  const more = {
    idle: states['idle'],
    'idle, and back': states['idle, and back'],
    'a decision is open': states['undecided'],
    'somebody rings': open({ phoning: 'attempting' }, { deadlines: { attempt: 6e4 } }),
    'the word is awaited': open(
      { word: 'awaited' },
      {
        isBack: true,
        deadlines,
      },
    ),
    'the word is awaited, and a decision is open': open(
      {
        word: 'awaited',
        deciding: 'undecided',
      },
      {
        isBack: true,
        deadlines,
      },
    ),
  };
  const cells = {
    'the word': confirm(),
    'the word, with risk': confirm({ now: risk }),
    'the word while contact comes back': confirm({ now: { contact: 'returning' } }),
    'the word of a helper': confirm(duty),
    'the word of a stranger': confirm({ by: actor('duty-2') }),
    'the word about an earlier run': confirm({}, 'c1.r1'),
    'the word about a run that never was': confirm({}, 'c1.r0'),
  };
  expect(decisionTable(runConcept, more, cells)).toMatchSnapshot();
});

test('[L13][H12] who is back, or went on purpose, can be stood down; who is lost cannot', () => {
  const may = (context: Partial<RunContext>, now: Partial<Circumstances> = {}) =>
    mayStandDown({ ...(open({}).context as unknown as RunContext), ...context }, { ...calm, ...now });
  const apart = { contact: 'apart' } as const;
  expect(may({})).toBe(false);
  expect(may({ isBack: true })).toBe(true);
  expect(may({ outcome: 'left' })).toBe(true);
  expect(may({}, apart)).toBe(false);
  for (const clientPresence of ['left', 'exited']) {
    expect(may({}, { ...apart, clientPresence })).toBe(true);
    expect(may({}, { clientPresence })).toBe(false);
  }
  for (const stage of ['gathering', 'settingUp', 'live']) expect(may({}, { ...apart, stage })).toBe(false);
  expect(may({}, { ...apart, stage: 'closing' })).toBe(true);
  for (const cause of ['exit', 'leftAtRisk'] as const) {
    expect(may({ cause }, apart)).toBe(true);
    for (const contact of ['lost', 'returning', 'notYet']) expect(may({ cause }, { contact })).toBe(false);
  }
  for (const cause of ['noShow', 'vanishedWaiting', 'callCut'] as const)
    expect(may({ cause }, apart)).toBe(false);
});
