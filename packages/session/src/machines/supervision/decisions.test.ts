import type { Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor, deliver } from '../../testing/deliver.js';
import { ENDED_BY, isSupervised, OPENED_BY, PATHWAYS } from './pathways.js';
import { supervisionConcept } from './supervision.concept.js';
import { isReviewOwed, NO_RUN, type SupervisionContext, type Walked } from './walked.js';

const fresh = aChart(supervisionConcept, 'session');
const at = (value: string, context: Partial<SupervisionContext>): ChartState => ({
  value,
  context: { ...fresh.context, ...context },
});
const one = (id: string, pathway: Walked['pathway'], rest: Partial<Walked> = {}): Walked => ({
  id,
  pathway,
  openedAtMs: 100,
  endedAtMs: 500,
  outcome: 'settled',
  decision: { outcome: 'settled', by: 'p1', atMs: 500 },
  rationaleRef: 'n1',
  review: null,
  ...rest,
});
const review = { by: 'supervisor-1', atMs: 700, rationaleRef: 'n2' };
const decision = { outcome: 'ringClient', by: 'duty-1', atMs: 400 };
const reached = { ...NO_RUN, isReached: true };
const openedAtMs = { run: 200, crisis: 300 };

const heard = (type: string, rest: Partial<Emitted> = {}): Cell['message'] => ({
  type: type as Emitted['type'],
  rules: [],
  subject: null,
  ...rest,
});
const run = { subject: { kind: 'run', id: 'c1.r1' } } as const;
const nobody = { by: { person: null, role: null, source: 'server', device: null } } as const;

const happened: Readonly<Record<string, Cell>> = {
  'a run opens': { message: heard('run.opened', run) },
  'a no-show opens': { message: heard('run.opened', { ...run, outcome: 'noShow' }) },
  'a crisis opens': { message: heard('crisis.opened') },
  'privacy is broken': { message: heard('privacy.compromised') },
  'safeguarding opens': { message: heard('safeguarding.opened') },
  'phoning opens': { message: heard('phoning.opened', run) },
  'deciding opens': { message: heard('deciding.opened', run) },
  'carrying it out is due': { message: heard('deciding.actDue', run) },
  'help was arranged': { message: heard('deciding.acted', { ...run, outcome: 'reached' }) },
  'a word is missing': { message: heard('run.wordMissing', run) },
  'a person decides': {
    message: heard('deciding.decided', { ...run, outcome: 'notNow' }),
    by: actor('duty-1'),
  },
  'a person decides, without a code': { message: heard('deciding.decided', run) },
  'the run ends together': {
    message: heard('run.ended', { ...run, outcome: 'together', details: { owner: 'duty-2' } }),
    ...nobody,
  },
  'the run ends by a disposition': {
    message: heard('run.ended', { ...run, outcome: 'safeByReport', details: { rationaleRef: 'n3' } }),
    by: actor('duty-1'),
  },
  'the run ends, nobody says which': { message: heard('run.ended', { outcome: 'left' }), ...nobody },
  'the crisis ends': { message: heard('crisis.resolved', { outcome: 'helpOnScene' }) },
  'the crisis ends with its reasons': {
    message: heard('crisis.resolved', { outcome: 'clientSafe', details: { rationaleRef: 'n3' } }),
  },
  'the crisis ends, its reasons are no reference': {
    message: heard('crisis.resolved', { outcome: 'clientSafe', details: { rationaleRef: 7 } }),
  },
  'the crisis ends without a code, by nobody': { message: heard('crisis.resolved'), ...nobody },
  'the crisis ends, with an owner of its own': {
    message: heard('crisis.resolved', { outcome: 'handedOver', details: { owner: 'duty-2' } }),
  },
  'privacy is settled': { message: heard('privacy.resolved', { outcome: 'falseAlarm' }) },
  'safeguarding is settled': { message: heard('safeguarding.settled', { outcome: 'noFurtherAction' }) },
  'an alternative is owed': { message: heard('alternative.owed', { outcome: 'noRealisticAccess' }) },
  'the session ends early': { message: heard('session.ending', { outcome: 'early' }) },
  'the session ends': { message: heard('session.ending') },
  'the session is called off': { message: heard('session.ending', { outcome: 'cancelled' }) },
  'anything else': { message: heard('closing.disposed') },
};

const only = (wanted: RegExp) =>
  Object.fromEntries(Object.entries(happened).filter(([name]) => wanted.test(name)));

test('[F2][F3][F9][F10][A20] what is kept of each pathway that opens and ends', () => {
  const states = { 'nothing walked': fresh, 'a run and a crisis are open': at('clear', { openedAtMs }) };
  expect(decisionTable(supervisionConcept, states, happened)).toMatchSnapshot();
});

test('[F2][F3][N2] a run counts from where a person had to act, with the last decision in it', () => {
  const states = {
    'a person has to act': at('clear', { openedAtMs, run: reached }),
    'a person decided': at('clear', { openedAtMs, run: { ...reached, decision } }),
    'a person decided, and had not to act': at('clear', { openedAtMs, run: { ...NO_RUN, decision } }),
    'a person has to act in a no-show': at('clear', { openedAtMs, run: { ...reached, isNoShow: true } }),
  };
  expect(decisionTable(supervisionConcept, states, only(/run|no-show|decid|phoning/u))).toMatchSnapshot();
});

test('[F3][F10] what ends after others did stands behind them, counted by its own kind', () => {
  const some = [one('crisis1', 'crisis'), one('c1.r0', 'run'), one('crisis2', 'crisis', { review })];
  const states = {
    'some of it is owed': at('owed', { walked: some }),
    'all of it was looked back at': at('clear', { walked: [one('notSuitable1', 'notSuitable')] }),
  };
  const cells = only(/crisis ends$|privacy is settled|alternative|session/u);
  expect(decisionTable(supervisionConcept, states, cells)).toMatchSnapshot();
});

