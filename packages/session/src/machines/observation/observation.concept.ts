import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { observationMachine } from './observation.machine.js';

/** What ends media as such: nothing is seen or heard by it any more. Both are shown to the client at that instant (V1). */
const HEARD: readonly string[] = ['contact.byPhone', 'contact.ended'];

function clientIn(message: Message, session: Session): string | null {
  if (message.type === 'lead.changed') return clientOf(session);
  if (isEmitted(message)) return HEARD.includes(message.type) ? (message.subject?.id ?? null) : null;
  switch (message.type) {
    case 'media.observed':
    case 'observation.report':
    case 'observation.settle':
      return message.client;
    default:
      return null;
  }
}

/** What can be seen and heard of each client. */
export const observationConcept: Concept = {
  name: 'observation',
  machine: observationMachine,
  startsWith: ({ people }) => people.filter(({ role }) => role === 'client').map(({ id }) => id),
  concerns: (message, session) => {
    const client = clientIn(message, session);
    return client !== null && session.charts[`observation:${client}`] !== undefined ? [client] : [];
  },
};
