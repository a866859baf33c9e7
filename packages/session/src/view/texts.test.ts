import { drillPolicy, referencePolicy, type Command, type Id } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { project } from '../project/project.js';
import { aDevice } from '../testing/a-projection.js';
import {
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PRACTITIONER,
  type Walk,
} from '../testing/a-session.js';
import { view } from './view.js';

const client = CLIENT;
const recorded = {
  policy: { ...drillPolicy, recording: { mode: 'twoGrants' as const, policy: 'policy-v1' } },
  drill: true,
};
const after = (...commands: readonly Command[]): Walk => {
  const walk = aLiveSession();
  for (const command of commands) walk.say(PRACTITIONER, command);
  return walk;
};
const { texts } = referencePolicy;

/** Where each text is due, and on whose screen. */
const DUE: readonly (readonly [name: keyof typeof texts, person: Id, task: string, walk: () => Walk])[] = [
  ['consent', CLIENT, 'item.consent', () => aWalk().join(PRACTITIONER).join(CLIENT)],
  [
    'limits',
    PRACTITIONER,
    'item.limits',
    () => aWaitingSession().say(PRACTITIONER, { type: 'person.admit', person: client }).heal(),
  ],
  ['recording', CLIENT, 'recording', () => aLiveSession(recorded)],
  ['recording', 'management-1', 'recordingGrant', () => aLiveSession(recorded)],
  ['opening', PRACTITIONER, 'checklist.opening.greeting', () => aLiveSession()],
  ['crisis', PRACTITIONER, 'crisis', () => after({ type: 'crisis.open', client })],
  ['privacy', PRACTITIONER, 'privacy', () => after({ type: 'privacy.open', client })],
  [
    'neutralEnding',
    PRACTITIONER,
    'privacy',
    () =>
      after(
        { type: 'privacy.open', client },
        { type: 'privacy.endNeutrally', client, wording: texts.neutralEnding },
      ),
  ],
  [
    'safeguarding',
    PRACTITIONER,
    'safeguarding.decide',
    () => after({ type: 'safeguarding.open', client, about: 'adult' }),
  ],
  ['closing', PRACTITIONER, 'checklist.closing.summary', () => after({ type: 'session.end' })],
];

test.each(DUE)('[V10][B04] the text of %s stands on the screen of %s at %s', (name, person, id, walk) => {
  const { session, nowMs } = walk();
  const held = project(session, person);
  const shown = held === null ? null : view(held, aDevice({ lastHeardAtMs: nowMs }), nowMs);
  expect(shown?.tasks.find((task) => task.id === id)?.text).toBe(texts[name]);
});

test('[V10][B04] each text of the policy but those of participants and of joining, which have pages of their own, is due somewhere', () => {
  const named = new Set(DUE.map(([name]) => name));
  expect(Object.keys(texts).filter((name) => !named.has(name as keyof typeof texts))).toEqual([
    'participation',
    'joining',
  ]);
});
