import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept } from '../../step/concept.js';
import { helpMachine } from './help.machine.js';

const HEARD: readonly string[] = ['risk.raised', 'person.gone', 'person.left', 'alert.accepted'];

/** "I need someone now", for each client. */
export const helpConcept: Concept = {
  name: 'help',
  machine: helpMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) => {
    const client = clientOf(session);
    if (isEmitted(message)) return HEARD.includes(message.type) ? [client] : [];
    return (message.type === 'help.ask' || message.type === 'help.answer') && message.client === client
      ? [client]
      : [];
  },
};
