import {
  ConsentSought,
  Id,
  SafeChannel,
  SafeguardingSubject,
  SafeguardingThreshold,
} from '@holdfast/protocol';
import * as z from 'zod/mini';
import { isContactGuarded, isNumberGuarded } from '../machines/safeguarding/guardian-exception.js';
import { safeguardingOf } from '../machines/safeguarding/safeguarding-state.js';
import type { Circumstances } from '../step/concept.js';
import type { Session } from '../step/session.js';

/** The safeguarding pathway, for staff. The client's device never holds any of it (V1, H30). */
export const SafeguardingProjection = z.strictObject({
  state: z.enum(['none', 'open', 'settled']),
  about: z.nullable(SafeguardingSubject),
  threshold: z.nullable(SafeguardingThreshold),
  consentSought: z.nullable(ConsentSought),
  decidedBy: z.nullable(Id),
  notified: z.enum(['notYet', 'offered', 'acknowledged', 'accepted', 'told']),
  /** Who answered the alert. */
  lead: z.nullable(Id),
  contactPlan: z.enum(['none', 'set', 'notNeeded']),
  followUp: z.enum(['none', 'set']),
  /** Nothing about this goes to a guardian. */
  isGuardianException: z.boolean(),
  /** The number, or the emergency contact, may be a guardian's: blocked while the exception is on. */
  isNumberGuarded: z.boolean(),
  isContactGuarded: z.boolean(),
  /** What it still owes, by name. */
  owed: z.array(z.enum(['decision', 'lead', 'contactPlan'])),
  /** The policy's list of help, and the ways to the client that they marked as safe (A54). */
  referrals: z.array(z.string()),
  safeChannels: z.array(SafeChannel),
});
/** What the schema {@link SafeguardingProjection} lets through. */
export type SafeguardingProjection = z.infer<typeof SafeguardingProjection>;

/** What staff hold of the pathway of this client. */
export function projectSafeguarding(session: Session, now: Circumstances): SafeguardingProjection {
  const { client } = now;
  const found = safeguardingOf(session, client);
  const isHeldBack = now.precedence.hasExited || now.precedence.isPrivacyCompromised;
  return {
    state: found?.state ?? 'none',
    about: found?.context.about ?? null,
    threshold: found?.context.threshold ?? null,
    consentSought: found?.context.consentSought ?? null,
    decidedBy: found?.context.decidedBy ?? null,
    notified: found?.parts?.notified ?? 'notYet',
    lead: found?.context.lead ?? null,
    contactPlan: found?.parts?.contactPlan ?? 'none',
    followUp: found?.parts?.followUp ?? 'none',
    isGuardianException: found?.context.isGuardianException ?? false,
    isNumberGuarded: isNumberGuarded(session, client),
    isContactGuarded: isContactGuarded(session, client),
    owed: [...now.safeguardingOwed],
    referrals: [...now.referrals],
    safeChannels: isHeldBack ? [] : [...now.safeChannels],
  };
}
