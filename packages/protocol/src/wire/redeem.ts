import * as z from 'zod/mini';
import { Role } from '../actors.js';
import { Id, Instant } from '../ids.js';

/** POST to the redeem address: a link's token for a device credential. */
export const RedeemRequest = z.strictObject({
  token: z.string().check(z.minLength(20), z.maxLength(256)),
  device: Id,
});
/** What the schema {@link RedeemRequest} lets through. */
export type RedeemRequest = z.infer<typeof RedeemRequest>;
/**
 * The answer to a {@link RedeemRequest}: the credential that this device shows on each connection, and where to
 * connect.
 */
export const RedeemAnswer = z.strictObject({
  credential: z.string(),
  session: Id,
  person: Id,
  role: Role,
  /** WebSocket address, absolute or relative to the page. */
  socket: z.string(),
  drill: z.boolean(),
});
/** What the schema {@link RedeemAnswer} lets through. */
export type RedeemAnswer = z.infer<typeof RedeemAnswer>;

/** Addresses under the session server's base path; `/holdfast` unless the host mounts it elsewhere. */
export const SERVER_PATHS = {
  base: '/holdfast',
  redeem: '/redeem',
  beacon: '/beacon',
  measure: '/measure',
  check: '/check',
} as const;

/** POST to the check address: the token of a test link, for what its page needs. It joins nobody and marks nothing (A43). */
export const CheckRequest = z.strictObject({ token: z.string().check(z.minLength(20), z.maxLength(256)) });
/** What the schema {@link CheckRequest} lets through. */
export type CheckRequest = z.infer<typeof CheckRequest>;
/** The answer to a {@link CheckRequest}: nothing of the session or of anybody in it. */
export const CheckAnswer = z.strictObject({
  drill: z.boolean(),
  /** Version of the policy's text that says how to join; null where it names none. */
  joining: z.nullable(z.string()),
});
/** What the schema {@link CheckAnswer} lets through. */
export type CheckAnswer = z.infer<typeof CheckAnswer>;

/**
 * POST to the measuring address, before a session: the answer is random bytes, as fast as they come (D07). `key` is the
 * credential of a device that has joined, or the token of a test link; nobody else is answered.
 */
export const MeasureRequest = z.strictObject({ key: z.string().check(z.minLength(20), z.maxLength(512)) });
/** What the schema {@link MeasureRequest} lets through. */
export type MeasureRequest = z.infer<typeof MeasureRequest>;

/**
 * The one message that a page can send while it goes away (`navigator.sendBeacon`, POST to the beacon address, JSON as
 * `text/plain` so that no preflight is needed). The authority takes it as that device's fact; repeats change nothing.
 */
export const Beacon = z.strictObject({
  id: Id,
  credential: z.string().check(z.minLength(20), z.maxLength(512)),
  device: Id,
  fact: z.enum(['device.unloading', 'person.left', 'person.exited']),
  /** On the authority's clock, as the device estimates it. */
  saidAtMs: Instant,
});
/** What the schema {@link Beacon} lets through. */
export type Beacon = z.infer<typeof Beacon>;
