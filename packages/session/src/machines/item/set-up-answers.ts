import {
  ITEM_RULES,
  SUITABILITY_REASONS,
  type Appointment,
  type AnswerMethod,
  type ItemName,
  type Policy,
  type Role,
} from '@holdfast/protocol';
import type { Circumstances } from '../../step/concept.js';
import type { ItemContext, ProposedAnswer } from './answers.js';

/** Why an item is there and asks nothing: the policy, the appointment, or that no risk was raised (I9). */
export type NotApplicable = 'policy' | 'appointment' | 'risk';

type Given = { readonly policy: Policy; readonly appointment: Appointment };

/** Why an item asks nothing when the session begins; null: it asks (E05, A46, D15). */
export function notApplicableAtFirst(item: ItemName, { policy, appointment }: Given): NotApplicable | null {
  switch (item) {
    case 'guardianConsent':
      return appointment.isMinor ? null : 'appointment';
    case 'competency':
      return policy.competency.length === 0 ? 'policy' : null;
    case 'localRoute':
      return 'risk';
    default:
      return null;
  }
}

/** Claims of the policy that the host did not assert of the practitioner (A46). */
export const missingClaims = ({ policy, appointment }: Given): readonly string[] =>
  policy.competency.filter((claim) => !appointment.claims.includes(claim));

/** The host asserts all that the policy asks for: nobody has to answer (I15). */
export const isAsserted = (item: ItemName, given: Given): boolean =>
  item === 'competency' && given.policy.competency.length > 0 && missingClaims(given).length === 0;

/** The reasons that an answer about suitability may name: of the protocol, then of the service (A52). */
export const suitabilityReasons = (policy: Pick<Policy, 'suitabilityReasons'>): readonly string[] => [
  ...SUITABILITY_REASONS,
  ...policy.suitabilityReasons.filter((code) => !SUITABILITY_REASONS.some((known) => known === code)),
];

const METHODS: readonly AnswerMethod[] = ['nameAndBirthDate', 'document', 'knownFromBefore'];
/** Among colleagues there is no first session (B01). */
const WITH_CLIENT: readonly Appointment['type'][] = ['therapy', 'assessment', 'practiceRoom'];

/**
 * How identity can be checked now: in full in the first session with a client, lightly too in a later one (E04); after
 * doubt only in another way than before (A09).
 */
export const identityMethods = (
  { isFirst, type }: Pick<Appointment, 'isFirst' | 'type'>,
  { doubted }: Pick<ItemContext, 'doubted'>,
): readonly AnswerMethod[] =>
  METHODS.filter(
    (method) =>
      !(method === 'knownFromBefore' && isFirst && WITH_CLIENT.includes(type)) && !doubted.includes(method),
  );

function isProperIdentity(
  { answer, method }: ProposedAnswer,
  context: ItemContext,
  now: Circumstances,
): boolean {
  if (answer !== 'confirmed') return true;
  // A09: how identity was checked is part of the answer.
  return identityMethods(now.appointment, context).some((known) => known === method);
}

/** Whether the flags of a settling answer agree with it: what was asked and denied is not confirmed (A52, D03, E05). */
function isConsistent(item: ItemName, { answer, flags = {} }: ProposedAnswer): boolean {
  if (item === 'suitability' && answer !== 'notSure') {
    const asked = [flags.isEligible, flags.hasAccess, flags.canEngage];
    return asked.every((flag) => (answer === 'confirmed' ? flag === true : flag !== undefined));
  }
  return item !== 'guardianConsent' || answer !== 'confirmed' || flags.guardianWasVerified === true;
}

/** What this set of items asks beyond the table: reasons, references, and who may say what (I10, I13, I14, I17). */
export function isProperSetUp(
  proposed: ProposedAnswer,
  context: ItemContext,
  now: Circumstances,
  role: Role | null,
): boolean {
  const { item } = context;
  const { answer, because, rationaleRef, flags = {} } = proposed;
  const { withReason = [], withRationale = [] } = ITEM_RULES[item];
  if (withReason.includes(answer) !== (because !== undefined)) return false;
  if (because !== undefined && !now.suitabilityReasons.includes(because)) return false;
  if (withRationale.includes(answer) !== (rationaleRef !== undefined)) return false;
  // Only the practitioner can say that a number was read back.
  if (flags.wasReadBack !== undefined && role !== 'practitioner') return false;
  // J12: who may be the danger is not "near as agreed" (H30).
  if (flags.isGuardianNearby === true && now.isGuardianException) return false;
  return isConsistent(item, proposed) && (item !== 'identity' || isProperIdentity(proposed, context, now));
}
