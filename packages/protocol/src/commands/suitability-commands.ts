import * as z from 'zod/mini';
import { Id } from '../ids.js';
import { ACTING, UNTIL_CLOSED, type CommandRule } from './rule.js';

/** What is offered instead of video: as good, not less (A53, D01). */
export const AlternativeKind = z.enum(['faceToFace', 'phone', 'otherService']);
/** What the schema {@link AlternativeKind} lets through. */
export type AlternativeKind = z.infer<typeof AlternativeKind>;

/** Whom the client turns to until then, when it gets worse (A53). */
export const AlternativeRoute = z.enum([
  'serviceDutyLine',
  'crisisLine',
  'familyDoctor',
  'referrer',
  'emergencyServices',
]);
/** What the schema {@link AlternativeRoute} lets through. */
export type AlternativeRoute = z.infer<typeof AlternativeRoute>;

/** Commands of suitability. */
export const suitabilityCommands = [
  z.strictObject({
    type: z.literal('suitability.offerAlternative'),
    client: Id,
    kind: AlternativeKind,
    /** Calendar date, `YYYY-MM-DD`, of today or later. */
    dueOn: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
    route: AlternativeRoute,
  }),
] as const;

/** Who may send them, and when: another way is always within reach (D01). */
export const suitabilityRules = {
  'suitability.offerAlternative': { roles: ACTING, while: UNTIL_CLOSED },
} as const satisfies Record<string, CommandRule>;
