import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept } from '../../step/concept.js';
import { isPractitionerGoing } from '../lead/lead-state.js';
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

/** Privacy of each client. */
export const privacyConcept: Concept = {
  name: 'privacy',
  machine: privacyMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) => {
    const client = clientOf(session);
    if (isEmitted(message)) {
      return isPractitionerGoing(message, session) || message.type === 'alert.accepted' ? [client] : [];
    }
    return COMMANDS.includes(message.type) && 'client' in message && message.client === client
      ? [client]
      : [];
  },
};
