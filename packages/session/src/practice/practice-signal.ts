import * as z from 'zod/mini';

const Kind = z.enum(['audio', 'video']);

/** What two practice devices say to each other, through the session server: there is no other path between them. */
export const PracticeSignal = z.discriminatedUnion('practice', [
  /** Said every second: both the proof that the path is there, and what of sound and picture would be sent over it. */
  z.strictObject({ practice: z.literal('here'), sends: z.array(Kind).check(z.maxLength(2)) }),
  /** A lossy message, byte by byte. */
  z.strictObject({
    practice: z.literal('message'),
    bytes: z.array(z.number().check(z.int(), z.minimum(0), z.maximum(255))).check(z.maxLength(1024)),
  }),
]);
/** What the schema {@link PracticeSignal} lets through. */
export type PracticeSignal = z.infer<typeof PracticeSignal>;
