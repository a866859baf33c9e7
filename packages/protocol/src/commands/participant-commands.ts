import * as z from 'zod/mini';
import { PARTICIPANT_ROLES } from '../actors.js';
import { Code, Id } from '../ids.js';
import { UNTIL_CLOSED, UNTIL_ENDED, type CommandRule } from './rule.js';

/** By what the practitioner knows who a participant is, before they are seen in the room (E06). */
export const ParticipantMethod = z.enum(['knownToService', 'document', 'byPhone', 'clientKnowsThem']);
/** What the schema {@link ParticipantMethod} lets through. */
export type ParticipantMethod = z.infer<typeof ParticipantMethod>;

/** What came of ringing a needed participant who was lost. */
export const CallBackOutcome = z.enum(['reached', 'noAnswer', 'failed']);
/** What the schema {@link CallBackOutcome} lets through. */
export type CallBackOutcome = z.infer<typeof CallBackOutcome>;

/** How client and practitioner go on without a needed participant in the room. */
export const WithoutWay = z.enum(['plainWording', 'threeWayPhone']);
/** What the schema {@link WithoutWay} lets through. */
export type WithoutWay = z.infer<typeof WithoutWay>;

const person = Id;

/** Commands about other participants, and of theirs. */
export const participantCommands = [
  z.strictObject({ type: z.literal('participant.confirmIdentity'), person, method: ParticipantMethod }),
  /** The practitioner asked the client, who wants this person there. */
  z.strictObject({ type: z.literal('participant.clientAgrees'), person }),
  z.strictObject({ type: z.literal('participant.clientRefuses'), person }),
  z.strictObject({ type: z.literal('participant.admit'), person }),
  z.strictObject({ type: z.literal('participant.hold'), person }),
  z.strictObject({ type: z.literal('participant.remove'), person }),
  /** Their own, by the version of the text that they read. */
  z.strictObject({ type: z.literal('participant.consent'), person, textVersion: Code }),
  z.strictObject({ type: z.literal('participant.withdraw'), person }),
  z.strictObject({ type: z.literal('participant.recordCallBack'), person, outcome: CallBackOutcome }),
  z.strictObject({ type: z.literal('participant.goOnWithout'), person, way: WithoutWay }),
  z.strictObject({ type: z.literal('participant.waitFor'), person }),
] as const;

const PRACTITIONERS = { roles: ['practitioner'], while: UNTIL_ENDED } as const;

/** Who may send them, and when. Where this participant is, is the machine's own answer. */
export const participantRules = {
  'participant.confirmIdentity': PRACTITIONERS,
  'participant.clientAgrees': PRACTITIONERS,
  'participant.clientRefuses': PRACTITIONERS,
  // Nobody is in a room before the client is.
  'participant.admit': { roles: ['practitioner'], while: { lifecycle: ['settingUp', 'live'] } },
  'participant.hold': PRACTITIONERS,
  'participant.remove': PRACTITIONERS,
  'participant.consent': { roles: PARTICIPANT_ROLES, while: UNTIL_ENDED },
  'participant.withdraw': { roles: PARTICIPANT_ROLES, while: UNTIL_CLOSED },
  'participant.recordCallBack': PRACTITIONERS,
  'participant.goOnWithout': PRACTITIONERS,
  'participant.waitFor': PRACTITIONERS,
} as const satisfies Record<string, CommandRule>;
