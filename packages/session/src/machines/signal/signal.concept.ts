import { clientOf, practitionerOf } from '../../step/circumstances.js';
import { isEmitted, type Concept } from '../../step/concept.js';
import { signalMachine } from './signal.machine.js';

const HEARD: readonly string[] = ['risk.raised', 'alert.accepted', 'privacy.compromised'];
const HEARD_OF_PRACTITIONER: readonly string[] = ['person.gone', 'person.left', 'person.exited'];

/** The discreet signal of each client. */
export const signalConcept: Concept = {
  name: 'signal',
  machine: signalMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) => {
    const client = clientOf(session);
    if (isEmitted(message)) {
      const isGoing =
        HEARD_OF_PRACTITIONER.includes(message.type) && message.subject?.id === practitionerOf(session);
      return isGoing || HEARD.includes(message.type) ? [client] : [];
    }
    return (message.type === 'privacy.signal' || message.type === 'privacy.acknowledge') &&
      message.client === client
      ? [client]
      : [];
  },
};
