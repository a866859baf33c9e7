import type { Concept } from '../../step/concept.js';
import { ENDED_BY, OPENED_BY, REACHED_BY } from './pathways.js';
import { supervisionMachine } from './supervision.machine.js';

const CONCERNS: readonly string[] = [
  ...Object.keys(OPENED_BY),
  ...REACHED_BY,
  'deciding.decided',
  ...Object.keys(ENDED_BY),
  'closing.giveRationale',
  'supervision.settle',
];

/** The pathways that were walked in this session, and whether somebody has looked back at each. */
export const supervisionConcept: Concept = {
  name: 'supervision',
  machine: supervisionMachine,
  startsWith: () => ['session'],
  concerns: (message) => (CONCERNS.includes(message.type) ? ['session'] : []),
};
