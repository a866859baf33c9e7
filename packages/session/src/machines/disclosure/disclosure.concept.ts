import { clientOf } from '../../step/circumstances.js';
import type { Concept } from '../../step/concept.js';
import { disclosureMachine } from './disclosure.machine.js';

/** What was told about each client. */
export const disclosureConcept: Concept = {
  name: 'disclosure',
  machine: disclosureMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) =>
    message.type === 'disclosure.record' && 'client' in message && message.client === clientOf(session)
      ? [message.client]
      : [],
};
