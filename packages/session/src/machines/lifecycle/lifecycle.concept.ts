import type { Concept } from '../../step/concept.js';
import { lifecycleMachine } from './lifecycle.machine.js';

const CONCERNS: readonly string[] = [
  'person.admit',
  'gate.override',
  'session.goLive',
  'session.end',
  'session.close',
  'consent.withdraw',
  'item.answered',
  'item.overridden',
  'closing.disposed',
  'appointment.cancelled',
];

/** The session as a whole. */
export const lifecycleConcept: Concept = {
  name: 'lifecycle',
  machine: lifecycleMachine,
  startsWith: () => ['session'],
  concerns: (message) => (CONCERNS.includes(message.type) ? ['session'] : []),
};
