import { isEmitted, type Concept, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { callBackMachine } from './call-back.machine.js';

const HEARD_OF_THEM: readonly string[] = [
  'person.gone',
  'person.alive',
  'participant.left',
  'participant.consentWithdrawn',
  'participant.admitted',
  'participant.heldOutside',
  'participant.clientRefused',
  'participant.removed',
];
const SAID: readonly string[] = [
  'participant.recordCallBack',
  'participant.goOnWithout',
  'participant.waitFor',
];

const neededOf = ({ people }: Pick<Session, 'people'>): readonly string[] =>
  people.filter(({ isNeeded }) => isNeeded === true).map(({ id }) => id);

function concerned(message: Message, session: Session): readonly string[] {
  if (!isEmitted(message)) {
    const isMine = SAID.includes(message.type) && 'person' in message && message.person !== null;
    return isMine ? [message.person] : [];
  }
  if (message.type === 'session.ending') return neededOf(session);
  return HEARD_OF_THEM.includes(message.type) && message.subject !== null ? [message.subject.id] : [];
}

/** A chart for each participant without whom client and practitioner cannot understand each other. */
export const callBackConcept: Concept = {
  name: 'callBack',
  machine: callBackMachine,
  startsWith: neededOf,
  concerns: (message, session) =>
    concerned(message, session).filter((person) => session.charts[`callBack:${person}`] !== undefined),
};
