import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, PRACTITIONER } from '../../testing/a-session.js';
import { say } from '../say.js';

test('[L9][I9][B01] a decision in a session among colleagues, which asks for no contact: the page says so and goes on', () => {
  const walk = aLiveSession({ appointment: { type: 'training' } })
    .cut()
    .by(301_000);
  const shown = screenOf(walk, PRACTITIONER);
  expect(shown.stage).toBe('deciding');
  const decisions = shown.tasks.find(({ id }) => id === 'decide')?.choices.map(({ id }) => id);
  expect(decisions).toContain('ringEmergencyServices');
  expect(decisions).not.toContain('ringEmergencyContact');
  expect(shown.cannot).toContainEqual({
    command: 'ladder.decide',
    because: say('cannot.contact.open'),
    missing: [],
  });
});
