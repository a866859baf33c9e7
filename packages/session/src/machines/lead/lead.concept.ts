import type { Concept } from '../../step/concept.js';
import { leadMachine } from './lead.machine.js';

const SAID: readonly string[] = ['handOver.offer', 'handOver.accept', 'handOver.decline', 'handOver.take'];

/** Who leads the session: one of its practitioners. */
export const leadConcept: Concept = {
  name: 'lead',
  machine: leadMachine,
  startsWith: () => ['session'],
  concerns: (message) => (SAID.includes(message.type) ? ['session'] : []),
};
