import { clientOf } from '../../step/circumstances.js';
import type { Concept } from '../../step/concept.js';
import { staffNoteMachine } from './staff-note.machine.js';

/** Notes between the staff, for each client. */
export const staffNoteConcept: Concept = {
  name: 'staffNote',
  machine: staffNoteMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) =>
    message.type === 'staffNote.send' && 'client' in message && message.client === clientOf(session)
      ? [message.client]
      : [],
};
