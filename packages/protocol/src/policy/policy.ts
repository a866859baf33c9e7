import * as z from 'zod/mini';
import { Code, Id } from '../ids.js';
import { ITEMS, Threshold } from '../items.js';
import { DURATIONS, type DurationName } from './durations.js';

const durationShape = Object.fromEntries(
  Object.keys(DURATIONS).map((name) => [name, z.number().check(z.int(), z.positive())]),
) as Record<DurationName, z.ZodMiniNumber>;

const itemShape = Object.fromEntries(
  ITEMS.map((item) => [item, z.strictObject({ settledBefore: Threshold })]),
) as Record<(typeof ITEMS)[number], z.ZodMiniObject<{ settledBefore: typeof Threshold }>>;

/** A duty list entry: a person of the service's staff, in the order in which they are alerted. */
export const DutyPerson = z.strictObject({ person: Id });

/**
 * The rules of a session as data: frozen into it, hashed into every event (A08, A51).
 * Bounds are not in the schema: `checkPolicy` says which value is out of which bound and why (H25).
 */
export const Policy = z.strictObject({
  /** 1: this shape. */
  schemaVersion: z.literal(1),
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
  items: z.strictObject(itemShape),
  /** Staff who may be alerted by the software itself, in order. At least one. */
  duty: z.array(DutyPerson).check(z.minLength(1), z.maxLength(20)),
  /** Video transports that the host approved (C01, E01). */
  transports: z.array(z.enum(['webrtc', 'livekit', 'fake'])).check(z.minLength(1)),
  /** Direct media shows each home's network address to the other side: only when the host accepts it in writing. */
  exposesAddresses: z.boolean(),
  /** Versions of the texts that people are shown (A12). */
  texts: z.strictObject({ consent: Code, limits: Code }),
});
/** What the schema {@link Policy} lets through. */
export type Policy = z.infer<typeof Policy>;
