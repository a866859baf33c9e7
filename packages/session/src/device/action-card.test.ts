import { describe, expect, test } from 'vitest';
import { aClientProjection, aPractitionerProjection, itemsBut } from '../testing/a-projection.js';
import { actionCard } from './action-card.js';
import { isOtherSideHeard } from './projected.js';

const vault = { c1: { callBackNumber: '+44 100' } };
const admitted = aPractitionerProjection(
  {
    items: itemsBut({
      callBackNumber: { flags: { safeToLeaveMessage: true } },
      emergencyContact: { answer: 'notSafe' },
    }),
  },
  { vault },
);

describe('[H08] the action card', () => {
  test('holds what the practitioner needs to act by hand, from admission on', () => {
    expect(actionCard(admitted, '+44 200', null)).toEqual({
      vault,
      mayRing: true,
      mayLeaveMessage: true,
      contactAnswer: 'notSafe',
      dutyLine: '+44 200',
    });
    expect(actionCard(aPractitionerProjection({ isAdmitted: false }), '+44 200', null)).toBeNull();
  });

  test('a message is left only where that was called safe', () => {
    expect(actionCard(aPractitionerProjection(), null, null)?.mayLeaveMessage).toBe(false);
  });

  test('is gone when the session is closed, and no client ever has one', () => {
    const card = actionCard(admitted, null, null);
    expect(actionCard(aPractitionerProjection({ stage: 'closed' }), null, card)).toBeNull();
    expect(actionCard(aClientProjection(), null, card)).toBeNull();
  });
});

describe('whether the session server hears the other side', () => {
  const withClient = (presence: string) =>
    aPractitionerProjection({ people: [{ id: 'c1', role: 'client', presence }] });

  test.each([
    ['alive', true],
    ['suspected', false],
    ['gone', false],
    ['notYet', null],
  ])('the practitioner: client %s', (presence, isHeard) => {
    expect(isOtherSideHeard(withClient(presence))).toBe(isHeard);
  });

  test('the client knows here and away, nothing finer', () => {
    const away = aClientProjection({ people: [{ id: 'p1', role: 'practitioner', presence: 'away' }] });
    expect([isOtherSideHeard(aClientProjection()), isOtherSideHeard(away)]).toEqual([true, false]);
  });
});
