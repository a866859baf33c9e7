import type { Concept } from '../../step/concept.js';
import { isEmitted } from '../../step/concept.js';
import { pauseMachine } from './pause.machine.js';

const HEARD: readonly string[] = [
  'privacy.compromised',
  'privacy.stepTaken',
  'privacy.resolved',
  'participant.lost',
  'participant.back',
  'participant.goneOnWithout',
  'participant.heldOutside',
  'participant.clientRefused',
  'participant.removed',
  'session.ending',
];

/** One pause chart a session. */
export const pauseConcept: Concept = {
  name: 'pause',
  machine: pauseMachine,
  startsWith: () => ['session'],
  concerns: (message) => {
    const isConcerned = isEmitted(message)
      ? HEARD.includes(message.type)
      : ['pause.start', 'pause.end', 'server.started'].includes(message.type);
    return isConcerned ? ['session'] : [];
  },
};
