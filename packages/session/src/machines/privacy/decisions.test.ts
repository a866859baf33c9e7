import { referencePolicy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor, deliver } from '../../testing/deliver.js';
import { privacyConcept } from './privacy.concept.js';
import { privacyId, type PrivacyContext } from './privacy.machine.js';

const client = 'c1';
const { privacyActMs } = referencePolicy.durations;
const begun = aChart(privacyConcept, client);
const at = (value: ChartState['value'], context: Partial<PrivacyContext> = {}): ChartState => ({
  value,
  context: { ...begun.context, ...context },
});
const opened: Partial<PrivacyContext> = {
  count: 2,
  waits: 2,
  openedAtMs: 500,
  openedBy: 'p1',
  deadlines: { act: 9000 },
};
const during = (step: string, context: Partial<PrivacyContext> = {}) =>
  at({ compromised: step }, { ...opened, ...context });
const agreed = { safeContactRef: 'a-1', safeContactAtMs: 100 } as const;
const over = { ...opened, deadlines: {}, outcome: 'endedNeutrally' } as const;

const heard = (type: Emitted['type'], details?: Emitted['details']): Cell['message'] => ({
  type,
  rules: [],
  subject: null,
  ...(details === undefined ? {} : { details }),
});
const goOver = (to: 'backUpChannel' | 'safeContact'): Cell['message'] => ({
  type: 'privacy.switchChannel',
  client,
  to,
});
const settle = (
  outcome: 'privateAgain' | 'falseAlarm' | 'otherChannel' | 'endedNeutrally',
  isFreeToSpeak = false,
): Cell => ({ message: { type: 'privacy.resolve', client, outcome, isFreeToSpeak } });
const wording = referencePolicy.texts.neutralEnding;

test('[Q5][Q6][Q7][Q9][Q10][Q11] what each state does with each command', () => {
  const states: Readonly<Record<string, ChartState>> = {
    'private from the beginning': begun,
    'private again': at('private', { ...over, ...agreed, to: 'backUpChannel', isLeadAlerted: true }),
    'broken, and stopped': during('paused'),
    'broken, with a safe contact': during('paused', agreed),
    'broken, and the lead was alerted': during('paused', { isLeadAlerted: true }),
    'asking again': during('recontracting'),
    'going over': during('switchingChannel', { to: 'backUpChannel' }),
    'ending neutrally': during('endingNeutrally'),
    ended: at('ended', over),
    'ended, and the lead was alerted': at('ended', { ...over, isLeadAlerted: true, to: 'safeContact' }),
  };
  const cells: Readonly<Record<string, Cell>> = {
    'broken, says the practitioner': { message: { type: 'privacy.open', client } },
    'broken, says a duty person': { message: { type: 'privacy.open', client }, by: actor('duty-1') },
    stop: { message: { type: 'privacy.pause', client } },
    'ask again': { message: { type: 'privacy.recontract', client } },
    'go over to the back-up channel': { message: goOver('backUpChannel') },
    'go over to a back-up channel that is not safe': {
      message: goOver('backUpChannel'),
      now: { isBackUpSafe: false },
    },
    'go over to the safe contact': { message: goOver('safeContact') },
    'end with the policy’s words': { message: { type: 'privacy.endNeutrally', client, wording } },
    'end with other words': { message: { type: 'privacy.endNeutrally', client, wording: 'mine' } },
    'private again, and free to speak': settle('privateAgain', true),
    'private again without the yes': settle('privateAgain'),
    'a false alarm': settle('falseAlarm'),
    'a false alarm, and free to speak': settle('falseAlarm', true),
    'gone over': settle('otherChannel'),
    'ended neutrally': settle('endedNeutrally'),
    'alert the lead': { message: { type: 'privacy.alertLead', client } },
    'a safe contact': { message: { type: 'privacy.setSafeContact', client, answerRef: 'a-2' } },
    'a safe contact without words': { message: { type: 'privacy.setSafeContact', client } },
  };
  expect(decisionTable(privacyConcept, states, cells)).toMatchSnapshot();
});

test('[Q8][A1][A6] what each state does when nobody acts, goes, or takes it', () => {
  const newest = { about: 'c1.privacy2.w2', cause: 'privacySilent' } as const;
  const states: Readonly<Record<string, ChartState>> = {
    private: at('private', over),
    'the time runs': during('paused'),
    'the time is over': during('paused', { deadlines: {} }),
    'the time is over while asking': during('recontracting', { deadlines: {} }),
    ended: at('ended', over),
  };
  const cells: Readonly<Record<string, Cell>> = {
    'no step in time': { message: { type: 'deadline.passed', deadline: 'act', dueAtMs: 1000 } },
    'they are gone': { message: heard('person.gone') },
    'they left': { message: heard('person.left') },
    'they went at once': { message: heard('person.exited') },
    taken: { message: heard('alert.accepted', newest) },
    'taken, of the step before': { message: heard('alert.accepted', { ...newest, about: 'c1.privacy2.w1' }) },
    'taken, of the privacy before': {
      message: heard('alert.accepted', { ...newest, about: 'c1.privacy1.w2' }),
    },
    'taken for another cause': { message: heard('alert.accepted', { ...newest, cause: 'privacy' }) },
    'taken, it is not said what': { message: heard('alert.accepted') },
  };
  expect(decisionTable(privacyConcept, states, cells)).toMatchSnapshot();
});

test('[Q11] at the beginning nothing was said: the neutral words are those of the policy', () => {
  expect(begun).toEqual({
    value: 'private',
    context: {
      client,
      count: 0,
      waits: 0,
      openedAtMs: null,
      openedBy: null,
      to: null,
      isLeadAlerted: false,
      outcome: null,
      wording,
      safeContactRef: null,
      safeContactAtMs: null,
      deadlines: {},
    },
  });
  expect(privacyId({ client: 'c7', count: 3 })).toBe('c7.privacy3');
});

test('[Q8][Q10] whom an event asks to be alerted, about what and for which cause', () => {
  const said = (chart: ChartState, message: Cell['message']) =>
    deliver(privacyConcept, chart, message).emitted;
  const subject = { kind: 'client', id: client };
  const silent = { cause: 'privacySilent', client, about: 'c1.privacy2.w2' };
  const passed = { type: 'deadline.passed', deadline: 'act', dueAtMs: 1000 } as const;
  expect(said(during('paused', { deadlines: {} }), passed)).toMatchObject([{ subject, alert: silent }]);
  expect(said(during('paused'), heard('person.gone'))).toMatchObject([{ subject, alert: silent }]);
  const alertLead = { type: 'privacy.alertLead', client } as const;
  expect(said(during('paused'), alertLead)).toMatchObject([
    { subject, alert: { cause: 'privacy', client, about: 'c1.privacy2' } },
  ]);
  expect(said(during('paused', { isLeadAlerted: true }), alertLead)[0]).not.toHaveProperty('alert');
  expect(said(begun, { type: 'privacy.open', client })[0]).not.toHaveProperty('alert');
});

test('[Q8] each step gives the whole time anew, from the instant at which it was said', () => {
  const again = deliver(
    privacyConcept,
    during('paused'),
    { type: 'privacy.recontract', client },
    { atMs: 7000 },
  );
  expect(again.chart.context).toMatchObject({ waits: 3, deadlines: { act: 7000 + privacyActMs } });
});
