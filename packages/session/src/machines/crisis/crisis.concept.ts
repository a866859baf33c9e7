import { isEmitted, type Concept } from '../../step/concept.js';
import { clientOf } from '../../step/circumstances.js';
import { crisisMachine } from './crisis.machine.js';

/** What a crisis hears of the others: a person who takes its alert, and what is asked again. */
const HEARD: readonly string[] = ['alert.accepted', 'item.answered', 'item.reopened', 'lead.changed'];

/** One crisis chart for each client. */
export const crisisConcept: Concept = {
  name: 'crisis',
  machine: crisisMachine,
  startsWith: ({ people }) => people.filter((person) => person.role === 'client').map((person) => person.id),
  concerns: (message, session) => {
    if (isEmitted(message)) return HEARD.includes(message.type) ? [clientOf(session)] : [];
    const isMine = message.type.startsWith('crisis.') && 'client' in message;
    return isMine && session.charts[`crisis:${message.client}`] !== undefined ? [message.client] : [];
  },
};
