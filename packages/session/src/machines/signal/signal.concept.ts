import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept } from '../../step/concept.js';
import { isPractitionerGoing } from '../lead/lead-state.js';
import { signalMachine } from './signal.machine.js';

const HEARD: readonly string[] = ['risk.raised', 'alert.accepted', 'privacy.compromised'];

/** The discreet signal of each client. */
export const signalConcept: Concept = {
  name: 'signal',
  machine: signalMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) => {
    const client = clientOf(session);
    if (isEmitted(message)) {
      return isPractitionerGoing(message, session) || HEARD.includes(message.type) ? [client] : [];
    }
    return (message.type === 'privacy.signal' || message.type === 'privacy.acknowledge') &&
      message.client === client
      ? [client]
      : [];
  },
};
