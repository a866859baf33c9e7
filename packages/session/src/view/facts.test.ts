import { referencePolicy, type Policy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../testing/a-screen.js';
import { aLiveSession, aWalk, PRACTITIONER } from '../testing/a-session.js';
import { ANSWERS } from '../testing/answers.js';

const backUpChannel = '+44 20 0000 0003';
const words = { c1: { name: 'C Name', backUpChannel } };

test('[V9][C12] among colleagues a back-up channel need not be asked: the staff page stands all the same, and calls none safe', () => {
  const { backUpChannel: _, ...items } = referencePolicy.sessionTypes.training?.items ?? {};
  const policy: Policy = {
    ...referencePolicy,
    sessionTypes: { ...referencePolicy.sessionTypes, training: { items } },
  };
  const note = (walk: ReturnType<typeof aWalk>) =>
    screenOf(walk, PRACTITIONER, words).facts.find(({ id }) => id === 'backUpChannel')?.note?.key;
  const training = aWalk({ policy, appointment: { type: 'training' } }).join(PRACTITIONER);
  expect(screenOf(training, PRACTITIONER).facts.map(({ id }) => id)).not.toContain('backUpChannel');
  expect(note(training)).toBe('fact.backUpChannel.notSafe');
  expect(note(aLiveSession())).toBe('fact.backUpChannel.safe');
  const unsafe = { ...ANSWERS.backUpChannel, flags: { usesVoice: true, isSafeChannel: false } };
  expect(note(aLiveSession().say(PRACTITIONER, unsafe))).toBe('fact.backUpChannel.notSafe');
});
