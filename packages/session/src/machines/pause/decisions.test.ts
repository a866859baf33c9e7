import { expect, test } from 'vitest';
import type { Circumstances, Emitted } from '../../step/concept.js';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor } from '../../testing/deliver.js';
import { pauseConcept } from './pause.concept.js';
import type { PauseContext, PauseReasonKept } from './pause.machine.js';

const running = aChart(pauseConcept, 'session');
const begun = { startedBy: 'p1', startedAtMs: 500, deadlines: { remind: 9000 } };
const paused = (reasons: readonly PauseReasonKept[], rest: Partial<PauseContext> = {}): ChartState => ({
  value: 'paused',
  context: { ...running.context, ...begun, reasons, ...rest },
});
const states: Readonly<Record<string, ChartState>> = {
  running,
  'paused as it is too much': paused(['overwhelmed']),
  'paused, and the client is ready': paused(['overwhelmed'], { isClientReady: true, reminders: 2 }),
  'paused for privacy': paused(['privacy']),
  'paused for privacy and more': paused(['needed', 'privacy']),
  'paused for a participant': paused(['participant']),
  'paused for a participant and more': paused(['needed', 'participant']),
  'paused for a re-check': paused(['recheck']),
};

const heard = (type: Emitted['type'], outcome?: string): Cell['message'] => ({
  type,
  rules: [],
  subject: null,
  ...(outcome === undefined ? {} : { outcome }),
});
const start = (reason: 'overwhelmed' | 'needed'): Cell['message'] => ({
  type: 'pause.start',
  client: 'c1',
  reason,
});
const client = { by: actor('c1') };
const downFor = (unwatchedMs: number): Cell['message'] => ({ type: 'server.started', unwatchedMs });
const during = (now: Partial<Circumstances>) => ({ now });

const cells: Readonly<Record<string, Cell>> = {
  'too much, says the client': { message: start('overwhelmed'), ...client },
  'needed, says the client': { message: start('needed'), ...client },
  'too much, says the practitioner': { message: start('overwhelmed') },
  'needed, says the practitioner': { message: start('needed') },
  'ready, says the client': { message: { type: 'pause.end', client: 'c1' }, ...client },
  'ended by the practitioner': { message: { type: 'pause.end', client: 'c1' } },
  'ended while the pathway is open': {
    message: { type: 'pause.end', client: 'c1' },
    ...during({ openPathways: ['privacy'] }),
  },
  'privacy is broken': { message: heard('privacy.compromised') },
  ...Object.fromEntries(
    ['paused', 'switchingChannel', 'recontracted'].map((step) => [
      `the step of privacy: ${step}`,
      { message: heard('privacy.stepTaken', step) },
    ]),
  ),
  'privacy is settled': { message: heard('privacy.resolved', 'privateAgain') },
  'privacy is settled by another channel': { message: heard('privacy.resolved', 'otherChannel') },
  ...Object.fromEntries(
    (['closing', 'closed'] as const).flatMap((stage) => [
      [`privacy is broken, ${stage}`, { message: heard('privacy.compromised'), ...during({ stage }) }],
      [
        `the step of privacy: paused, ${stage}`,
        { message: heard('privacy.stepTaken', 'paused'), ...during({ stage }) },
      ],
      [
        `by another channel, ${stage}`,
        { message: heard('privacy.resolved', 'otherChannel'), ...during({ stage }) },
      ],
      [
        `a needed participant is lost, ${stage}`,
        { message: heard('participant.lost'), ...during({ stage }) },
      ],
    ]),
  ),
  'a needed participant is lost': { message: heard('participant.lost') },
  'a needed participant is lost in a crisis': {
    message: heard('participant.lost'),
    ...during({ isCrisisOpen: true }),
  },
  ...Object.fromEntries(
    (['back', 'goneOnWithout', 'heldOutside', 'clientRefused', 'removed'] as const).map((what) => [
      `the participant: ${what}`,
      { message: heard(`participant.${what}`) },
    ]),
  ),
  'a participant is back, another is missed': {
    message: heard('participant.back'),
    ...during({ missed: ['n2'] }),
  },
  'the reminder is due': { message: { type: 'deadline.passed', deadline: 'remind' } as never },
  'the server was away for a second': { message: downFor(1000) },
  'the server was away for a day': { message: downFor(86_400_000) },
  'the server was away for a day, in the waiting room': {
    message: downFor(86_400_000),
    ...during({ stage: 'waiting' }),
  },
  'the server was away for a day, before live': {
    message: downFor(86_400_000),
    ...during({ stage: 'settingUp' }),
  },
  'the session is ending': { message: heard('session.ending') },
};

test('[U1][U3][U5][R9][J8][J10] what each state does with each message', () => {
  expect(decisionTable(pauseConcept, states, cells)).toMatchSnapshot();
});
