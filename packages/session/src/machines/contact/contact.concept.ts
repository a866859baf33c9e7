import { clientOf, practitionerOf } from '../../step/circumstances.js';
import { isEmitted, type Concept, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { contactMachine } from './contact.machine.js';

const HEARD_OF_SIDES: readonly string[] = [
  'person.suspected',
  'person.alive',
  'person.left',
  'person.exited',
];
const HEARD: readonly string[] = [
  'risk.raised',
  'phoning.recorded',
  'channel.reached',
  'run.ended',
  'session.ending',
  'consent.withdrawn',
  'session.closed',
  'lead.changed',
  'meeting.setApart',
  'meeting.broughtIn',
];

function isConcerned(message: Message, session: Session): boolean {
  const sides = [clientOf(session), practitionerOf(session)];
  if (isEmitted(message)) {
    if (HEARD_OF_SIDES.includes(message.type))
      return message.subject !== null && sides.includes(message.subject.id);
    return HEARD.includes(message.type);
  }
  switch (message.type) {
    case 'server.started':
      return true;
    case 'media.reported':
    case 'call.cut':
    case 'call.stillTogether':
    case 'call.moveToVideo':
      return message.client === clientOf(session);
    case 'device.silent':
    case 'device.unloading':
      return sides.includes(message.person);
    default:
      return false;
  }
}

/** Contact between each client and the practitioner. */
export const contactConcept: Concept = {
  name: 'contact',
  machine: contactMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) => (isConcerned(message, session) ? [clientOf(session)] : []),
};
