import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept } from '../../step/concept.js';
import { riskMachine } from './risk.machine.js';

/** Risk of each client. */
export const riskConcept: Concept = {
  name: 'risk',
  machine: riskMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) => {
    const client = clientOf(session);
    if (isEmitted(message)) return message.type === 'crisis.opened' ? [client] : [];
    return (message.type === 'risk.raise' || message.type === 'risk.lower') && message.client === client
      ? [client]
      : [];
  },
};
