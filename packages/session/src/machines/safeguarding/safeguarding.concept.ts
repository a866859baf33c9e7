import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept, type Emitted, type Message } from '../../step/concept.js';
import { safeguardingMachine } from './safeguarding.machine.js';

/** A guardian who may be the risk, as the item says that asks for a guardian's consent (E05, H30). */
const isUnsafeGuardian = ({ type, subject, outcome }: Emitted): boolean =>
  type === 'item.answered' && subject?.id === 'guardianConsent' && outcome === 'notSafe';

const isConcerned = (message: Message, client: string): boolean =>
  isEmitted(message)
    ? ['alert.acknowledged', 'alert.accepted', 'followUp.opened'].includes(message.type) ||
      isUnsafeGuardian(message)
    : message.type.startsWith('safeguarding.') && 'client' in message && message.client === client;

/** One safeguarding chart for each client. */
export const safeguardingConcept: Concept = {
  name: 'safeguarding',
  machine: safeguardingMachine,
  startsWith: ({ people }) => people.filter((person) => person.role === 'client').map((person) => person.id),
  concerns: (message, session) => {
    const client = clientOf(session);
    return session.charts[`safeguarding:${client}`] !== undefined && isConcerned(message, client)
      ? [client]
      : [];
  },
};
