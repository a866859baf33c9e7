import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept, type Message } from '../../step/concept.js';
import { attendanceMachine } from './attendance.machine.js';

function isConcerned(message: Message, client: string): boolean {
  if (!isEmitted(message))
    return (
      message.type === 'appointment.moved' ||
      (message.type === 'attendance.openNoShow' && message.client === client)
    );
  if (message.type === 'person.alive') return message.subject?.id === client;
  return ['session.wentLive', 'session.ending', 'appointment.cancelled'].includes(message.type);
}

/** Attendance of each client. */
export const attendanceConcept: Concept = {
  name: 'attendance',
  machine: attendanceMachine,
  startsWith: ({ people }) => people.filter((person) => person.role === 'client').map((person) => person.id),
  concerns: (message, session) => {
    const client = clientOf(session);
    return session.charts[`attendance:${client}`] !== undefined && isConcerned(message, client)
      ? [client]
      : [];
  },
};
