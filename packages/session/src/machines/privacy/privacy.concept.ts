import { clientOf, practitionerOf } from '../../step/circumstances.js';
import { isEmitted, type Concept } from '../../step/concept.js';
import { privacyMachine } from './privacy.machine.js';

const COMMANDS: readonly string[] = [
  'privacy.open',
  'privacy.pause',
  'privacy.recontract',
  'privacy.switchChannel',
  'privacy.endNeutrally',
  'privacy.resolve',
  'privacy.alertLead',
  'privacy.setSafeContact',
];
const HEARD_OF_PRACTITIONER: readonly string[] = ['person.gone', 'person.left', 'person.exited'];

/** Privacy of each client. */
export const privacyConcept: Concept = {
  name: 'privacy',
  machine: privacyMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) => {
    const client = clientOf(session);
    if (isEmitted(message)) {
      const isGoing =
        HEARD_OF_PRACTITIONER.includes(message.type) && message.subject?.id === practitionerOf(session);
      return isGoing || message.type === 'alert.accepted' ? [client] : [];
    }
    return COMMANDS.includes(message.type) && 'client' in message && message.client === client
      ? [client]
      : [];
  },
};
