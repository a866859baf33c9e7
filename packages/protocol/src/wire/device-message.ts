import * as z from 'zod/mini';
import { Command } from '../commands/command.js';
import { Fact } from '../facts.js';
import { Id, Instant } from '../ids.js';
import { Personal } from '../vault.js';

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
