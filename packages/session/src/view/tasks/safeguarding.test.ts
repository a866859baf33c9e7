import { referencePolicy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, aWaitingSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';

const withList = { policy: { ...referencePolicy, referrals: ['helpline'] } };
const opened = (walk: Walk) =>
  walk.say(PRACTITIONER, { type: 'safeguarding.open', client: CLIENT, about: 'adult' });
const whyNotSent = (walk: Walk) =>
  screenOf(walk, PRACTITIONER).cannot.find(({ command }) => command === 'safeguarding.sendReferrals')?.because
    .key;

test('[S8] that the list of help cannot be sent is said only in an open pathway of a service that has one', () => {
  expect(whyNotSent(aWaitingSession(withList))).toBeUndefined();
  expect(whyNotSent(opened(aWaitingSession()))).toBeUndefined();
  expect(whyNotSent(opened(aWaitingSession(withList)))).toBe('cannot.referrals');
  expect(whyNotSent(opened(aLiveSession(withList)))).toBeUndefined();
});

test('[S8][Q6] with a way that is marked as safe the page does not say that there is none: it says that it is not safe now', () => {
  const compromised = opened(aLiveSession(withList)).say(PRACTITIONER, {
    type: 'privacy.open',
    client: CLIENT,
  });
  expect(whyNotSent(compromised)).toBe('cannot.referrals.now');
  expect(whyNotSent(opened(aLiveSession(withList)).exit(CLIENT))).toBe('cannot.referrals.now');
});
