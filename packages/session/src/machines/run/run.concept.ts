import { clientOf, practitionerOf } from '../../step/circumstances.js';
import { isEmitted, type Concept, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { runMachine } from './run.machine.js';

const HEARD_OF_SIDES: readonly string[] = ['person.alive', 'person.gone', 'person.left', 'person.exited'];
const HEARD: readonly string[] = [
  'contact.lost',
  'contact.recovered',
  'contact.byPhone',
  'contact.budgetSpent',
  'call.cut',
  'call.movedToVideo',
  'consent.withdrawn',
  'risk.raised',
  'attendance.noShowOpened',
  'privacy.compromised',
  'privacy.resolved',
  'alert.sent',
  'alert.accepted',
  'alert.listExhausted',
  'run.opened',
  'run.clientLeft',
  'run.ownerChanged',
  'run.ringingAllowed',
  'run.needsConfirmation',
  'run.wordGiven',
  'run.ended',
  'run.lateReport',
  'reconnecting.ended',
  'phoning.recorded',
  'phoning.ended',
  'deciding.acted',
  'deciding.decided',
  'deciding.stoodDown',
  'lead.changed',
];

/** What waits while contact is coming back: every step but the loud repeat and a person's word (rule L13). */
const HELD: readonly string[] = ['wait', 'attempt', 'phoning', 'decide', 'act', 'lookAgain'];

/** After a start of the session server nothing is held until a device says again that contact is back (R1). */
const isComingBack = (session: Session, client: string): boolean => {
  const contact = session.charts[`contact:${client}`];
  return contact?.value === 'returning' && contact.context.deadlines['recovered'] !== undefined;
};

function isConcerned(message: Message, session: Session): boolean {
  if (!isEmitted(message))
    return message.type.startsWith('ladder.') && 'client' in message && message.client === clientOf(session);
  if (!HEARD_OF_SIDES.includes(message.type)) return HEARD.includes(message.type);
  return (
    message.subject !== null && [clientOf(session), practitionerOf(session)].includes(message.subject.id)
  );
}

/** The ladder's run, for each client. */
export const runConcept: Concept = {
  name: 'run',
  machine: runMachine,
  startsWith: ({ people }) => [clientOf({ people })],
  concerns: (message, session) => (isConcerned(message, session) ? [clientOf(session)] : []),
  holds: (session, client, deadline) => HELD.includes(deadline) && isComingBack(session, client),
};
