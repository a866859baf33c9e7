import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept } from '../../step/concept.js';
import { alternativeMachine } from './alternative.machine.js';

/** What each client is offered instead of video. */
export const alternativeConcept: Concept = {
  name: 'alternative',
  machine: alternativeMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) => {
    const client = clientOf(session);
    if (isEmitted(message))
      return message.type === 'item.answered' && message.subject?.id === 'suitability' ? [client] : [];
    return message.type === 'suitability.offerAlternative' && message.client === client ? [client] : [];
  },
};
