import { clientOf, practitionerOf } from '../../step/circumstances.js';
import { isEmitted, type Concept, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { presenceMachine } from './presence.machine.js';

/** What concerns a practitioner who is away. */
const HEARD: readonly string[] = ['risk.raised', 'run.opened', 'run.ended', 'person.alive'];

function concerns(message: Message, session: Session): readonly string[] {
  const sides = [clientOf(session), practitionerOf(session)];
  if (isEmitted(message)) {
    const from = message.type === 'lead.changed' ? message.details?.['from'] : undefined;
    if (typeof from === 'string') return [from, practitionerOf(session)];
    return HEARD.includes(message.type) ? sides : [];
  }
  switch (message.type) {
    case 'server.started':
      return session.people.map((person) => person.id);
    case 'media.reported':
      return sides;
    case 'device.joined':
    case 'device.heard':
      return [message.person];
    // What one side's device no longer hears is no longer proof of the other side's life.
    case 'device.silent':
    case 'device.unloading':
    case 'person.left':
    case 'person.exited':
      return [...new Set([message.person, ...sides])];
    default:
      return [];
  }
}

/** Presence of every person of the session, the duty list included. */
export const presenceConcept: Concept = {
  name: 'presence',
  machine: presenceMachine,
  // J14: a fellow client is present in their own session.
  startsWith: ({ people }) => people.filter(({ role }) => role !== 'fellowClient').map(({ id }) => id),
  concerns: (message, session) =>
    concerns(message, session).filter((person) => session.charts[`presence:${person}`] !== undefined),
};
