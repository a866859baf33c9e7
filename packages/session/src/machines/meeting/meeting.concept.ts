import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Concept } from '../../step/concept.js';
import { isPathwayOpening } from '../participant/participant.concept.js';
import { fellowsOf } from './meeting-state.js';
import { meetingMachine } from './meeting.machine.js';

const GOING: readonly string[] = ['person.left', 'person.exited'];

/** A joint meeting, in the session of one of its clients; a session of one client has none. */
export const meetingConcept: Concept = {
  name: 'meeting',
  machine: meetingMachine,
  startsWith: ({ people }) => (fellowsOf({ people }).length > 0 ? [clientOf({ people })] : []),
  concerns: (message, session) => {
    if (fellowsOf(session).length === 0) return [];
    const client = clientOf(session);
    const isMine = isEmitted(message)
      ? isPathwayOpening(message) || (GOING.includes(message.type) && message.subject?.id === client)
      : message.type.startsWith('meeting.');
    return isMine ? [client] : [];
  },
};
