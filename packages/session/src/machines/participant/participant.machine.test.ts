import { PARTICIPANT_ROLES, type Command } from '@holdfast/protocol';
import { describe, expect, test } from 'vitest';
import { isMediaAllowed } from '../../project/media-allowed.js';
import { project } from '../../project/project.js';
import { admitted, atTheDoor, NEEDED, PARTICIPANTS, theirConsent } from '../../testing/a-participant.js';
import {
  aLiveSession,
  aWaitingSession,
  CLIENT,
  DUTY,
  PRACTITIONER,
  type Walk,
} from '../../testing/a-session.js';
import { needsOf, participantOf } from './participant-state.js';

const client = CLIENT;
const person = 'supporter';
const others = PARTICIPANTS;
const aSession = () => aLiveSession({ others });
const inside = (): Walk => admitted(aSession(), person);
const where = (walk: Walk, who = person) => walk.value(`participant:${who}`);
const hasMedia = ({ session }: Walk, who = person): boolean => isMediaAllowed(session, who);
const say = (
  type: 'admit' | 'hold' | 'remove' | 'clientAgrees' | 'clientRefuses',
  who = person,
): Command => ({
  type: `participant.${type}`,
  person: who,
});
const identify: Command = { type: 'participant.confirmIdentity', person, method: 'document' };
const refusal = (walk: Walk) => [walk.lastRefusal?.code, walk.lastRefusal?.missing];

describe('letting in', () => {
  test('[J1][J2][D05][E06] nobody is in the room before identity, their own consent and the client’s word, each by itself', () => {
    const walk = aSession().join(person);
    expect([where(walk), hasMedia(walk)]).toEqual(['waiting', false]);
    const steps = [
      [person, theirConsent(person)],
      [PRACTITIONER, identify],
      [PRACTITIONER, say('clientAgrees')],
    ] as const;
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ] as const) {
      const fork = walk.fork();
      for (const index of order) {
        fork.say(PRACTITIONER, say('admit'));
        expect(fork.lastRefusal?.code).toBe('gate-open');
        expect([where(fork), hasMedia(fork)]).toEqual(['waiting', false]);
        const [by, command] = steps[index];
        fork.say(by, command);
      }
      fork.say(PRACTITIONER, say('admit'));
      expect([fork.lastRefusal, where(fork), hasMedia(fork)]).toEqual([null, 'admitted', true]);
    }
  });

  test('[J2] what is missing is named', () => {
    const walk = aSession().join(person).say(PRACTITIONER, say('admit'));
    expect(refusal(walk)).toEqual(['gate-open', ['identity', 'consent', 'clientAgrees']]);
    const found = participantOf(walk.session, person);
    expect(found && needsOf(found.context)).toEqual(['identity', 'consent', 'clientAgrees']);
  });

  test('[J2][J3] consent is their own and to this text; nobody else agrees for them, nor for the client', () => {
    const walk = aSession().join(person).join('observer');
    expect(walk.say('observer', theirConsent(person)).lastRefusal?.code).toBe('not-allowed');
    expect(walk.say(PRACTITIONER, theirConsent(person)).lastRefusal?.code).toBe('not-allowed');
    walk.say(person, { type: 'participant.consent', person, textVersion: 'another-v9' });
    expect(walk.lastRefusal?.code).toBe('bad-answer');
    for (const by of [person, CLIENT, DUTY[0]])
      for (const command of [say('clientAgrees'), say('admit'), identify, say('hold'), say('remove')])
        expect(walk.say(by, command).lastRefusal?.code, `${command.type} of ${by}`).toBe('not-allowed');
  });

  test('[J2] nobody who has not come is let in, and nobody before the client', () => {
    expect(aSession().say(PRACTITIONER, say('admit')).lastRefusal?.code).toBe('not-now');
    const walk = atTheDoor(aWaitingSession({ others }), person).say(PRACTITIONER, say('admit'));
    expect([walk.lastRefusal?.code, where(walk), hasMedia(walk)]).toEqual(['not-now', 'waiting', false]);
  });
});

describe('out of the room', () => {
  test('[J3] consent taken back, and the client’s refusal, end it at once; a new yes does not let them in by itself', () => {
    const withdrawn = inside().say(person, { type: 'participant.withdraw', person });
    expect([where(withdrawn), hasMedia(withdrawn)]).toEqual(['waiting', false]);
    withdrawn.say(person, theirConsent(person));
    expect(hasMedia(withdrawn)).toBe(false);
    expect(hasMedia(withdrawn.say(PRACTITIONER, say('admit')))).toBe(true);
    const refused = inside().say(PRACTITIONER, say('clientRefuses'));
    expect([where(refused), hasMedia(refused)]).toEqual(['waiting', false]);
    expect(refusal(refused.say(PRACTITIONER, say('admit')))).toEqual(['gate-open', ['clientAgrees']]);
  });

  test('[J4] who left and comes again waits at the door; who was removed does not come again', () => {
    for (const go of ['leave', 'exit'] as const) {
      const walk = inside()[go](person);
      expect([where(walk), hasMedia(walk)]).toEqual(['left', false]);
      walk.join(person);
      expect([where(walk), hasMedia(walk)]).toEqual(['waiting', false]);
      expect(hasMedia(walk.say(PRACTITIONER, say('admit')))).toBe(true);
    }
    const removed = inside().say(PRACTITIONER, say('remove')).join(person);
    expect([where(removed), hasMedia(removed)]).toEqual(['removed', false]);
    expect(removed.say(PRACTITIONER, say('admit')).lastRefusal?.code).toBe('not-now');
  });

  test('[J6] the practitioner holds anyone outside, also who is needed, and lets them in again', () => {
    const walk = admitted(aLiveSession({ others: [NEEDED] }), NEEDED.id);
    walk.say(PRACTITIONER, say('hold', NEEDED.id));
    expect([where(walk, NEEDED.id), hasMedia(walk, NEEDED.id)]).toEqual(['held', false]);
    expect(hasMedia(walk.say(PRACTITIONER, say('admit', NEEDED.id)), NEEDED.id)).toBe(true);
  });
});

