import * as z from 'zod/mini';
import type { Role } from '../actors.js';
import { Id } from '../ids.js';
import { UNTIL_CLOSED, type CommandRule } from './rule.js';
import { SafeChannel } from './privacy-commands.js';

/** Whom a safeguarding concern is about. */
export const SafeguardingSubject = z.enum(['adult', 'child', 'thirdParty']);
/** What the schema {@link SafeguardingSubject} lets through. */
export type SafeguardingSubject = z.infer<typeof SafeguardingSubject>;

/** Whether the service's threshold is met, as a person judges it (A37). Nothing is scored. */
export const SafeguardingThreshold = z.enum(['yes', 'no', 'unsure']);
/** What the schema {@link SafeguardingThreshold} lets through. */
export type SafeguardingThreshold = z.infer<typeof SafeguardingThreshold>;

/** Whether the person concerned was asked to agree. */
export const ConsentSought = z.enum(['yes', 'unsafeToAsk', 'refused', 'notNeeded']);
/** What the schema {@link ConsentSought} lets through. */
export type ConsentSought = z.infer<typeof ConsentSought>;

/** Why no plan for safe contact is made. */
export const NoPlanReason = z.enum(['contactIsSafe', 'clientDeclined', 'notSafeToAsk', 'notAboutClient']);
/** What the schema {@link NoPlanReason} lets through. */
export type NoPlanReason = z.infer<typeof NoPlanReason>;

/** How a safeguarding pathway ends, said by a person. */
export const SafeguardingEnd = z.enum(['handedToLead', 'referralMade', 'safePlanAgreed', 'noFurtherAction']);
/** What the schema {@link SafeguardingEnd} lets through. */
export type SafeguardingEnd = z.infer<typeof SafeguardingEnd>;

const client = Id;

/** Commands of the safeguarding pathway. */
export const safeguardingCommands = [
  /** Opens it; said again while it is open, it corrects whom it is about. */
  z.strictObject({ type: z.literal('safeguarding.open'), client, about: SafeguardingSubject }),
  z.strictObject({
    type: z.literal('safeguarding.decide'),
    client,
    threshold: SafeguardingThreshold,
    consentSought: ConsentSought,
    /** Where the reasons are written down, in the host's record. */
    rationaleRef: Id,
  }),
  /** `alert`: the software alerts the policy's list. `inPerson`: whoever says this told the lead themselves. */
  z.strictObject({
    type: z.literal('safeguarding.notifyLead'),
    client,
    way: z.enum(['alert', 'inPerson']),
  }),
  z.strictObject({
    type: z.literal('safeguarding.setContactPlan'),
    client,
    plan: z.enum(['set', 'notNeeded']),
    /** With `notNeeded`. */
    because: z.optional(NoPlanReason),
    /** Reference of the vault entry that holds the words; set by the authority, never by a device. */
    answerRef: z.optional(Id),
  }),
  z.strictObject({
    type: z.literal('safeguarding.setGuardianException'),
    client,
    isOn: z.boolean(),
    rationaleRef: Id,
  }),
  /** Lets the host send the policy's list of help to the client, by a way that the client marked as safe. */
  z.strictObject({ type: z.literal('safeguarding.sendReferrals'), client, channel: SafeChannel }),
  z.strictObject({ type: z.literal('safeguarding.settle'), client, reason: SafeguardingEnd }),
] as const;

/** Staff who act in it: also the lead whom it is handed to. */
const SAFEGUARDING: readonly Role[] = ['practitioner', 'duty', 'safeguardingLead'];
const WHILE_OPEN = { roles: SAFEGUARDING, while: { safeguarding: ['open'] } };

/** Who may send them, and when. */
export const safeguardingRules = {
  'safeguarding.open': { roles: SAFEGUARDING, while: UNTIL_CLOSED },
  'safeguarding.decide': WHILE_OPEN,
  'safeguarding.notifyLead': WHILE_OPEN,
  'safeguarding.setContactPlan': WHILE_OPEN,
  'safeguarding.setGuardianException': { roles: SAFEGUARDING, while: UNTIL_CLOSED },
  'safeguarding.sendReferrals': WHILE_OPEN,
  'safeguarding.settle': WHILE_OPEN,
} as const satisfies Record<string, CommandRule>;
