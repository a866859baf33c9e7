import * as z from 'zod/mini';
import { Id } from '../ids.js';
import { OverrideReason } from './session-commands.js';
import { ACTING, UNTIL_CLOSED, type CommandRule } from './rule.js';

/** The four ways in which a crisis can end (design; E18, H21). It never ends by itself. */
export const CrisisExit = z.enum(['helpOnScene', 'handOverAccepted', 'clientSafe', 'overridden']);
/** What the schema {@link CrisisExit} lets through. */
export type CrisisExit = z.infer<typeof CrisisExit>;

/** Who may come to harm, as a person says it (E17). It chooses the lists that are shown, and scores nothing. */
export const CrisisHarm = z.enum(['self', 'others', 'both', 'unknown']);
/** What the schema {@link CrisisHarm} lets through. */
export type CrisisHarm = z.infer<typeof CrisisHarm>;

/** What an opened crisis asks again (A28), by the set-up item that holds it. */
export const CrisisFact = z.enum(['location', 'callBackNumber']);
/** What the schema {@link CrisisFact} lets through. */
export type CrisisFact = z.infer<typeof CrisisFact>;

const client = Id;

/** Commands of a crisis. */
export const crisisCommands = [
  z.strictObject({ type: z.literal('crisis.open'), client }),
  z.strictObject({ type: z.literal('crisis.setHarm'), client, to: CrisisHarm }),
  /** One tap: what is known was asked again, and it is unchanged. */
  z.strictObject({ type: z.literal('crisis.confirmFact'), client, fact: CrisisFact }),
  z.strictObject({ type: z.literal('crisis.offerEscalation'), client }),
  z.strictObject({ type: z.literal('crisis.joinEscalation'), client }),
  z.strictObject({ type: z.literal('crisis.briefEscalation'), client }),
  z.strictObject({ type: z.literal('crisis.acceptEscalation'), client }),
  z.strictObject({ type: z.literal('crisis.introduceClient'), client }),
  z.strictObject({ type: z.literal('crisis.releaseSender'), client }),
  z.strictObject({
    type: z.literal('crisis.resolve'),
    client,
    exit: CrisisExit,
    rationaleRef: z.optional(Id),
    reason: z.optional(OverrideReason),
  }),
] as const;

const whileOpen = { roles: ACTING, while: { crisis: ['open'] } } as const;

/** Who may send them, and when. Where the escalation stands is the machine's own answer. */
export const crisisRules = {
  'crisis.open': { roles: ACTING, while: { ...UNTIL_CLOSED, crisis: ['none', 'resolved'] } },
  'crisis.setHarm': whileOpen,
  'crisis.confirmFact': whileOpen,
  'crisis.offerEscalation': whileOpen,
  'crisis.joinEscalation': whileOpen,
  'crisis.briefEscalation': whileOpen,
  'crisis.acceptEscalation': whileOpen,
  'crisis.introduceClient': whileOpen,
  'crisis.releaseSender': whileOpen,
  'crisis.resolve': whileOpen,
} as const satisfies Record<string, CommandRule>;
