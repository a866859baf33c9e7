import type { Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, aWaitingSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';
import { ANSWERS } from '../../testing/answers.js';

const client = CLIENT;
const except: Command = {
  type: 'safeguarding.setGuardianException',
  client,
  isOn: true,
  rationaleRef: 'note-1',
};
const guardianOf = (walk: Walk) =>
  screenOf(walk, PRACTITIONER)
    .tasks.map(({ id }) => id)
    .filter((id) => id.startsWith('guardian'));

test('[S7][I9][B01] safeguarding of a minor in a session among colleagues, which asks for no number: nobody is asked whose it is', () => {
  const walk = aLiveSession({ appointment: { type: 'training', isMinor: true } })
    .say(PRACTITIONER, { type: 'safeguarding.open', client, about: 'child' })
    .say(PRACTITIONER, except);
  expect(walk.lastRefusal).toBeNull();
  expect(guardianOf(walk)).toEqual(['guardian']);
});

test('[S7][H30] whose number it is is asked of a contact that was given, not where the client has none', () => {
  const minor = (): Walk =>
    aWaitingSession({ appointment: { isMinor: true } })
      .say(PRACTITIONER, { type: 'person.admit', person: client })
      .heal()
      .say(PRACTITIONER, except);
  const given = minor().say(PRACTITIONER, ANSWERS.emergencyContact);
  const none = minor().say(PRACTITIONER, { type: 'item.answer', item: 'emergencyContact', answer: 'none' });
  expect(none.lastRefusal).toBeNull();
  expect(none.value('item:emergencyContact')).toBe('confirmed');
  expect([guardianOf(given), guardianOf(none)]).toEqual([
    ['guardian', 'guardian.emergencyContact'],
    ['guardian'],
  ]);
});

test('[S7][H30] once the session is ending nobody is asked again whose number it is', () => {
  const walk = aLiveSession()
    .say(PRACTITIONER, {
      ...ANSWERS.callBackNumber,
      flags: { ...ANSWERS.callBackNumber.flags, isOwnNumber: false },
    })
    .say(PRACTITIONER, except);
  expect(guardianOf(walk)).toEqual(['guardian', 'guardian.callBackNumber']);
  expect(guardianOf(walk.say(PRACTITIONER, { type: 'session.end' }))).toEqual(['guardian']);
});
