import type { Concept } from '../../step/concept.js';
import { closingMachine } from './closing.machine.js';

const CONCERNS: readonly string[] = [
  'closing.dispose',
  'closing.addFollowUp',
  'closing.settleFollowUp',
  'closing.handOverFollowUp',
  'supervision.opened',
  'pathway.ended',
  'pathway.rationaleGiven',
  'session.wentLive',
  'session.ending',
  'session.closed',
  'deciding.acted',
  'run.lateReport',
  'channel.meetingAsked',
];

/** What is owed at the end of a session. */
export const closingConcept: Concept = {
  name: 'closing',
  machine: closingMachine,
  startsWith: () => ['session'],
  concerns: (message) => (CONCERNS.includes(message.type) ? ['session'] : []),
};
