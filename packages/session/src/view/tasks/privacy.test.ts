import { mayCommand } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Care } from '../../project/projection.js';
import {
  aCare,
  aClientProjection,
  aDevice,
  aDutyProjection,
  aPractitionerProjection,
} from '../../testing/a-projection.js';
import type { StaffProjection } from '../../project/projection.js';
import type { View } from '../types.js';
import { view } from '../view.js';

const seen = (care: Partial<Care>): View => view(aPractitionerProjection(care), aDevice(), 0);
const privacy = (step: Care['privacy']['step'], rest: Partial<Care['privacy']> = {}) => ({
  privacy: { ...aCare().privacy, step, ...rest },
});
const signal = { signal: { isUnseen: true, atMs: 0, deadlines: { acknowledge: 30_000 } } };
const taskOf = (shown: View, id: string) => shown.tasks.find((task) => task.id === id);
const choicesOf = (shown: View, id: string) => taskOf(shown, id)?.choices.map((choice) => choice.id);

test('[Q4][Q12][H16] the cue of a signal is a quiet task: seen, opened, or a false alarm without a reason', () => {
  const shown = seen(signal);
  expect(taskOf(shown, 'signal')).toMatchObject({
    urgency: 'now',
    isQuiet: true,
    dueAtMs: 30_000,
    fields: [],
  });
  expect(choicesOf(shown, 'signal')).toEqual(['seen', 'open', 'falseAlarm']);
});

test('[Q7][A26][A36][A38] each step has its question and the other ways on; the safe contact only where it was agreed', () => {
  expect(choicesOf(seen(privacy('paused')), 'privacy')).toEqual([
    'askAgain',
    'toBackUp',
    'endNeutrally',
    'falseAlarm',
  ]);
  expect(choicesOf(seen(privacy('recontracting')), 'privacy')).toEqual([
    'yesFree',
    'stop',
    'toBackUp',
    'endNeutrally',
    'falseAlarm',
  ]);
  const agreed = privacy('endingNeutrally', { hasSafeContact: true, isBackUpSafe: false });
  expect(choicesOf(seen(agreed), 'privacy')).toEqual([
    'endedSo',
    'stop',
    'askAgain',
    'toSafeContact',
    'falseAlarm',
  ]);
  for (const step of ['paused', 'recontracting', 'switchingChannel', 'endingNeutrally'] as const)
    for (const task of seen(privacy(step)).tasks.filter(({ id }) => /^(privacy|safeContact)/.test(id)))
      expect(task.isQuiet).toBe(true);
});

test('[Q10][A38] who was alerted by a person’s choice is shown how far that is, and it is not offered twice', () => {
  const state = (alerts: Care['alerts'], isLeadAlerted = true) =>
    taskOf(seen({ ...privacy('paused', { isLeadAlerted }), alerts }), 'privacyLead');
  const alert = (is: Care['alerts'][number]['state']) => [
    { id: 'a', about: 'c1.privacy0', cause: 'privacy', person: 'safeguarding-1', state: is, deadlines: {} },
  ];
  expect(state([], false)?.choices).toHaveLength(1);
  expect(state(alert('sent'))).toMatchObject({ choices: [], why: { key: 'staff.privacy.lead.sent' } });
  expect(state(alert('accepted'))?.why?.key).toBe('staff.privacy.lead.accepted');
});

test('[R6] a safeguarding lead who was alerted is offered their alert first, and nothing that they may not send', () => {
  const lead: StaffProjection = {
    ...aDutyProjection({
      ...privacy('paused'),
      ...signal,
      alerts: [
        { id: 'a', about: 'c1.privacy0', cause: 'privacy', person: 'lead-1', state: 'sent', deadlines: {} },
      ],
    }),
    role: 'safeguardingLead',
    person: 'lead-1',
  };
  const shown = view(lead, aDevice(), 0);
  expect(shown.tasks[0]?.id).toBe('alert.a');
  const offered = [...shown.actions, ...shown.tasks.flatMap(({ choices }) => choices)];
  expect(offered.filter(({ command }) => !mayCommand('safeguardingLead', command.type))).toEqual([]);
});

test('[Q9][G8] closing says what has to be settled first', () => {
  const shown = seen({ stage: 'closing', ...privacy('paused'), ...signal });
  expect(shown.cannot.map(({ because }) => because.key)).toEqual(
    expect.arrayContaining(['cannot.privacyOpen', 'cannot.signalUnseen']),
  );
});

test('[U2][A42] the client pauses in one press, reads that it is a break, and says when they are ready', () => {
  const client = (pause: 'none' | 'paused' | 'ready') =>
    view(aClientProjection({ pause, vault: { c1: { address: 'x' } } }), aDevice(), 0);
  expect(client('none').actions.map(({ id }) => id)).toContain('pause');
  expect(client('paused')).toMatchObject({
    headline: { key: 'client.paused.headline' },
    showsVideo: false,
    tasks: [],
  });
  expect(client('paused').actions.map(({ id }) => id)).toEqual(expect.arrayContaining(['help', 'ready']));
  expect(client('ready').explanation.map(({ key }) => key)).toEqual([
    'client.paused.off',
    'client.paused.ready',
  ]);
});

test('[U3][U5][H34] the practitioner sees who asked for the pause, ends it, and is reminded', () => {
  const pause = { ...aCare().pause, isPaused: true, deadlines: { remind: 180_000 } };
  const shown = seen({ pause: { ...pause, reasons: ['overwhelmed'] } });
  expect(taskOf(shown, 'pause')).toMatchObject({
    why: { key: 'staff.pause.why.overwhelmed' },
    dueAtMs: 180_000,
    urgency: 'normal',
  });
  expect(taskOf(seen({ pause: { ...pause, isOverdue: true } }), 'pause')?.urgency).toBe('now');
  expect(
    taskOf(seen({ pause: { ...pause, reasons: ['privacy'] }, ...privacy('paused') }), 'pause'),
  ).toBeUndefined();
});
