import * as z from 'zod/mini';
import { STAFF_ROLES } from '../actors.js';
import { SESSION_TYPES } from '../appointment.js';
import { CHECKLISTS } from '../checklists.js';
import { Code, Id } from '../ids.js';
import { ItemName, Threshold } from '../items.js';
import { DURATIONS, type DurationName } from './durations.js';

const durationShape = Object.fromEntries(
  Object.keys(DURATIONS).map((name) => [name, z.number().check(z.int(), z.positive())]),
) as Record<DurationName, z.ZodMiniNumber>;

/** A person of the service's staff. */
export const StaffPerson = z.strictObject({ person: Id });

const staffShape = Object.fromEntries(
  STAFF_ROLES.map((role) => [role, z.array(StaffPerson).check(z.maxLength(20))]),
) as Record<(typeof STAFF_ROLES)[number], z.ZodMiniArray<typeof StaffPerson>>;

/**
 * What makes an answer old, so that the item is asked again (A04, H04, H15, H24). `restored`: nobody looked after the
 * session for `restoreFreshMs`; `restoredLate`: for `restoreStaleMs`.
 */
export const EXPIRIES = [
  'newPlace',
  'guardianNotSafe',
  'crisis',
  'anotherDevice',
  'rejoin',
  'channelSwitch',
  'afterPause',
  'restored',
  'restoredLate',
] as const;
/** One of {@link EXPIRIES}. */
export type Expiry = (typeof EXPIRIES)[number];

/** How a policy asks for one item. */
export const ItemPolicy = z.strictObject({
  settledBefore: Threshold,
  /** What makes its answer old. Every answer is old when the session ends. */
  asksAgainOn: z.array(z.enum(EXPIRIES)),
});
/** What the schema {@link ItemPolicy} lets through. */
export type ItemPolicy = z.infer<typeof ItemPolicy>;

/** The rules of one kind of session. An item that is not listed is not asked there. */
export const SessionTypePolicy = z.strictObject({ items: z.partialRecord(ItemName, ItemPolicy) });
/** What the schema {@link SessionTypePolicy} lets through. */
export type SessionTypePolicy = z.infer<typeof SessionTypePolicy>;

const sessionTypeShape = Object.fromEntries(
  SESSION_TYPES.map((type) => [type, z.nullable(SessionTypePolicy)]),
) as Record<(typeof SESSION_TYPES)[number], z.ZodMiniNullable<typeof SessionTypePolicy>>;

/** Texts that people are shown, each by version: people agree to a version, not to a mood (A12, B04). */
export const TEXTS = [
  'consent',
  'limits',
  'recording',
  'opening',
  'crisis',
  'privacy',
  'safeguarding',
  'neutralEnding',
  'closing',
  'participation',
  'joining',
] as const;
/** One of {@link TEXTS}. */
export type TextName = (typeof TEXTS)[number];

const codesOf = <const N extends string>(names: readonly N[], most: number) =>
  Object.fromEntries(names.map((name) => [name, z.array(Code).check(z.maxLength(most))])) as Record<
    N,
    z.ZodMiniArray<typeof Code>
  >;

/**
 * The rules of a session as data: frozen into it, hashed into every event (A08, A51).
 * Bounds are not in the schema: `checkPolicy` says which value is out of which bound and why (H25).
 */
export const Policy = z.strictObject({
  /** 2: this shape. */
  schemaVersion: z.literal(2),
  id: Id,
  version: Code,
  /** Who answers for this policy in the host's organisation (E29). */
  owner: Id,
  /** Date by which it is to be reviewed (E26), `YYYY-MM-DD`. */
  reviewOn: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  /** A drill policy has its own bounds and is refused for a session that was not made as a drill. */
  kind: z.enum(['standard', 'drill']),
  durations: z.strictObject(durationShape),
  /** Attempts to ring before a decision is due. 1 to 3. */
  phoneAttempts: z.number().check(z.int(), z.minimum(1), z.maximum(3)),
  /** Items and thresholds by kind of session; null for a kind that the service does not hold (B01). */
  sessionTypes: z.strictObject(sessionTypeShape),
  /** The only people whom the software alerts by itself, in order. At least one on duty (E29). */
  staff: z.strictObject(staffShape),
  /** Video transports that the host approved (C01, E01). `practice` has no video: only a drill policy may list it. */
  transports: z.array(z.enum(['webrtc', 'livekit', 'fake', 'practice'])).check(z.minLength(1)),
  /** Direct media shows each home's network address to the other side: only when the host accepts it in writing. */
  exposesAddresses: z.boolean(),
  /** Versions of the texts that people are shown (A12). */
  texts: z.strictObject({
    ...(Object.fromEntries(TEXTS.map((name) => [name, Code])) as Record<TextName, typeof Code>),
    /** How to join, for the host to send (A43). Absent: the host sends words of its own. */
    joining: z.optional(Code),
  }),
  /** The service's own lists of steps. Empty where it has none. */
  checklists: z.strictObject(codesOf(CHECKLISTS, 12)),
  /** The service's list of help, offered after a disclosure (A54): codes; the texts are the host's. Empty where it has none. */
  referrals: z.array(Code).check(z.maxLength(20)),
  /** Recording: never, or with two grants under a recording policy of this version (E15, E16, H06). */
  recording: z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('prohibited') }),
    z.strictObject({ mode: z.literal('twoGrants'), policy: Code }),
  ]),
  /**
   * Kinds of follow-up that must be settled or handed over before the session is closed (A34). Every other lives on with
   * its owner and date, in the host's record. Default none.
   */
  settleBeforeClose: z.array(Code).check(z.maxLength(10)),
  /** Claims that the host must assert of the practitioner; without them the item `competency` stays open (A46). */
  competency: z.array(Code).check(z.maxLength(10)),
  /** The service's own templates of safety plans, by code: what is in them stays with the host (C07, C19). */
  planTemplates: z.array(Code).check(z.maxLength(10)),
  /** Reasons of the service's own for extra controls, or for not being suitable, beside those of the protocol (A52). */
  suitabilityReasons: z.array(Code).check(z.maxLength(12)),
});
/** What the schema {@link Policy} lets through. */
export type Policy = z.infer<typeof Policy>;
