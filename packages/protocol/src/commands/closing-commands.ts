import * as z from 'zod/mini';
import { Code, Id } from '../ids.js';
import { ACTING, UNTIL_CLOSED, type CommandRule } from './rule.js';

/** How a run or a session ended, said by a named person (A48). */
export const Disposition = z.enum([
  'safeWithClient',
  'safeByReport',
  'helpOnScene',
  'handedToEmergencyServices',
  'handedToService',
  'followUpArranged',
  'endedAsPlanned',
]);
/** What the schema {@link Disposition} lets through. */
export type Disposition = z.infer<typeof Disposition>;

/** Commands of closing. */
export const closingCommands = [
  z.strictObject({ type: z.literal('closing.dispose'), disposition: Disposition }),
  z.strictObject({
    type: z.literal('closing.addFollowUp'),
    followUp: Id,
    kind: Code,
    owner: Id,
    /** Calendar date, `YYYY-MM-DD`. */
    dueOn: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  }),
  z.strictObject({ type: z.literal('closing.settleFollowUp'), followUp: Id }),
  z.strictObject({ type: z.literal('closing.handOverFollowUp'), followUp: Id, to: Id }),
  /** Where the reasons of a pathway that is over are written down, in the host's own record (A20). */
  z.strictObject({ type: z.literal('closing.giveRationale'), pathway: Id, rationaleRef: Id }),
] as const;

/** Who may send them, and when. */
export const closingRules = {
  'closing.dispose': { roles: ACTING, while: { lifecycle: ['closing'] } },
  'closing.addFollowUp': { roles: ACTING, while: UNTIL_CLOSED },
  'closing.settleFollowUp': { roles: ACTING, while: UNTIL_CLOSED },
  'closing.handOverFollowUp': { roles: ACTING, while: UNTIL_CLOSED },
  // F9: also after the close, when a supervisor looks back.
  'closing.giveRationale': { roles: [...ACTING, 'supervisor'], while: {} },
} as const satisfies Record<string, CommandRule>;
