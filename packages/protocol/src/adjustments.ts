import * as z from 'zod/mini';
import { Code } from './ids.js';

/**
 * What makes a session fit this client, from the host (A41, A42): settings, no reasons and no words about a person. Both
 * screens show them where they help, and the view hands them to the host's page for what is the host's own (a chat).
 */
export const Adjustments = z.strictObject({
  /** How long it is meant to last, in milliseconds; null for the usual. A plan, not a limit: nothing ends by it. */
  lengthMs: z.nullable(z.number().check(z.int(), z.minimum(60_000), z.maximum(14_400_000))),
  /** A break after so many milliseconds; null for none agreed. */
  breakEveryMs: z.nullable(z.number().check(z.int(), z.minimum(60_000), z.maximum(14_400_000))),
  /** The client turns the camera off when they like: that is no fault and no drop. */
  cameraOffByChoice: z.boolean(),
  /** Key points are written down in the host's chat as well. */
  chatForKeyPoints: z.boolean(),
  /** What comes in which order, as codes of the host's catalogue of words (`agenda.…`). Empty for none. */
  agenda: z.array(Code).check(z.maxLength(12)),
  /** How to talk; null for the usual. */
  communication: z.nullable(z.enum(['shortSentences', 'yesOrNo', 'writtenFirst', 'moreTime'])),
  /** What helps when it is too much; null when nothing was agreed. */
  whenOverwhelmed: z.nullable(z.enum(['pause', 'quiet', 'cameraOff', 'writeInstead', 'end'])),
});
/** What the schema {@link Adjustments} lets through. */
export type Adjustments = z.infer<typeof Adjustments>;
