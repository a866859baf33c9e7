import * as z from 'zod/mini';
import { Role } from '../actors.js';
import { Code, Id, Instant } from '../ids.js';

/** What a device needs to join the video, by transport. Secrets live minutes to hours, never in storage. */
export const MediaGrant = z.discriminatedUnion('transport', [
  z.strictObject({
    transport: z.literal('webrtc'),
    room: Id,
    /** The device to talk to, when it is there. */
    peer: z.nullable(Id),
    /** The polite side gives way when both offer at once. */
    isPolite: z.boolean(),
    iceServers: z.array(
      z.strictObject({
        urls: z.array(z.string()),
        username: z.optional(z.string()),
        credential: z.optional(z.string()),
      }),
    ),
    relayOnly: z.boolean(),
  }),
  z.strictObject({ transport: z.literal('livekit'), room: Id, url: z.string(), token: z.string() }),
  z.strictObject({ transport: z.literal('fake'), room: Id }),
  /** Of a practice room: no media at all; `peer` is the scripted side's device, or the device of whoever practises (K23). */
  z.strictObject({ transport: z.literal('practice'), room: Id, peer: z.nullable(Id) }),
]);
/** What the schema {@link MediaGrant} lets through. */
export type MediaGrant = z.infer<typeof MediaGrant>;

/**
 * What the session server watches over itself and finds wrong (rule V7). `alertUndelivered`: an alert that nobody on the
 * duty list has seen could not be handed to a channel; `routeFailing`: the same, but another channel took that alert;
 * `stepFailed`: the protocol failed at something that was said, or was due, in this session (C23).
 */
export const WATCHDOG_CODES = [
  'sinkFailing',
  'alertUndelivered',
  'routeFailing',
  'stepOverdue',
  'stepFailed',
] as const;

/** One thing that is wrong now, on the session server's side. It ends by no longer being in the list. */
export const WatchdogCondition = z.strictObject({
  code: z.enum(WATCHDOG_CODES),
  /** The sink or the alert channel that it is about, as the host named it; null for a step. */
  name: z.nullable(Code),
  sinceMs: Instant,
});
/** What the schema {@link WatchdogCondition} lets through. */
export type WatchdogCondition = z.infer<typeof WatchdogCondition>;

/** Session server to device. `projection` is checked by `session`, whose shape it is. */
export const ServerMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('welcome'),
    version: z.number(),
    session: Id,
    person: Id,
    role: Role,
    /** Changes when the recipient's sequence starts anew. */
    epoch: Id,
    serverNowMs: Instant,
    policyHash: z.string(),
    drill: z.boolean(),
    /** Number of the service's duty line, for the action card (H08). Never sent to a client. */
    dutyLine: z.optional(z.string()),
  }),
  /** The newest projection for this person; `sequence` counts per recipient. */
  z.strictObject({ type: z.literal('update'), sequence: z.number(), projection: z.unknown() }),
  /** An input is stored (`accepted`) or was not taken (`refused`). */
  z.strictObject({
    type: z.literal('settled'),
    id: Id,
    outcome: z.enum(['accepted', 'refused']),
    code: z.optional(Code),
    sentence: z.optional(z.string()),
    missing: z.optional(z.array(z.string())),
  }),
  z.strictObject({ type: z.literal('beat'), count: z.number(), serverNowMs: Instant }),
  /** Media may be used: sent when the gate opens, when asked for, and when the other device changes. */
  z.strictObject({ type: z.literal('grant'), id: z.nullable(Id), grant: MediaGrant }),
  z.strictObject({ type: z.literal('signal'), from: Id, data: z.unknown() }),
  /** The session server lives but cannot store: what is due is a person's own until this is lifted. */
  z.strictObject({ type: z.literal('charge'), inCharge: z.boolean(), sinceMs: Instant }),
  /** To staff only: all that is wrong now, after each hello and whenever that changes. An empty list: all is well again. */
  z.strictObject({ type: z.literal('watchdog'), conditions: z.array(WatchdogCondition) }),
  /** The last message before the server closes the line. */
  z.strictObject({ type: z.literal('refused'), code: Code, sentence: z.string() }),
]);
/** What the schema {@link ServerMessage} lets through. */
export type ServerMessage = z.infer<typeof ServerMessage>;
