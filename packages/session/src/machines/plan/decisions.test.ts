import {
  PLAN_GROUPS,
  PLAN_REVIEWS,
  PlanPutOffReason,
  PlanReason,
  SESSION_TYPES,
  type Command,
  type PlanReview,
} from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, deliver } from '../../testing/deliver.js';
import { planConcept } from './plan.concept.js';
import { aWalk } from '../../testing/a-session.js';
import type { PlanContext, ReviewRecord } from './plan-state.js';

const client = 'c1';
const begun = aChart(planConcept, client);
const at = (value: string, context: Partial<PlanContext> = {}): ChartState => ({
  value,
  context: { ...begun.context, ...context },
});
const done: ReviewRecord = { outcome: 'reviewed', reason: null };
const skipped: ReviewRecord = { outcome: 'notDone', reason: 'notNow' };
const [coping, routes, permissions] = PLAN_REVIEWS;
const raised = { prompt: null, because: 'presentation', raisedAtMs: 500 } as const;
const due = (reviews: PlanContext['reviews'], rest: Partial<PlanContext> = {}) =>
  at('due', { ...raised, reviews, ...rest });
const all = { [coping]: done, [routes]: done, [permissions]: skipped };

const review = (
  one: PlanReview,
  outcome: 'reviewed' | 'notDone',
  reason?: Extract<Command, { type: 'plan.review' }>['reason'],
): Cell['message'] => ({
  type: 'plan.review',
  client,
  review: one,
  outcome,
  ...(reason === undefined ? {} : { reason }),
});
const heard = (type: Emitted['type']): Cell => ({ message: { type, rules: [], subject: null } });
const flags = (isThere: boolean) =>
  ({
    triggers: isThere,
    copingAndSupports: isThere,
    providerResponse: isThere,
    emergencyProtocol: isThere,
  }) as const;

test.each(SESSION_TYPES)('[I25][B01] %s: a plan is for whom a client is cared for in', (type) => {
  const { session } = aWalk({ appointment: { type } });
  const withClient = ['therapy', 'assessment', 'practiceRoom'].includes(type);
  expect(planConcept.startsWith(session)).toEqual(withClient ? ['c1'] : []);
});

test('[I25][I26][I27] what each state does with what is asked for, reviewed and put off', () => {
  const states: Readonly<Record<string, ChartState>> = {
    'quiet, without a plan': begun,
    'quiet, and nothing prompts': at('quiet', { prompt: null, reviewedOn: '1970-01-01' }),
    'nothing is reviewed': due({}),
    'one is left after one that was done': due({ [coping]: done, [routes]: skipped }),
    'one is left after two that were not': due({ [coping]: skipped, [routes]: skipped }),
    'all were reviewed': at('reviewed', { ...raised, reviews: all, reviewedOn: '1970-01-01' }),
    'all were reviewed, and then something happened': at('reviewed', {
      ...raised,
      reviews: all,
      prompt: 'afterIncident',
    }),
  };
  const cells: Readonly<Record<string, Cell>> = {
    ...Object.fromEntries(
      PlanReason.options.map((because) => [
        `raised: ${because}`,
        { message: { type: 'plan.raise', client, because } as const },
      ]),
    ),
    ...Object.fromEntries(
      PlanPutOffReason.options.map((because) => [
        `put off: ${because}`,
        { message: { type: 'plan.putOff', client, because } as const },
      ]),
    ),
    ...Object.fromEntries(
      PLAN_REVIEWS.map((one) => [`reviewed: ${one}`, { message: review(one, 'reviewed') }]),
    ),
    'reviewed, with a reason': { message: review(permissions, 'reviewed', 'doneBefore') },
    ...Object.fromEntries(
      PLAN_REVIEWS.map((one) => [`not done: ${one}`, { message: review(one, 'notDone', 'crisis') }]),
    ),
    'not done, without a reason': { message: review(permissions, 'notDone') },
    'a crisis opens': heard('crisis.opened'),
    'a decision is due': heard('deciding.opened'),
  };
  expect(decisionTable(planConcept, states, cells)).toMatchSnapshot();
});

test('[I28][I29][I30][I31] what each state does with what is in the plan, and whose it is', () => {
  const states: Readonly<Record<string, ChartState>> = {
    quiet: begun,
    due: due({}, { content: flags(true), more: ['pets'], planRef: 'plan-1', copy: 'notGiven' }),
    reviewed: at('reviewed', { ...raised, reviews: all, template: 'ownTemplate' }),
  };
  const agrees = (tookPart: boolean, agreed: boolean, planRef?: string): Cell['message'] => ({
    type: 'plan.agree',
    client,
    flags: { tookPart, agreed },
    ...(planRef === undefined ? {} : { planRef }),
  });
  const copy = (way: 'safeChannel' | 'notGiven', isBackUpSafe: boolean): Cell => ({
    message: { type: 'plan.giveCopy', client, way },
    now: { isBackUpSafe },
  });
  const cells: Readonly<Record<string, Cell>> = {
    'it has all groups': { message: { type: 'plan.recordContent', client, flags: flags(true) } },
    'it has none, but more of its own': {
      message: { type: 'plan.recordContent', client, flags: flags(false), more: ['music', 'walks'] },
    },
    ...Object.fromEntries(
      PLAN_GROUPS.map((group) => [
        `it lacks ${group}`,
        {
          message: { type: 'plan.recordContent', client, flags: { ...flags(true), [group]: false } } as const,
        },
      ]),
    ),
    'took part and agreed': { message: agrees(true, true, 'plan-2') },
    'took part and did not agree': { message: agrees(true, false) },
    'agreed and did not take part': { message: agrees(false, true) },
    'a copy by the safe channel': copy('safeChannel', true),
    'a copy by a channel that is not safe': copy('safeChannel', false),
    'no copy': copy('notGiven', true),
    'no copy, where no channel is safe': copy('notGiven', false),
    'a template of the policy': { message: { type: 'plan.useTemplate', client, template: 'ownTemplate' } },
    'another template': { message: { type: 'plan.useTemplate', client, template: 'another' } },
  };
  expect(decisionTable(planConcept, states, cells)).toMatchSnapshot();
});

test('[I25] every event of a plan is about its client', () => {
  const said = deliver(planConcept, begun, { type: 'plan.raise', client, because: 'clientAsked' });
  expect(said.emitted).toMatchObject([{ subject: { kind: 'client', id: client } }]);
});

test('[I27] a review is dated by the day on which the last of the three was said', () => {
  const dated = (rest: { atMs: number; saidAtMs?: number }) =>
    deliver(
      planConcept,
      due({ [coping]: done, [routes]: skipped }),
      review(permissions, 'notDone', 'notNow'),
      rest,
    ).chart.context;
  const [eve, nextDay] = [Date.UTC(2026, 5, 2, 23, 59), Date.UTC(2026, 5, 3)];
  expect(dated({ atMs: eve })).toMatchObject({ reviewedOn: '2026-06-02' });
  expect(dated({ atMs: nextDay })).toMatchObject({ reviewedOn: '2026-06-03' });
  expect(dated({ atMs: nextDay, saidAtMs: eve })).toMatchObject({ reviewedOn: '2026-06-02' });
});
