import { CallBackOutcome, referencePolicy, WithoutWay } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Circumstances, Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, deliver } from '../../testing/deliver.js';
import { callBackConcept } from './call-back.concept.js';
import type { CallBackContext } from './call-back.machine.js';

const person = 'n1';
const { callBackRemindMs } = referencePolicy.durations;
const quiet = aChart(callBackConcept, person);
const at = (value: string, context: Partial<CallBackContext> = {}): ChartState => ({
  value,
  context: { ...quiet.context, ...context },
});
const silent = { sinceMs: 500, lostBy: 'silence', deadlines: { remind: 9000 } } as const;
const states: Readonly<Record<string, ChartState>> = {
  quiet,
  missing: at('missing', silent),
  'missing, rung and waited for': at('missing', {
    ...silent,
    calls: 2,
    lastCall: 'noAnswer',
    isWaitedFor: true,
  }),
  'missing, and nothing was done': at('missing', { ...silent, isOverdue: true }),
  'missing, and they wait all the same': at('missing', { ...silent, isOverdue: true, isWaitedFor: true }),
  without: at('without', {
    ...silent,
    lostBy: 'left',
    deadlines: {},
    calls: 1,
    lastCall: 'failed',
    way: 'plainWording',
  }),
};

const inRoom: Partial<Circumstances> = { inRoom: ['n0', person] };
const heard = (
  type: Emitted['type'],
  details?: Emitted['details'],
  now: Partial<Circumstances> = inRoom,
): Cell => ({
  message: { type, rules: [], subject: null, ...(details === undefined ? {} : { details }) },
  now,
});
const stages = ['gathering', 'waiting', 'settingUp', 'live', 'closing', 'closed'];
const was = { wasInRoom: true } as const;

test('[J8][J10] when a needed participant is lost: silent, left, or their consent is taken back', () => {
  const cells: Readonly<Record<string, Cell>> = {
    ...Object.fromEntries(
      stages.flatMap((stage): readonly (readonly [string, Cell])[] => [
        [`silent, ${stage}`, heard('person.gone', { sinceMs: 700 }, { ...inRoom, stage })],
        [`left, ${stage}`, heard('participant.left', was, { stage })],
      ]),
    ),
    'silent, it is not said since when': heard('person.gone'),
    'silent, since something that is no instant': heard('person.gone', { sinceMs: 'then' }),
    'silent, with nothing beside it': {
      ...heard('person.gone'),
      message: { type: 'person.gone', rules: [], subject: null, details: undefined } as never,
    },
    'silent, and was not in the room': heard('person.gone', { sinceMs: 700 }, { inRoom: ['n0'] }),
    'silent, in a crisis': heard('person.gone', { sinceMs: 700 }, { ...inRoom, isCrisisOpen: true }),
    'left, of the door': heard('participant.left', { wasInRoom: false }),
    'left, it is not said from where': heard('participant.left'),
    'left, with nothing beside it': {
      message: { type: 'participant.left', rules: [], subject: null, details: undefined } as never,
    },
    'consent taken back': heard('participant.consentWithdrawn', was, {}),
    'consent taken back at the door': heard('participant.consentWithdrawn', { wasInRoom: false }),
    'consent taken back while closing': heard('participant.consentWithdrawn', was, { stage: 'closing' }),
  };
  expect(decisionTable(callBackConcept, states, cells)).toMatchSnapshot();
});

test('[J8][J9] what each state does with each message until they are back', () => {
  const cells: Readonly<Record<string, Cell>> = {
    ...Object.fromEntries(
      CallBackOutcome.options.map((outcome) => [
        `rung: ${outcome}`,
        { message: { type: 'participant.recordCallBack', person, outcome } as const },
      ]),
    ),
    'they wait': { message: { type: 'participant.waitFor', person } },
    ...Object.fromEntries(
      WithoutWay.options.map((way) => [
        `they go on: ${way}`,
        { message: { type: 'participant.goOnWithout', person, way } as const },
      ]),
    ),
    'the reminder is due': { message: { type: 'deadline.passed', deadline: 'remind', dueAtMs: 1000 } },
    ...Object.fromEntries(
      stages.map((stage) => [`heard again, ${stage}`, heard('person.alive', {}, { ...inRoom, stage })]),
    ),
    'heard again at the door': heard('person.alive', {}, { inRoom: ['n0'] }),
    'let in again': heard('participant.admitted'),
    'held outside': heard('participant.heldOutside'),
    'the client refuses': heard('participant.clientRefused'),
    removed: heard('participant.removed'),
    'the session is ending': heard('session.ending'),
  };
  expect(decisionTable(callBackConcept, states, cells)).toMatchSnapshot();
});

test('[J8][J9] at the beginning nobody is missing; every event is about the participant', () => {
  expect(quiet).toEqual({
    value: 'quiet',
    context: {
      person,
      sinceMs: null,
      lostBy: null,
      calls: 0,
      lastCall: null,
      isWaitedFor: false,
      isOverdue: false,
      way: null,
      deadlines: {},
    },
  });
  const { message } = heard('person.gone');
  const lost = deliver(callBackConcept, quiet, message, { atMs: 4000, now: inRoom });
  expect(lost.emitted).toMatchObject([{ subject: { kind: 'person', id: person } }]);
  expect(lost.chart.context).toMatchObject({ deadlines: { remind: 4000 + callBackRemindMs } });
});
