import { referencePolicy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import {
  aLiveSession,
  aWaitingSession,
  CLIENT,
  PRACTITIONER,
  type SessionOptions,
  type Walk,
} from '../../testing/a-session.js';

const client = CLIENT;
/** A plan that was looked at lately: nothing reminds of it. */
const recent: SessionOptions = { appointment: { planReviewedOn: '2026-01-01' } };
const plansOf = (walk: Walk) =>
  screenOf(walk, PRACTITIONER)
    .tasks.map(({ id }) => id)
    .filter((id) => id.startsWith('plan'));
const raised = (walk: Walk) =>
  walk.say(PRACTITIONER, { type: 'plan.raise', client, because: 'presentation' });

test('[I25][I26] without a reminder the practitioner may ask for a plan while the session goes on, and not while closing', () => {
  const walk = aLiveSession(recent);
  expect(plansOf(walk)).toEqual(['plan']);
  walk.say(PRACTITIONER, { type: 'session.end' });
  expect([screenOf(walk, PRACTITIONER).stage, plansOf(walk)]).toEqual(['closing', []]);
  const reminded = aLiveSession().say(PRACTITIONER, { type: 'session.end' });
  expect(plansOf(reminded)).toEqual(['plan']);
});

test('[I31] a template is offered only where the service has one', () => {
  const without = { ...referencePolicy, planTemplates: [] };
  expect(plansOf(raised(aLiveSession()))).toContain('plan.template');
  expect(plansOf(raised(aLiveSession({ policy: without })))).not.toContain('plan.template');
});

test('[I27][R6] consent leads to the plan, but not once it was asked for: that is taken once', () => {
  const walk = aWaitingSession().say(PRACTITIONER, { type: 'person.admit', person: client }).heal();
  const ofConsent = () =>
    screenOf(walk, PRACTITIONER)
      .tasks.find(({ item }) => item === 'consent')
      ?.choices.map(({ id }) => id);
  expect(ofConsent()).toEqual(['change', 'plan']);
  walk.say(PRACTITIONER, { type: 'plan.raise', client, because: 'withConsent' });
  expect([walk.lastRefusal, ofConsent()]).toEqual([null, ['change']]);
  walk.say(PRACTITIONER, { type: 'plan.raise', client, because: 'withConsent' });
  expect(walk.lastRefusal?.code).toBe('not-now');
});
