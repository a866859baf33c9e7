import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept } from '../../step/concept.js';
import { faultMachine } from './fault.machine.js';

/** Faults of our own, by the client who may need somebody because of them. */
export const faultConcept: Concept = {
  name: 'fault',
  machine: faultMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) =>
    !isEmitted(message) && message.type === 'step.failed' ? [clientOf(session)] : [],
};
