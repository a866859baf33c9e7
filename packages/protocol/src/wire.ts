import * as z from 'zod/mini';
import { Role } from './actors.js';
import { Command } from './commands/command.js';
import { Fact } from './facts.js';
import { Code, Id, Instant } from './ids.js';
import { Personal } from './vault.js';

/** Version of the messages between a device and the session server. A server refuses others (H25). */
export const WIRE_VERSION = 1;
/** Largest message that a device may send, in bytes of UTF-8. A WebRTC description is about 6 kB. */
export const MAX_MESSAGE_BYTES = 65_536;
/** Heartbeats on the host path and on the media path, in milliseconds (livekit-facts section 5). */
export const HEARTBEAT_EVERY_MS = 500;

/** What a device sees of its own media path, with every heartbeat to the session server. */
export const MediaEvidence = z.strictObject({
  /** `none`: no media asked for yet. */
  state: z.enum(['none', 'connecting', 'up', 'silent']),
  lastBothWaysAtMs: z.nullable(Instant),
});
/** What the schema {@link MediaEvidence} lets through. */
export type MediaEvidence = z.infer<typeof MediaEvidence>;

/** Device to session server. */
export const DeviceMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    version: z.number(),
    credential: z.string().check(z.minLength(20), z.maxLength(512)),
    device: Id,
    /** The last frame this device holds, to go on from there. */
    resume: z.nullable(z.strictObject({ epoch: Id, sequence: z.number() })),
    /** A device that opens the session anew takes media from the person's older device. */
    takesMedia: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('input'),
    id: Id,
    /** On the authority's clock, as this device estimates it. */
    saidAtMs: Instant,
    body: z.union([Command, Fact]),
    /** Words for the vault that belong to an answer. The authority strips them before anything else. */
    personal: z.optional(Personal),
  }),
  z.strictObject({
    type: z.literal('beat'),
    count: z.number(),
    /** The device's own estimate of the authority's clock. */
    estimatedNowMs: Instant,
    isVisible: z.boolean(),
    /** Age of the page's last tick: a frozen page answers from a worker only. */
    mainThreadAgeMs: z.number(),
    media: MediaEvidence,
    /** See {@link beatNote}: how the discreet signal travels without a message of its own (Q3, H16). */
    note: z.optional(z.string().check(z.regex(/^[0-9a-f]{16}$/))),
  }),
  /** To the other side's device, for direct media. Refused before the gate is open. */
  z.strictObject({ type: z.literal('signal'), to: Id, data: z.unknown() }),
  /** Asks for a fresh grant (token, ICE servers). */
  z.strictObject({ type: z.literal('grant.request'), id: Id }),
]);
/** What the schema {@link DeviceMessage} lets through. */
export type DeviceMessage = z.infer<typeof DeviceMessage>;

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
]);
/** What the schema {@link MediaGrant} lets through. */
export type MediaGrant = z.infer<typeof MediaGrant>;

/**
 * What the session server watches over itself and finds wrong (rule V7). `alertUndelivered`: an alert that nobody on the
 * duty list has seen could not be handed to a channel; `routeFailing`: the same, but another channel took that alert.
 */
export const WATCHDOG_CODES = ['sinkFailing', 'alertUndelivered', 'routeFailing', 'stepOverdue'] as const;

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
export const SERVER_PATHS = { base: '/holdfast', redeem: '/redeem', beacon: '/beacon' } as const;

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