const PATHWAYS: Readonly<Record<string, (walk: Walk) => Walk>> = {
  privacy: (walk) => walk.say(PRACTITIONER, { type: 'privacy.open', client }),
  crisis: (walk) => walk.say(PRACTITIONER, { type: 'crisis.open', client }),
  safeguarding: (walk) => walk.say(PRACTITIONER, { type: 'safeguarding.open', client, about: 'adult' }),
};

describe.each(Object.keys(PATHWAYS))('[J5][H26] when the pathway %s is opened', (pathway) => {
  const open = PATHWAYS[pathway] ?? ((walk: Walk) => walk);

  test('[J5][H26] everybody who is not needed is outside in the same step; each comes in again by a decision of its own', () => {
    const everybody = [NEEDED, ...PARTICIPANTS.filter(({ role }) => role !== 'interpreter')];
    const walk = aLiveSession({ others: everybody });
    for (const { id } of everybody) admitted(walk, id);
    open(walk.forget());
    const held = everybody.filter(({ isNeeded }) => isNeeded !== true);
    for (const { id } of held) expect([id, where(walk, id), hasMedia(walk, id)]).toEqual([id, 'held', false]);
    expect(where(walk, NEEDED.id)).toBe('admitted');
    const events = walk.events.filter(({ kind }) => kind === 'participant.heldOutside');
    expect(events.map(({ subject, outcome }) => [subject?.id, outcome])).toEqual(
      held.map(({ id }) => [id, pathway]),
    );
    walk.say(PRACTITIONER, say('admit'));
    expect(held.map(({ id }) => hasMedia(walk, id))).toEqual(held.map(({ id }) => id === person));
  });

  test('[J6] who was let in again is not put out by what is said once more', () => {
    const walk = open(inside()).say(PRACTITIONER, say('admit'));
    expect(hasMedia(open(walk))).toBe(true);
  });
});

test('[J6] nor by putting right whom a safeguarding matter is about', () => {
  const about = (whom: 'adult' | 'child') => ({ type: 'safeguarding.open', client, about: whom }) as const;
  const walk = inside().say(PRACTITIONER, about('adult')).say(PRACTITIONER, say('admit'));
  expect(walk.say(PRACTITIONER, about('child')).lastRefusal).toBeNull();
  expect([where(walk), hasMedia(walk)]).toEqual(['admitted', true]);
});

/** H26: every role, in every place, at every stage and in every pathway: in the room only when admitted, and what is seen. */
describe('[H26] every role in every state', () => {
  const STAGES: Readonly<Record<string, (walk: Walk) => Walk>> = {
    live: (walk) => walk,
    ...PATHWAYS,
    risk: (walk) => walk.say(PRACTITIONER, { type: 'risk.raise', client }),
    paused: (walk) => walk.say(PRACTITIONER, { type: 'pause.start', client, reason: 'needed' }),
    'in a run': (walk) => walk.cut().by(301_000),
    'by phone': (walk) => walk.cut().by(301_000).recordCall('reachedByName'),
    closing: (walk) => walk.say(PRACTITIONER, { type: 'session.end' }),
  };
  const PLACES: Readonly<Record<string, (walk: Walk, role: string) => Walk>> = {
    invited: (walk) => walk,
    'at the door, nothing settled': (walk, role) => walk.join(role),
    'at the door, all settled': (walk, role) => atTheDoor(walk, role),
    'in the room': (walk, role) => admitted(walk, role),
    held: (walk, role) => admitted(walk, role).say(PRACTITIONER, say('hold', role)),
    left: (walk, role) => admitted(walk, role).leave(role),
    removed: (walk, role) => admitted(walk, role).say(PRACTITIONER, say('remove', role)),
  };
  const CELLS = PARTICIPANT_ROLES.flatMap((role) =>
    Object.keys(PLACES).flatMap((place) => Object.keys(STAGES).map((stage) => [role, place, stage] as const)),
  );

  test.each(CELLS)('[H26][J1][J7] %s, %s, %s', (role, place, stage) => {
    const put = PLACES[place];
    const then = STAGES[stage];
    if (put === undefined || then === undefined) throw new Error('no such cell');
    const walk = then(put(aSession(), role));
    const isIn = place === 'in the room' && !(stage in PATHWAYS) && stage !== 'closing';
    expect(hasMedia(walk, role)).toBe(isIn);
    const held = project(walk.session, role);
    if (held === null || !('place' in held)) throw new Error('not a participant’s projection');
    expect(held.mediaAllowed).toBe(isIn);
    expect(Object.keys(held).sort()).toEqual(SHAPE);
    const seen = held.people.map(({ id }) => id).sort();
    const isInList = held.place === 'room';
    expect(seen).toEqual((isInList ? [CLIENT, PRACTITIONER, role] : [PRACTITIONER, role]).sort());
    // The client sees exactly who is in the room.
    const theirs = project(walk.session, CLIENT);
    const listed = theirs?.role === 'client' && theirs.people.some(({ id }) => id === role);
    expect(listed).toBe(isInList);
  });
  const SHAPE = [
    'client',
    'drill',
    'hasConsented',
    'isIdentified',
    'isPaused',
    'mediaAllowed',
    'people',
    'person',
    'place',
    'practitioner',
    'role',
    'stage',
    'texts',
    'vault',
    'version',
  ];
});
