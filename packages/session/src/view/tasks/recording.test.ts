import { referencePolicy, type Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { screenOf } from '../../testing/a-screen.js';
import { aLiveSession, aWaitingSession, CLIENT, PRACTITIONER, type Walk } from '../../testing/a-session.js';

const MANAGEMENT = 'management-1';
const options = {
  policy: { ...referencePolicy, recording: { mode: 'twoGrants' as const, policy: 'policy-v1' } },
};
const grant: Command = { type: 'recording.grant', textVersion: referencePolicy.texts.recording };
const granted = (walk: Walk) => walk.say(CLIENT, grant).say(MANAGEMENT, grant);
const taskOf = (walk: Walk, person: string, task = 'recording') =>
  screenOf(walk, person).tasks.find(({ id }) => id === task);
const choicesOf = (walk: Walk, person: string, task?: string) =>
  taskOf(walk, person, task)?.choices.map(({ id }) => id);

test('[B2][B3] with both grants the practitioner can start it while settling in, too, and nobody else', () => {
  const walk = aWaitingSession(options)
    .say(PRACTITIONER, { type: 'person.admit', person: CLIENT })
    .heal()
    .say(CLIENT, grant);
  expect([choicesOf(walk, PRACTITIONER), taskOf(walk, PRACTITIONER)?.why?.key]).toEqual([
    [],
    'recording.missing.management',
  ]);
  walk.say(MANAGEMENT, grant);
  expect([screenOf(walk, PRACTITIONER).stage, choicesOf(walk, PRACTITIONER)]).toEqual([
    'settlingIn',
    ['start'],
  ]);
  walk.say(PRACTITIONER, { type: 'recording.start' });
  expect([walk.lastRefusal, choicesOf(walk, PRACTITIONER)]).toEqual([null, ['stop']]);
});

test('[B3][B4][V3] a duty person who was alerted reads that it is the practitioner’s to start, and can stop it once it runs', () => {
  const walk = granted(aLiveSession(options))
    .say(PRACTITIONER, { type: 'crisis.open', client: CLIENT })
    .say(PRACTITIONER, { type: 'crisis.offerEscalation', client: CLIENT });
  expect(taskOf(walk, 'duty-1')).toMatchObject({ choices: [], why: { key: 'recording.missing.none.duty' } });
  expect(taskOf(walk, PRACTITIONER)?.why?.key).toBe('recording.missing.none');
  walk.say(PRACTITIONER, { type: 'recording.start' });
  expect(choicesOf(walk, 'duty-1')).toEqual(['stop']);
});

test('[B3][V3] with both grants nobody reads that they decide where it cannot be started: pause, broken privacy, closing', () => {
  const both = granted(aLiveSession(options));
  const cannot = [
    both.fork().say(PRACTITIONER, { type: 'pause.start', client: CLIENT, reason: 'needed' }),
    both.fork().say(PRACTITIONER, { type: 'privacy.open', client: CLIENT }),
    both.fork().say(PRACTITIONER, { type: 'session.end' }),
  ];
  for (const walk of [both, ...cannot])
    expect([choicesOf(walk, PRACTITIONER), taskOf(walk, PRACTITIONER)?.why?.key]).toEqual(
      walk === both ? [['start'], 'recording.missing.none'] : [[], 'recording.missing.none.notNow'],
    );
});

test('[B1][R6] while closing management is not asked for a grant any more, and can take back what they gave', () => {
  const isAsked = (walk: Walk) => choicesOf(walk, MANAGEMENT, 'recordingGrant');
  const walk = aLiveSession(options);
  expect(isAsked(walk)).toEqual(['grant']);
  walk.say(PRACTITIONER, { type: 'session.end' });
  expect(screenOf(walk, MANAGEMENT).tasks).toEqual([]);
  expect(walk.say(MANAGEMENT, grant).lastRefusal?.code).toBe('not-now');
  const given = granted(aLiveSession(options)).say(PRACTITIONER, { type: 'session.end' });
  expect(isAsked(given)).toEqual(['withdraw']);
  expect(given.say(MANAGEMENT, { type: 'recording.withdraw' }).lastRefusal).toBeNull();
});