const settle = (pathway: string): Command => ({ type: 'supervision.settle', pathway, rationaleRef: 'n9' });
const give = (pathway: string): Command => ({ type: 'closing.giveRationale', pathway, rationaleRef: 'n9' });
const undecided = one('c1.r1', 'run', { decision: null, outcome: 'together', rationaleRef: null });
const nothingKnown = one('c1.r2', 'run', { decision: null, outcome: null, rationaleRef: null });
const walked = [
  one('crisis1', 'crisis', { rationaleRef: null }),
  undecided,
  nothingKnown,
  one('notSuitable1', 'notSuitable', { rationaleRef: null }),
];

test('[F2][F3][F9] what is given and settled, by whom, and when all of it was looked back at', () => {
  const states = {
    'nothing walked': fresh,
    'all of it is owed': at('owed', { walked }),
    'one review is owed': at('owed', {
      walked: [one('crisis1', 'crisis'), one('privacy1', 'privacy', { review })],
    }),
    'all of it was looked back at': at('clear', {
      walked: [
        one('crisis1', 'crisis', { review }),
        one('endedEarly1', 'endedEarly', { rationaleRef: null }),
      ],
    }),
  };
  const ids = ['crisis1', 'c1.r1', 'c1.r2', 'notSuitable1', 'privacy1', 'endedEarly1', 'unheardOf'];
  const cells = Object.fromEntries(
    ids.flatMap((id): [string, Cell][] => [
      [`${id} is looked back at by a supervisor`, { message: settle(id), by: actor('supervisor-1') }],
      [`the reasons of ${id} are given by a duty person`, { message: give(id), by: actor('duty-1') }],
    ]),
  );
  const others: Readonly<Record<string, Cell>> = {
    'looked back at by the practitioner': { message: settle('crisis1') },
    'looked back at by nobody': { message: settle('crisis1'), ...nobody },
  };
  expect(decisionTable(supervisionConcept, states, { ...cells, ...others })).toMatchSnapshot();
});

test('[F2][F3][F9] what is recorded names the pathway that it is about', () => {
  const subjects = (chart: ChartState, message: Cell['message']) =>
    deliver(supervisionConcept, chart, message, { by: actor('supervisor-1') }).emitted.map(
      ({ type, subject }) => [type, subject?.kind, subject?.id],
    );
  const owed = at('owed', { walked });
  expect(subjects(owed, settle('c1.r1'))).toEqual([['supervision.settled', 'pathway', 'c1.r1']]);
  expect(subjects(owed, give('crisis1'))).toEqual([['pathway.rationaleGiven', 'pathway', 'crisis1']]);
  expect(subjects(owed, heard('privacy.resolved'))).toEqual([
    ['pathway.ended', 'pathway', 'privacy1'],
    ['supervision.opened', 'pathway', 'privacy1'],
  ]);
  const second = [...walked, one('privacy1', 'privacy')];
  expect(subjects(at('owed', { walked: second }), heard('privacy.resolved'))[0]?.[2]).toBe('privacy2');
  expect(subjects(fresh, heard('alternative.owed'))).toEqual([['pathway.ended', 'pathway', 'notSuitable1']]);
  expect(subjects(at('clear', { run: reached }), heard('run.ended'))[0]?.[2]).toBe('run1');
});

test('[F3][F10] which pathways there are, by which events, and of which a supervision is owed', () => {
  expect(fresh).toEqual({
    value: 'clear',
    context: {
      walked: [],
      openedAtMs: {},
      run: { isReached: false, isNoShow: false, decision: null },
      deadlines: {},
    },
  });
  expect(supervisionConcept.startsWith({} as never)).toEqual(['session']);
  const supervised = ['run', 'noShow', 'crisis', 'privacy', 'safeguarding'];
  expect(PATHWAYS).toEqual([...supervised, 'notSuitable', 'endedEarly']);
  expect(PATHWAYS.filter(isSupervised)).toEqual(supervised);
  for (const pathway of PATHWAYS) {
    expect(isReviewOwed(one('x', pathway)), pathway).toBe(supervised.includes(pathway));
    expect(isReviewOwed(one('x', pathway, { review })), pathway).toBe(false);
  }
  expect(OPENED_BY).toEqual({
    'run.opened': 'run',
    'crisis.opened': 'crisis',
    'privacy.compromised': 'privacy',
    'safeguarding.opened': 'safeguarding',
  });
  expect(ENDED_BY).toEqual({
    'run.ended': 'run',
    'crisis.resolved': 'crisis',
    'privacy.resolved': 'privacy',
    'safeguarding.settled': 'safeguarding',
    'alternative.owed': 'notSuitable',
    'session.ending': 'endedEarly',
  });
  const concerns = (type: string): boolean =>
    supervisionConcept.concerns({ type } as never, {} as never).length === 1;
  const heardOf = [...Object.keys(OPENED_BY), ...Object.keys(ENDED_BY)];
  const others = [
    'phoning.opened',
    'deciding.opened',
    'deciding.actDue',
    'deciding.acted',
    'deciding.decided',
    'run.wordMissing',
  ];
  const said = ['closing.giveRationale', 'supervision.settle'];
  expect([...heardOf, ...others, ...said].every(concerns)).toBe(true);
  expect(['', 'session.closed', 'run.taken', 'closing.disposed'].some(concerns)).toBe(false);
});
