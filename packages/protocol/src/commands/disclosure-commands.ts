import * as z from 'zod/mini';
import { Id } from '../ids.js';
import { ACTING, UNTIL_CLOSED, type CommandRule } from './rule.js';

/** Who can be told something about a client (A33). Closed: a name belongs in the host's record. */
export const DisclosureRecipient = z.enum([
  'emergencyContact',
  'emergencyServices',
  'police',
  'crisisTeam',
  'primaryCare',
  'socialServices',
  'safeguardingTeam',
  'guardian',
  'personAtRisk',
  'otherProfessional',
]);
/** What the schema {@link DisclosureRecipient} lets through. */
export type DisclosureRecipient = z.infer<typeof DisclosureRecipient>;

/** What they can be told, in kinds. */
export const DISCLOSURE_CATEGORIES = ['identity', 'place', 'number', 'risk', 'care', 'others'] as const;
/** One of {@link DISCLOSURE_CATEGORIES}. */
export const DisclosureCategory = z.enum(DISCLOSURE_CATEGORIES);
/** What the schema {@link DisclosureCategory} lets through. */
export type DisclosureCategory = z.infer<typeof DisclosureCategory>;

/** Commands of what was told to whom. */
export const disclosureCommands = [
  z.strictObject({
    type: z.literal('disclosure.record'),
    client: Id,
    to: DisclosureRecipient,
    /** Each kind once, at least one. */
    categories: z.array(DisclosureCategory).check(
      z.minLength(1),
      z.maxLength(DISCLOSURE_CATEGORIES.length),
      z.refine((kinds) => new Set(kinds).size === kinds.length),
    ),
    /** Where the reasons are written down: always asked for. */
    rationaleRef: Id,
  }),
] as const;

/** Who may send them, and when. That a pathway or a run is open is the machine's own answer. */
export const disclosureRules = {
  'disclosure.record': { roles: ACTING, while: UNTIL_CLOSED },
} as const satisfies Record<string, CommandRule>;
