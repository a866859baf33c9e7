import { isEmitted, type Concept } from '../../step/concept.js';
import { routeMachine } from './route.machine.js';

/** The routes by which alerts leave the session server. */
export const routeConcept: Concept = {
  name: 'route',
  machine: routeMachine,
  startsWith: () => ['session'],
  // The event of the same name is this chart's own.
  concerns: (message) => (message.type === 'route.tested' && !isEmitted(message) ? ['session'] : []),
};
