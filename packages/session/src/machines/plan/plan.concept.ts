import type { Id } from '@holdfast/protocol';
import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { INCIDENTS, planMachine } from './plan.machine.js';

/** Kinds of sessions in which a client is cared for: nobody plans for the safety of a colleague here (B01). */
const WITH_CLIENT: readonly string[] = ['therapy', 'assessment', 'practiceRoom'];

function concerns(message: Message, session: Session): readonly Id[] {
  if (isEmitted(message)) return INCIDENTS.includes(message.type) ? [clientOf(session)] : [];
  switch (message.type) {
    case 'plan.raise':
    case 'plan.putOff':
    case 'plan.review':
    case 'plan.recordContent':
    case 'plan.agree':
    case 'plan.giveCopy':
    case 'plan.useTemplate':
      return [message.client];
    default:
      return [];
  }
}

/** One safety plan for each client. */
export const planConcept: Concept = {
  name: 'plan',
  machine: planMachine,
  startsWith: ({ people, appointment }) =>
    WITH_CLIENT.includes(appointment.type)
      ? people.filter((person) => person.role === 'client').map((person) => person.id)
      : [],
  concerns: (message, session) =>
    concerns(message, session).filter((client) => session.charts[`plan:${client}`] !== undefined),
};
