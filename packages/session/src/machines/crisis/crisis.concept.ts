import type { Concept } from '../../step/concept.js';
import { crisisMachine } from './crisis.machine.js';

/** One crisis chart for each client. */
export const crisisConcept: Concept = {
  name: 'crisis',
  machine: crisisMachine,
  startsWith: ({ people }) => people.filter((person) => person.role === 'client').map((person) => person.id),
  concerns: (message, session) => {
    switch (message.type) {
      case 'crisis.open':
      case 'crisis.offerEscalation':
      case 'crisis.acceptEscalation':
      case 'crisis.resolve':
        return session.charts[`crisis:${message.client}`] === undefined ? [] : [message.client];
      default:
        return [];
    }
  },
};
