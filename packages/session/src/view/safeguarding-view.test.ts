import { mayCommand, referencePolicy } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { aCare, aDevice, aPractitionerProjection, aRun, itemsBut } from '../testing/a-projection.js';
import { screenOf } from '../testing/a-screen.js';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  type SessionOptions,
  type Walk,
} from '../testing/a-session.js';
import type { View } from './types.js';
import { view } from './view.js';

const client = 'c1';
const LEAD = 'safeguarding-1';
const WORDS = { c1: { contactNumber: '+44 99', safeContact: 'after six' } };
const screenWith = (walk: Walk, person = 'p1'): View => screenOf(walk, person, WORDS);
const opened = (options: SessionOptions = {}): Walk =>
  aLiveSession(options).say('p1', { type: 'safeguarding.open', client, about: 'adult' });
const decided = (walk: Walk, threshold: 'yes' | 'no' | 'unsure'): Walk =>
  walk.say('p1', {
    type: 'safeguarding.decide',
    client,
    threshold,
    consentSought: 'yes',
    rationaleRef: 'note-1',
  });
const exception = (walk: Walk): Walk =>
  walk.say('p1', { type: 'safeguarding.setGuardianException', client, isOn: true, rationaleRef: 'note-1' });
const taskOf = (shown: View, id: string) => shown.tasks.find((task) => task.id === id);
const choicesOf = (shown: View, id: string) => taskOf(shown, id)?.choices.map((choice) => choice.id);

describe('the safeguarding pathway on the screen', () => {
  test('[S1][A05][A25] one action opens it from everywhere; what it asks for is there at once', () => {
    for (const walk of [aWalk(), aWaitingSession(), aLiveSession(), aLiveSession().cut().by(3000)]) {
      const action = screenWith(walk).actions.find(({ id }) => id === 'safeguarding');
      expect(action?.command).toEqual({ type: 'safeguarding.open', client, about: 'adult' });
    }
    const shown = screenWith(opened());
    expect(shown.actions.map(({ id }) => id)).not.toContain('safeguarding');
    for (const id of ['decide', 'lead', 'plan', 'about', 'followUp'])
      expect(taskOf(shown, `safeguarding.${id}`)?.choices.length).toBeGreaterThan(0);
    expect(shown.tasks.some(({ id }) => id.startsWith('checklist.safeguarding.'))).toBe(true);
  });

  test('[S4] with yes and unsure somebody waits for the lead to be told; with no, nobody does', () => {
    const urgency = (threshold: 'yes' | 'no' | 'unsure') =>
      taskOf(screenWith(decided(opened(), threshold)), 'safeguarding.lead')?.urgency;
    expect([urgency('yes'), urgency('unsure'), urgency('no')]).toEqual(['now', 'now', 'normal']);
  });

  test('[S2][S5] what is decided and planned makes room for what comes next; “not sure” stays a question', () => {
    const decide = (threshold: 'yes' | 'no' | 'unsure') =>
      taskOf(screenWith(decided(opened(), threshold)), 'safeguarding.decide');
    for (const threshold of ['yes', 'no'] as const)
      expect(decide(threshold)).toMatchObject({
        title: { key: `staff.safeguarding.decided.${threshold}` },
        urgency: 'done',
      });
    expect(decide('unsure')).toMatchObject({
      title: { key: 'staff.safeguarding.decide.title' },
      urgency: 'normal',
    });
    // Said anew it replaces what was said: the ways to say it are still there.
    expect(decide('yes')?.choices.map(({ id }) => id)).toEqual(['yes', 'no', 'unsure']);
    const planned = opened().say('p1', {
      type: 'safeguarding.setContactPlan',
      client,
      plan: 'set',
      answerRef: 'a-1',
    });
    expect([opened(), planned].map((walk) => taskOf(screenWith(walk), 'safeguarding.plan')?.urgency)).toEqual(
      ['normal', 'done'],
    );
  });

  test('[S6][A34] what is missing is named; the end is offered only once nothing is', () => {
    const walk = decided(opened(), 'no');
    expect(screenWith(walk).cannot).toContainEqual({
      command: 'safeguarding.settle',
      because: { key: 'cannot.safeguarding.settle' },
      missing: [{ key: 'safeguarding.owed.contactPlan' }],
    });
    expect(taskOf(screenWith(walk), 'safeguarding.settle')).toBeUndefined();
    walk.say('p1', { type: 'safeguarding.setContactPlan', client, plan: 'set', answerRef: 'a-1' });
    expect(choicesOf(screenWith(walk), 'safeguarding.settle')).toEqual([
      'referralMade',
      'safePlanAgreed',
      'noFurtherAction',
    ]);
  });

  test('[S6][G8] while closing, the screen says why the session cannot be closed', () => {
    const walk = opened()
      .say('p1', { type: 'session.end' })
      .say('p1', { type: 'closing.dispose', disposition: 'endedAsPlanned' });
    expect(taskOf(screenWith(walk), 'close')).toBeUndefined();
    expect(screenWith(walk).cannot.map(({ because }) => because.key)).toContain('cannot.safeguardingOpen');
  });

  test('[S3][V6][R6] the lead has a page once alerted, and is offered only what they may send', () => {
    const walk = opened();
    expect(screenWith(walk, LEAD).tasks).toEqual([]);
    walk.say('p1', { type: 'safeguarding.notifyLead', client, way: 'alert' });
    const alert = `c1.safeguarding1.safeguarding.${LEAD}`;
    expect(screenWith(walk, LEAD).tasks[0]).toMatchObject({
      id: `alert.${alert}`,
      title: { key: 'alert.safeguarding' },
      urgency: 'now',
    });
    const shown = screenWith(walk.say(LEAD, { type: 'alert.accept', alert }), LEAD);
    expect(taskOf(shown, 'safeguarding.decide')).toBeDefined();
    const offered = [...shown.actions, ...shown.tasks.flatMap(({ choices }) => choices)];
    expect(offered.filter(({ command }) => !mayCommand('safeguardingLead', command.type))).toEqual([]);
    expect(taskOf(shown, 'safeguarding.followUp')).toBeUndefined();
  });
});

