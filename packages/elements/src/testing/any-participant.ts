import { PARTICIPANT_ROLES, referencePolicy } from '@holdfast/protocol';
import fc from 'fast-check';
import { at, deadlines, maybe, one } from './any-parts.js';

const callBack = fc.record({
  isMissed: fc.boolean(),
  sinceMs: maybe(at),
  lostBy: one('silence', 'left', 'withdrew'),
  calls: fc.constant(0),
  isWaitedFor: fc.boolean(),
  isOverdue: fc.boolean(),
  way: maybe(one('plainWording', 'threeWayPhone')),
  deadlines: deadlines('remind'),
});

/** Another participant, as staff hold them. */
export const participant = fc.record({
  id: fc.constant('i1'),
  role: one(...PARTICIPANT_ROLES),
  isNeeded: fc.boolean(),
  state: one('invited', 'waiting', 'admitted', 'held', 'left', 'removed'),
  missing: fc.subarray(['identity', 'consent', 'clientAgrees'] as const),
  clientSays: one('notAsked', 'agrees', 'refuses'),
  heldBecause: maybe(one('practitioner', 'privacy', 'crisis', 'safeguarding')),
  callBack: maybe(callBack),
});

/** A joint meeting, as staff hold it. */
export const meeting = fc.record({
  isInside: fc.boolean(),
  because: maybe(one('practitioner', 'fellow', 'left')),
  missing: fc.subarray(['clientAgrees', 'fellowAgrees'] as const),
  fellows: fc
    .record({
      id: fc.constant('c2'),
      isInside: fc.boolean(),
      clientSays: one('notAsked', 'agrees', 'refuses'),
      agrees: fc.boolean(),
    })
    .map((fellow) => [fellow]),
});

/** What their own device holds. */
export const ofParticipant = fc.record({
  role: one(...PARTICIPANT_ROLES),
  version: fc.constant(1 as const),
  person: fc.constant('i1'),
  client: fc.constant('c1'),
  practitioner: fc.constant('p1'),
  drill: fc.boolean(),
  texts: fc.constant({ participation: referencePolicy.texts.participation }),
  vault: fc.constant({}),
  stage: one('gathering', 'settingUp', 'live', 'live', 'ended'),
  place: one('door', 'room', 'room', 'outside', 'left', 'removed'),
  isIdentified: fc.boolean(),
  hasConsented: fc.boolean(),
  mediaAllowed: fc.boolean(),
  isPaused: fc.boolean(),
  people: one('here' as const, 'away' as const).map((presence) => [
    { id: 'p1', role: 'practitioner' as const, presence },
  ]),
});
