import * as z from 'zod/mini';
import { Id } from '../ids.js';
import { ACTING, UNTIL_CLOSED, type CommandRule } from './rule.js';

/** What came of asking a colleague (C20). What they advised belongs in the host's record. */
export const ConsultOutcome = z.enum(['talkedItOver', 'comesToHelp', 'notReached', 'noLongerNeeded']);
/** What the schema {@link ConsultOutcome} lets through. */
export type ConsultOutcome = z.infer<typeof ConsultOutcome>;

const client = Id;

/** Commands of asking a colleague. */
export const consultCommands = [
  /** A person's decision: this named person of the staff is asked first, the duty list after them. */
  z.strictObject({ type: z.literal('consult.ask'), client, person: Id }),
  z.strictObject({ type: z.literal('consult.end'), client, outcome: ConsultOutcome }),
] as const;

/** Who may send them, and when. */
export const consultRules = {
  'consult.ask': { roles: ACTING, while: { ...UNTIL_CLOSED, consult: ['none'] } },
  'consult.end': { roles: ACTING, while: { ...UNTIL_CLOSED, consult: ['asked', 'taken'] } },
} as const satisfies Record<string, CommandRule>;
