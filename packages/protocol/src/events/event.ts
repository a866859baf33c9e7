import * as z from 'zod/mini';
import { Actor } from '../actors.js';
import { Code, Id, Instant } from '../ids.js';
import { EVENT_KINDS } from './event-kinds.js';

/** One of {@link EVENT_KINDS}. */
export const EventKind = z.enum(EVENT_KINDS);
/** What the schema {@link EventKind} lets through. */
export type EventKind = z.infer<typeof EventKind>;

/** What an event is about, beside the session: a person, an item, a run, an alert, a device. */
export const Subject = z.strictObject({
  kind: z.enum([
    'session',
    'person',
    'client',
    'item',
    'run',
    'alert',
    'device',
    'sink',
    'followUp',
    'checklist',
    'pathway',
    'route',
  ]),
  id: Id,
});
/** What the schema {@link Subject} lets through. */
export type Subject = z.infer<typeof Subject>;

/** Ids, codes, numbers and booleans only: no clinical text, no names, no numbers to ring, no addresses (H18). */
export const EventDetails = z.record(Code, z.union([Id, z.number(), z.boolean(), z.null()]));
/** What the schema {@link EventDetails} lets through. */
export type EventDetails = z.infer<typeof EventDetails>;

/** An event as `step` returns it, before the authority gives it its place in the record. */
export const ProtocolEvent = z.strictObject({
  kind: EventKind,
  /** Numbers of the rules in docs/safety-protocol.md that it shows at work. */
  rules: z.array(z.string().check(z.regex(/^[A-Z]\d+[a-z]?$/))),
  subject: z.nullable(Subject),
  actor: Actor,
  occurredAtMs: Instant,
  /** When the person said it, if that was earlier. */
  saidAtMs: z.nullable(Instant),
  /** The input that caused it. */
  cause: Id,
  /** The chart's state before and after, when the event moved one. */
  from: z.nullable(z.string().check(z.maxLength(160))),
  to: z.nullable(z.string().check(z.maxLength(160))),
  outcome: z.nullable(Code),
  details: EventDetails,
});
/** What the schema {@link ProtocolEvent} lets through. */
export type ProtocolEvent = z.infer<typeof ProtocolEvent>;

/** A line of the record: a protocol event with its place, its policy and its link in the hash chain (A02, A51). */
export const AuditEvent = z.strictObject({
  ...ProtocolEvent.shape,
  schemaVersion: z.literal(1),
  id: Id,
  tenant: Id,
  session: Id,
  /** 1, 2, 3 … within the session, without gaps. */
  sequence: z.number().check(z.int(), z.positive()),
  recordedAtMs: Instant,
  policy: z.strictObject({ id: Id, version: Code, hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)) }),
  /** A rehearsal: not a real session (A27). */
  drill: z.boolean(),
  /** SHA-256 of the event before it (64 hex digits); 64 zeros for the first. */
  prevHash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** SHA-256 of the canonical JSON of this event without `hash`. */
  hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});
/** What the schema {@link AuditEvent} lets through. */
export type AuditEvent = z.infer<typeof AuditEvent>;
