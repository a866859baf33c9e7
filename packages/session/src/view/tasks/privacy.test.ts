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
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, aWaitingSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
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

const client = CLIENT;
const LEAD = 'safeguarding-1';
const broken = (walk: Walk) => walk.say(PRACTITIONER, { type: 'privacy.open', client });
const leadAsked = (walk: Walk) => walk.say(PRACTITIONER, { type: 'privacy.alertLead', client });
function accepted(walk: Walk, alert: string, person: string): Walk {
  walk.say(person, { type: 'alert.accept', alert: `${alert}.${person}` });
  expect(walk.lastRefusal).toBeNull();
  return walk;
}
const leadOf = (walk: Walk) => taskOf(screenOf(walk, PRACTITIONER), 'privacyLead')?.why;
const takenBy = (name: string) => ({ key: 'staff.privacy.lead.accepted', params: { name } });

test('[Q1][Q5][R6] a signal while privacy is broken can be seen, and what is open is not offered to be opened', () => {
  const walk = broken(aLiveSession()).say(CLIENT, { type: 'privacy.signal', client });
  expect(choicesOf(screenOf(walk, PRACTITIONER), 'signal')).toEqual(['seen', 'falseAlarm']);
  expect(walk.say(PRACTITIONER, { type: 'privacy.open', client }).lastRefusal?.code).toBe('not-now');
});

test('[Q10][A38] who has this matter is read from its own alerts: not of another cause, not of a matter before', () => {
  const walk = aLiveSession()
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
  leadAsked(broken(accepted(walk, 'c1.crisis1.escalation', 'duty-1')));
  expect(walk.alerted).toEqual(['escalation.duty-1', `privacy.${LEAD}`]);
  expect(leadOf(walk)).toEqual({ key: 'staff.privacy.lead.sent' });
  expect(leadOf(accepted(walk, 'c1.privacy1.privacy', LEAD))).toEqual(takenBy(LEAD));
  walk.say(PRACTITIONER, { type: 'privacy.resolve', client, outcome: 'falseAlarm', isFreeToSpeak: false });
  expect(leadOf(leadAsked(broken(walk)))).toEqual({ key: 'staff.privacy.lead.sent' });
});

test('[Q10][Q12][A1] where the lead is silent the duty role is told, quietly, and whoever takes it is named', () => {
  const walk = leadAsked(broken(aLiveSession()));
  walk.by(walk.session.policy.durations.acknowledgeMs);
  expect(walk.alerted).toEqual([`privacy.${LEAD}`, 'privacy.duty-1']);
  expect(screenOf(walk, PRACTITIONER).notices.find(({ id }) => id === 'alert.duty-1')).toMatchObject({
    isQuiet: true,
  });
  walk.by(walk.session.policy.durations.acknowledgeMs);
  expect(leadOf(accepted(walk, 'c1.privacy1.privacy', 'duty-2'))).toEqual(takenBy('duty-2'));
});

test('[Q11] a safe contact is agreed in set-up, by the practitioner alone', () => {
  const walk = aWaitingSession()
    .say(PRACTITIONER, { type: 'person.admit', person: client })
    .heal()
    .say(PRACTITIONER, { type: 'crisis.open', client })
    .say(PRACTITIONER, { type: 'crisis.offerEscalation', client });
  const isAsked = (person: string) => taskOf(screenOf(walk, person), 'safeContact') !== undefined;
  expect([screenOf(walk, 'duty-1').stage, isAsked(PRACTITIONER), isAsked('duty-1')]).toEqual([
    'alerted',
    true,
    false,
  ]);
  broken(walk);
  expect([isAsked(PRACTITIONER), isAsked('duty-1')]).toEqual([true, true]);
  expect(taskOf(screenOf(aLiveSession(), PRACTITIONER), 'safeContact')).toBeUndefined();
});
