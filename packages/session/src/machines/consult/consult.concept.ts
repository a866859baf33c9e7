import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept } from '../../step/concept.js';
import { consultMachine } from './consult.machine.js';

/** One question to a colleague at a time, for each client. */
export const consultConcept: Concept = {
  name: 'consult',
  machine: consultMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) => {
    const client = clientOf(session);
    if (isEmitted(message)) return message.type === 'alert.accepted' ? [client] : [];
    const isMine = message.type === 'consult.ask' || message.type === 'consult.end';
    return isMine && message.client === client ? [client] : [];
  },
};
