import {
  PARTICIPANT_ROLES,
  referencePolicy,
  type Command,
  type Id,
  type ParticipantRole,
  type Person,
} from '@holdfast/protocol';
import type { Walk } from './a-session.js';

/** One participant of each role, by an id of the same name. */
export const PARTICIPANTS: readonly Person[] = PARTICIPANT_ROLES.map((role) => ({ id: role, role }));
/** An interpreter without whom client and practitioner do not understand each other. */
export const NEEDED: Person = { id: 'interpreter', role: 'interpreter', isNeeded: true };

/** Their own agreement, to the reference policy's text. */
export const theirConsent = (person: Id): Command => ({
  type: 'participant.consent',
  person,
  textVersion: referencePolicy.texts.participation,
});

/** Comes to the door, with everything settled; nobody let them in yet. */
export const atTheDoor = (walk: Walk, person: Id, by: Id = 'p1'): Walk =>
  walk
    .join(person)
    .say(person, theirConsent(person))
    .say(by, { type: 'participant.confirmIdentity', person, method: 'knownToService' })
    .say(by, { type: 'participant.clientAgrees', person });

/** In the room. */
export const admitted = (walk: Walk, person: Id | ParticipantRole, by: Id = 'p1'): Walk =>
  atTheDoor(walk, person, by).say(by, { type: 'participant.admit', person });
