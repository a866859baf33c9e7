import { clientOf } from '../../step/circumstances.js';
import type { Concept } from '../../step/concept.js';
import { toldMachine } from './told.machine.js';

/** What each client was told about what comes next. */
export const toldConcept: Concept = {
  name: 'told',
  machine: toldMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) =>
    message.type === 'client.tell' && 'client' in message && message.client === clientOf(session)
      ? [message.client]
      : [],
};
