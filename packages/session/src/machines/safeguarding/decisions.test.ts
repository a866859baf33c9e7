import {
  ConsentSought,
  NoPlanReason,
  SafeguardingEnd,
  SafeguardingSubject,
  SafeguardingThreshold,
} from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor, calm, deliver } from '../../testing/deliver.js';
import { safeguardingConcept } from './safeguarding.concept.js';
import type { SafeguardingContext, SafeguardingParts } from './safeguarding-state.js';

const client = 'c1';
const none = aChart(safeguardingConcept, client);
const at = (value: ChartState['value'], context: Partial<SafeguardingContext> = {}): ChartState => ({
  value,
  context: { ...none.context, ...context },
});
const opened = { count: 1, about: 'adult', openedAtMs: 500, openedBy: 'p1' } as const;
const open = (parts: Partial<SafeguardingParts> = {}, context: Partial<SafeguardingContext> = {}) =>
  at(
    { open: { decision: 'undecided', notified: 'notYet', contactPlan: 'none', followUp: 'none', ...parts } },
    { ...opened, ...context },
  );
const decision: Partial<SafeguardingContext> = {
  ...({ threshold: 'yes', consentSought: 'refused' } as const),
  decidedBy: 'p1',
  rationaleRef: 'note-1',
};
const full: Partial<SafeguardingContext> = {
  ...opened,
  ...decision,
  lead: 'safeguarding-1',
  planRef: 'a-1',
  end: 'referralMade',
};
const on = { isGuardianException: true, exceptionRef: 'note-8' } as const;

const heard = (type: Emitted['type'], rest: Partial<Emitted> = {}): Cell => ({
  message: { type, rules: [], subject: null, ...rest },
});
const opens = (about: SafeguardingSubject): Cell['message'] => ({ type: 'safeguarding.open', client, about });
const decides = (threshold: SafeguardingThreshold, consentSought: ConsentSought): Cell['message'] => ({
  type: 'safeguarding.decide',
  client,
  threshold,
  consentSought,
  rationaleRef: 'note-7',
});
const settle = (reason: SafeguardingEnd): Cell['message'] => ({
  type: 'safeguarding.settle',
  client,
  reason,
});
const plan = { type: 'safeguarding.setContactPlan', client } as const;

test('[S1][S2][S5][S6] what each state does with what a person says of the concern', () => {
  const states: Readonly<Record<string, ChartState>> = {
    none,
    open: open(),
    'open and decided, with a plan': open(
      { decision: 'decided', contactPlan: 'set', notified: 'told' },
      { ...decision, planRef: 'a-1' },
    ),
    'open, and no plan is needed': open(
      { decision: 'decided', contactPlan: 'notNeeded', notified: 'accepted' },
      { ...decision, planBecause: 'contactIsSafe', lead: 'safeguarding-1' },
    ),
    settled: at('settled', full),
  };
  const owing = { now: { safeguardingOwed: ['decision'] } } as const;
  const cells: Readonly<Record<string, Cell>> = {
    ...Object.fromEntries(
      SafeguardingSubject.options.map((about) => [`opened, about: ${about}`, { message: opens(about) }]),
    ),
    'opened by the lead': { message: opens('adult'), by: actor('safeguarding-1') },
    ...Object.fromEntries(
      SafeguardingThreshold.options.map((one) => [`the threshold: ${one}`, { message: decides(one, 'yes') }]),
    ),
    ...Object.fromEntries(
      ConsentSought.options.map((one) => [`consent: ${one}`, { message: decides('yes', one) }]),
    ),
    'decided by a duty person': { message: decides('no', 'notNeeded'), by: actor('duty-1') },
    'a plan': { message: { ...plan, plan: 'set', answerRef: 'a-2' } },
    'a plan with a reason': {
      message: { ...plan, plan: 'set', answerRef: 'a-2', because: 'clientDeclined' },
    },
    ...Object.fromEntries(
      NoPlanReason.options.map((because) => [
        `no plan: ${because}`,
        { message: { ...plan, plan: 'notNeeded', because, answerRef: 'a-3' } as const },
      ]),
    ),
    'no plan, without a reason': { message: { ...plan, plan: 'notNeeded' } },
    ...Object.fromEntries(
      SafeguardingEnd.options.map((reason) => [`settled: ${reason}`, { message: settle(reason) }]),
    ),
    'settled by the lead': { message: settle('noFurtherAction'), by: actor('safeguarding-1') },
    'settled while something is owed': { message: settle('noFurtherAction'), ...owing },
    'handed over while something is owed': { message: settle('handedToLead'), ...owing },
  };
  expect(decisionTable(safeguardingConcept, states, cells)).toMatchSnapshot();
});

test('[S5] a plan for safe contact without words is refused, and none is set', () => {
  const refused = deliver(safeguardingConcept, open(), {
    type: 'safeguarding.setContactPlan',
    client,
    plan: 'set',
  });
  expect(refused.refused?.code).toBe('bad-answer');
  expect(refused.chart).toMatchObject({ value: { open: { contactPlan: 'none' } } });
});

test('[S5] a plan that is set again without new words keeps the words that it has', () => {
  const had = open({ contactPlan: 'set' }, { planRef: 'a-1', planBecause: 'clientDeclined' });
  const again = deliver(safeguardingConcept, had, { ...plan, plan: 'set' });
  expect(again.chart.context).toMatchObject({ planRef: 'a-1', planBecause: null });
  expect(again.chart.value).toMatchObject({ open: { contactPlan: 'set' } });
});

