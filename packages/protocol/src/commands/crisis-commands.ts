import * as z from 'zod/mini';
import { Id } from '../ids.js';
import { OverrideReason } from './session-commands.js';
import { ACTING, UNTIL_CLOSED, type CommandRule } from './rule.js';

/** The four ways in which a crisis can end (design; E18, H21). It never ends by itself. */
export const CrisisExit = z.enum(['helpOnScene', 'handOverAccepted', 'clientSafe', 'overridden']);
/** What the schema {@link CrisisExit} lets through. */
export type CrisisExit = z.infer<typeof CrisisExit>;

const client = Id;

/** Commands of a crisis. */
export const crisisCommands = [
  z.strictObject({ type: z.literal('crisis.open'), client }),
  z.strictObject({ type: z.literal('crisis.offerEscalation'), client }),
  z.strictObject({ type: z.literal('crisis.acceptEscalation'), client }),
  z.strictObject({
    type: z.literal('crisis.resolve'),
    client,
    exit: CrisisExit,
    rationaleRef: z.optional(Id),
    reason: z.optional(OverrideReason),
  }),
] as const;

/** Who may send them, and when. */
export const crisisRules = {
  'crisis.open': { roles: ACTING, while: { ...UNTIL_CLOSED, crisis: ['none', 'resolved'] } },
  'crisis.offerEscalation': { roles: ACTING, while: { crisis: ['open'] } },
  'crisis.acceptEscalation': { roles: ['duty'], while: { crisis: ['open'] } },
  'crisis.resolve': { roles: ACTING, while: { crisis: ['open'] } },
} as const satisfies Record<string, CommandRule>;
