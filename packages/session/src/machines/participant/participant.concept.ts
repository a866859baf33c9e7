import { isEmitted, type Concept, type Emitted, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { participantMachine } from './participant.machine.js';
import { participantsOf } from './participant-state.js';

/** Pathways in whose first step nobody is who is not needed there (H26). */
const HELD_BY: readonly string[] = ['crisis.opened', 'safeguarding.opened', 'privacy.compromised'];
/** Said once more, or put right: nothing opens by it, and who was let in again stays. */
const NOT_OPENED: readonly unknown[] = ['again', 'corrected'];
const OWN_WAY: readonly string[] = ['device.joined', 'person.left', 'person.exited'];

/** A pathway begins in which everybody else waits outside at first (J5, J16). */
export const isPathwayOpening = ({ type, outcome }: Emitted): boolean =>
  HELD_BY.includes(type) && !NOT_OPENED.includes(outcome);

function concerned(message: Message, session: Session): readonly string[] {
  if (isEmitted(message)) return isPathwayOpening(message) ? participantsOf(session) : [];
  const isMine = OWN_WAY.includes(message.type) || message.type.startsWith('participant.');
  return isMine && 'person' in message && message.person !== null ? [message.person] : [];
}

/** A chart for each person who takes part beside client and practitioner. */
export const participantConcept: Concept = {
  name: 'participant',
  machine: participantMachine,
  startsWith: participantsOf,
  concerns: (message, session) =>
    concerned(message, session).filter((person) => session.charts[`participant:${person}`] !== undefined),
};