test('[S3][S4][S6] what each state does until somebody answers for the lead', () => {
  const mine = { about: 'c1.safeguarding1', person: 'safeguarding-1' } as const;
  const states: Readonly<Record<string, ChartState>> = {
    none,
    'not yet': open(),
    offered: open({ notified: 'offered' }),
    acknowledged: open({ notified: 'acknowledged' }, { lead: 'safeguarding-1' }),
    accepted: open({ notified: 'accepted' }, { lead: 'duty-1' }),
    told: open({ notified: 'told' }),
    'a referral is to be written': open({ followUp: 'set' }),
    settled: at('settled', full),
  };
  const cells: Readonly<Record<string, Cell>> = {
    'alert the lead': { message: { type: 'safeguarding.notifyLead', client, way: 'alert' } },
    'told in person': { message: { type: 'safeguarding.notifyLead', client, way: 'inPerson' } },
    'told in person by a duty person': {
      message: { type: 'safeguarding.notifyLead', client, way: 'inPerson' },
      by: actor('duty-1'),
    },
    'it is seen': heard('alert.acknowledged', { details: mine }),
    'it is seen by the next in line': heard('alert.acknowledged', { details: { ...mine, person: 'duty-1' } }),
    'something else is seen': heard('alert.acknowledged', { details: { ...mine, about: 'c1.r1' } }),
    'something is seen, it is not said what': heard('alert.acknowledged'),
    'something is seen, with nothing beside it': {
      message: { type: 'alert.acknowledged', rules: [], subject: null, details: undefined } as never,
    },
    'it is taken': heard('alert.accepted', { details: mine }),
    'it is taken by the next in line': heard('alert.accepted', { details: { ...mine, person: 'duty-1' } }),
    'it is taken, it is not said by whom': heard('alert.accepted', { details: { about: mine.about } }),
    'an older one is taken': heard('alert.accepted', { details: { ...mine, about: 'c1.safeguarding0' } }),
    'a referral in writing': heard('followUp.opened', { outcome: 'safeguardingReferral' }),
    'another follow-up': heard('followUp.opened', { outcome: 'runOutcome' }),
    'handed to the lead': { message: settle('handedToLead') },
    'no further action': { message: settle('noFurtherAction') },
  };
  expect(decisionTable(safeguardingConcept, states, cells)).toMatchSnapshot();
});

test('[S7][S8][I14] what each state does with the guardian exception and the list of help', () => {
  const states: Readonly<Record<string, ChartState>> = {
    none,
    'none, with the exception': at('none', on),
    open: open(),
    'open, with the exception': open({}, on),
    settled: at('settled', full),
    'settled, with the exception': at('settled', { ...full, ...on }),
  };
  const sets = (isOn: boolean): Cell['message'] => ({
    type: 'safeguarding.setGuardianException',
    client,
    isOn,
    rationaleRef: 'note-9',
  });
  const sends = (channel: 'backUpChannel' | 'safeContact', now: Cell['now'] = {}): Cell => ({
    message: { type: 'safeguarding.sendReferrals', client, channel },
    now: { referrals: ['helpline', 'refuge'], safeChannels: ['backUpChannel'], ...now },
  });
  const blocked = (what: 'hasExited' | 'isPrivacyCompromised') =>
    sends('backUpChannel', { precedence: { ...calm.precedence, [what]: true } });
  const cells: Readonly<Record<string, Cell>> = {
    'the exception on': { message: sets(true) },
    'the exception off': { message: sets(false) },
    'the exception on, says a duty person': { message: sets(true), by: actor('duty-1') },
    'the guardian is not safe to ask': heard('item.answered', { outcome: 'notSafe' }),
    'the list by a safe channel': sends('backUpChannel'),
    'the list by a safe channel, says a duty person': { ...sends('backUpChannel'), by: actor('duty-1') },
    'the list by a channel that is not safe': sends('safeContact'),
    'the list by safe contact': sends('safeContact', { safeChannels: ['safeContact'] }),
    'the list after a quick exit': blocked('hasExited'),
    'the list while privacy is broken': blocked('isPrivacyCompromised'),
    'a list that is empty': sends('backUpChannel', { referrals: [] }),
    'opened again': { message: opens('child') },
  };
  expect(decisionTable(safeguardingConcept, states, cells)).toMatchSnapshot();
});

test('[S3] the alert is about this concern, for its cause; every event is about the client', () => {
  const notify = { type: 'safeguarding.notifyLead', client, way: 'alert' } as const;
  expect(deliver(safeguardingConcept, open({}, { count: 3 }), notify).emitted).toMatchObject([
    {
      subject: { kind: 'client', id: client },
      alert: { cause: 'safeguarding', client, about: 'c1.safeguarding3' },
    },
  ]);
});

test('[S6] what is owed is named to whoever would settle it', () => {
  const missing = ['decision', 'lead', 'contactPlan'] as const;
  const said = deliver(safeguardingConcept, open(), settle('handedToLead'), {
    now: { safeguardingOwed: missing },
  });
  expect(said.refused).toEqual({ type: 'refused', code: 'pathway-open', missing });
});

test('[S1] at the beginning there is none, and nothing is set', () => {
  expect(none).toEqual({
    value: 'none',
    context: {
      client,
      count: 0,
      about: null,
      openedAtMs: null,
      openedBy: null,
      threshold: null,
      consentSought: null,
      decidedBy: null,
      rationaleRef: null,
      lead: null,
      planRef: null,
      planBecause: null,
      end: null,
      isGuardianException: false,
      exceptionRef: null,
      deadlines: {},
    },
  });
});
