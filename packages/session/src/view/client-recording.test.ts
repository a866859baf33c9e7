import { referencePolicy, type Command, type Policy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../testing/a-screen.js';
import { aLiveSession, CLIENT, PRACTITIONER } from '../testing/a-session.js';

const policy: Policy = { ...referencePolicy, recording: { mode: 'twoGrants', policy: 'policy-v1' } };
const grant: Command = { type: 'recording.grant', textVersion: policy.texts.recording };

test('[B7] by phone the client reads whether it is recorded as they did in the room, where it may be at all', () => {
  const read = (options: { policy?: Policy }): readonly unknown[] => {
    const walk = aLiveSession(options).say(CLIENT, grant).say('management-1', grant);
    walk.say(PRACTITIONER, { type: 'recording.start' });
    const said = () => {
      const { stage, notices } = screenOf(walk, CLIENT);
      return [stage, notices.filter(({ id }) => id === 'recording').map(({ message }) => message.key)];
    };
    const inTheRoom = said();
    walk.cut().by(400_000).recordCall('reachedByName');
    return [inTheRoom, said()];
  };
  const running = ['client.recording.is.starting'];
  expect(read({ policy })).toEqual([
    ['live', running],
    ['phone', running],
  ]);
  expect(read({})).toEqual([
    ['live', []],
    ['phone', []],
  ]);
});
