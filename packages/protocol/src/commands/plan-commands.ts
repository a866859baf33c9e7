import * as z from 'zod/mini';
import { Code, Id } from '../ids.js';
import { ACTING, UNTIL_CLOSED, type CommandRule } from './rule.js';

/** The three reviews that a raised safety plan asks for (A13). */
export const PLAN_REVIEWS = ['copingStrategies', 'crisisRoutes', 'escalationPermissions'] as const;
/** One of {@link PLAN_REVIEWS}. */
export type PlanReview = (typeof PLAN_REVIEWS)[number];

/** The four groups that a plan holds at least (C06). What is in them is the host's; no kind of crisis is built in (C05). */
export const PLAN_GROUPS = [
  'triggers',
  'copingAndSupports',
  'providerResponse',
  'emergencyProtocol',
] as const;
/** One of {@link PLAN_GROUPS}. */
export type PlanGroup = (typeof PLAN_GROUPS)[number];

/** Why a practitioner asks for safety planning. A person says so, never a score (A13). */
export const PlanReason = z.enum([
  'presentation',
  'noPlan',
  'planIsOld',
  'afterIncident',
  'withConsent',
  'clientAsked',
]);
/** Why planning is put off (C04, C08). */
export const PlanPutOffReason = z.enum(['notNeeded', 'keptElsewhere', 'laterSession', 'clientDeclined']);
/** What came of one review. */
export const PlanReviewOutcome = z.enum(['reviewed', 'notDone']);
/** Why a review was not done (A13). */
export const PlanSkipReason = z.enum(['clientDeclined', 'notNow', 'doneBefore', 'notRelevant', 'crisis']);
/** Whether the client gets a copy, and how (C18): by the channel that they marked safe, or not at all. */
export const PlanCopy = z.enum(['safeChannel', 'notGiven']);

const client = Id;

/** Commands of the safety plan. Its words are the host's: nothing here takes any (C07). */
export const planCommands = [
  z.strictObject({ type: z.literal('plan.raise'), client, because: PlanReason }),
  z.strictObject({ type: z.literal('plan.putOff'), client, because: PlanPutOffReason }),
  z.strictObject({
    type: z.literal('plan.review'),
    client,
    review: z.enum(PLAN_REVIEWS),
    outcome: PlanReviewOutcome,
    /** With `notDone`: why. */
    reason: z.optional(PlanSkipReason),
  }),
  z.strictObject({
    type: z.literal('plan.recordContent'),
    client,
    /** Which of the four groups the plan has now, each said for itself. */
    flags: z.strictObject(
      Object.fromEntries(PLAN_GROUPS.map((group) => [group, z.boolean()])) as Record<
        PlanGroup,
        z.ZodMiniBoolean
      >,
    ),
    /** What else is in it, by codes of the host, in the order of the client (C07). */
    more: z.optional(z.array(Code).check(z.maxLength(20))),
  }),
  z.strictObject({
    type: z.literal('plan.agree'),
    client,
    flags: z.strictObject({ tookPart: z.boolean(), agreed: z.boolean() }),
    /** Where the host keeps the plan. */
    planRef: z.optional(Id),
  }),
  z.strictObject({ type: z.literal('plan.giveCopy'), client, way: PlanCopy }),
  z.strictObject({ type: z.literal('plan.useTemplate'), client, template: Code }),
] as const;

/** States of the plan's chart in which nothing is owed. */
const AT_REST = { ...UNTIL_CLOSED, plan: ['quiet', 'reviewed'] } as const;
const IS_THERE = { ...UNTIL_CLOSED, plan: ['quiet', 'due', 'reviewed'] } as const;

/** Who may send them, and when. A review is owed until a person settles it: the duty role may, where nobody else is left. */
export const planRules = {
  'plan.raise': { roles: ['practitioner'], while: AT_REST },
  'plan.putOff': { roles: ['practitioner'], while: AT_REST },
  'plan.review': { roles: ACTING, while: { ...UNTIL_CLOSED, plan: ['due'] } },
  'plan.recordContent': { roles: ['practitioner'], while: IS_THERE },
  'plan.agree': { roles: ['practitioner'], while: IS_THERE },
  'plan.giveCopy': { roles: ['practitioner'], while: IS_THERE },
  'plan.useTemplate': { roles: ['practitioner'], while: IS_THERE },
} as const satisfies Record<string, CommandRule>;
