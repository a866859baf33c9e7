import { Id } from '@holdfast/protocol';
import * as z from 'zod/mini';

/** Which kinds of media the sender of a signal sends at present. */
export const Sending = z.strictObject({ audio: z.boolean(), video: z.boolean() });
export type Sending = z.infer<typeof Sending>;

const parties = {
  /** The sender's page load: a reload is another. */
  page: Id,
  /** The page load it is meant for; null when that is not known yet. */
  to: z.nullable(Id),
};

/** What two devices tell each other through the session server to connect directly. */
export const PeerSignal = z.discriminatedUnion('kind', [
  /** "I am here." Answered by the same when the sender is new. */
  z.strictObject({ kind: z.literal('hello'), ...parties, sending: Sending }),
  z.strictObject({
    kind: z.literal('description'),
    ...parties,
    /** Number of the offer; its answer bears the same. */
    round: z.number(),
    description: z.strictObject({ type: z.enum(['offer', 'answer']), sdp: z.string() }),
  }),
  z.strictObject({
    kind: z.literal('candidate'),
    ...parties,
    candidate: z.object({
      candidate: z.optional(z.string()),
      sdpMid: z.optional(z.nullable(z.string())),
      sdpMLineIndex: z.optional(z.nullable(z.number())),
      usernameFragment: z.optional(z.nullable(z.string())),
    }),
  }),
  z.strictObject({ kind: z.literal('sending'), ...parties, sending: Sending }),
  /** Whether the sender wants the picture: off saves data. */
  z.strictObject({ kind: z.literal('receiving'), ...parties, pictures: z.boolean() }),
  /** The answering side has reason to think that a fresh path is needed. */
  z.strictObject({ kind: z.literal('restart'), ...parties }),
]);
export type PeerSignal = z.infer<typeof PeerSignal>;