describe('the list of help', () => {
  const policy = { ...referencePolicy, referrals: ['helpline'] };

  test('[S8][A54] is shown to staff while the pathway is open, and sent only by a way that is safe', () => {
    const walk = opened({ policy });
    expect(screenWith(walk).facts.find(({ id }) => id === 'referral.helpline')?.note?.key).toBe(
      'referral.helpline',
    );
    expect(choicesOf(screenWith(walk), 'safeguarding.referrals')).toEqual(['backUpChannel']);
    walk.say('p1', {
      type: 'item.answer',
      item: 'backUpChannel',
      answer: 'confirmed',
      flags: { usesVoice: true, isSafeChannel: false },
    });
    expect(taskOf(screenWith(walk), 'safeguarding.referrals')).toBeUndefined();
    expect(screenWith(walk).cannot.map(({ because }) => because.key)).toContain('cannot.referrals');
    expect(screenWith(aLiveSession({ policy })).facts.map(({ id }) => id)).not.toContain('referral.helpline');
  });
});

describe('a guardian who may be the danger', () => {
  const minor = { appointment: { isMinor: true } };
  /** Nobody has said yet that the number is their own: it may be the guardian's. */
  const aMinor = (): Walk =>
    aLiveSession(minor).say(client, {
      type: 'item.answer',
      item: 'callBackNumber',
      answer: 'confirmed',
      flags: { safeToRing: true, safeToLeaveMessage: false },
    });

  test('[S7][H30] the number is no link, the contact has no number, and neither is offered', () => {
    const walk = exception(aMinor()).cut().to(500_000);
    const { facts, tasks, explanation, cannot } = screenWith(walk);
    expect(facts.find(({ id }) => id === 'number')).toMatchObject({ href: null, isCaution: true });
    expect(facts.find(({ id }) => id === 'contact')?.note?.key).toBe('fact.contact.guardian');
    expect(facts.map(({ id }) => id)).not.toContain('contactNumber');
    const choices = tasks.flatMap((task) => task.choices.map(({ id }) => id));
    expect(choices).not.toContain('ringEmergencyContact');
    expect(choices).not.toContain('ringClientAgain');
    expect(explanation.map(({ key }) => key)).toContain('staff.guardian.sayNothing');
    expect(cannot.map(({ because }) => because.key)).toContain('cannot.contact.guardian');
  });

  test('[S7] whose number it is can be asked again, and is asked of minors only', () => {
    const walk = exception(aMinor());
    expect(choicesOf(screenWith(walk), 'guardian.callBackNumber')).toEqual(['ask']);
    walk.say('p1', { type: 'item.reopen', item: 'callBackNumber' });
    const fieldsOf = (shown: View) =>
      taskOf(shown, 'item.callBackNumber')?.fields.map((field) => [field.name, field.required]);
    expect(fieldsOf(screenWith(walk))).toContainEqual(['isOwnNumber', true]);
    expect(fieldsOf(screenWith(walk, client))).toContainEqual(['isOwnNumber', true]);
    expect(JSON.stringify(screenWith(aWalk().join(client), client))).not.toContain('isGuardian');
  });

  test('[S7] it stays on the screen for as long as it is on', () => {
    const shown = screenWith(exception(aMinor()));
    expect(choicesOf(shown, 'guardian')).toEqual(['off']);
    expect(taskOf(screenWith(aLiveSession(minor)), 'guardian')).toBeUndefined();
  });
});

describe('a client who does not come', () => {
  const startsAtMs = 60_000;
  const expected = () => aWalk({ appointment: { startsAtMs } }).join('p1');

  test('[N1][N2][C24] late is a notice with the time that was agreed; the no-show is offered then, and not before', () => {
    expect(taskOf(screenWith(expected()), 'noShow')).toBeUndefined();
    const shown = screenWith(expected().to(startsAtMs + 300_000));
    expect(shown.notices).toContainEqual({
      id: 'late.client',
      level: 'status',
      message: { key: 'notice.clientLate', params: { startsAtMs } },
    });
    expect(taskOf(shown, 'noShow')?.choices[0]).toMatchObject({
      command: { type: 'attendance.openNoShow', client },
      confirm: { key: 'staff.noShow.confirm' },
    });
    expect(taskOf(screenWith(aLiveSession()), 'noShow')).toBeUndefined();
  });

  test('[N3][H31] opened, it is a decision of the person who opened it, and says that nobody was rung', () => {
    const shown = screenWith(
      expected()
        .to(startsAtMs + 300_000)
        .say('p1', { type: 'attendance.openNoShow', client }),
    );
    expect([shown.stage, shown.whoActs]).toEqual(['deciding', 'you']);
    expect(shown.explanation.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['run.cause.noShow', 'staff.youCall']),
    );
    expect(choicesOf(shown, 'decide')).toEqual(['ringEmergencyServices', 'notNow']);
    expect(taskOf(shown, 'noShow')).toBeUndefined();
  });
});

test('[S7] an exception that guards nothing leaves the ladder as it is', () => {
  const safeguarding = { ...aCare().safeguarding, isGuardianException: true };
  const run = aRun({ deciding: 'undecided', reconnecting: 'done' });
  const held = aPractitionerProjection({ safeguarding, run, items: itemsBut() });
  expect(choicesOf(view(held, aDevice(), 0), 'decide')).toContain('ringEmergencyContact');
});
