import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { recordingMachine } from './recording.machine.js';

const SAID: readonly string[] = [
  'recording.grant',
  'recording.withdraw',
  'recording.start',
  'recording.stop',
  'recording.started',
  'recording.stopped',
  'recording.failed',
];
/** What stops it at once (B4). */
const STOPS: readonly string[] = [
  'consent.withdrawn',
  'session.ending',
  'session.closed',
  'privacy.compromised',
  'pause.started',
];
const CLIENT_STOPS: readonly string[] = ['person.left', 'person.exited'];

function isConcerned(message: Message, session: Session): boolean {
  // Some names are a fact of the recorder and an event of this chart: it does not hear itself.
  if (!isEmitted(message)) return SAID.includes(message.type);
  if (CLIENT_STOPS.includes(message.type)) return message.subject?.id === clientOf(session);
  return STOPS.includes(message.type);
}

/** Recording of the session. */
export const recordingConcept: Concept = {
  name: 'recording',
  machine: recordingMachine,
  startsWith: () => ['session'],
  concerns: (message, session) => (isConcerned(message, session) ? ['session'] : []),
};
