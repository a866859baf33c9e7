import { Id, Instant } from '@holdfast/protocol';
import * as z from 'zod/mini';
import { PATHWAYS } from '../machines/supervision/pathways.js';

/** What is owed at the end, for those who act in the session. */
export const ClosingProjection = z.strictObject({
  disposition: z.nullable(z.string()),
  followUps: z.array(
    z.strictObject({
      id: Id,
      kind: z.string(),
      owner: Id,
      dueOn: z.string(),
      state: z.enum(['open', 'settled', 'handedOver']),
    }),
  ),
  /** Kinds that must be settled or handed over before the close (X7). */
  owed: z.array(z.string()),
  /** Pathways that are over, of which nobody has said where the reasons are written down, and whose decision when (F9). */
  unreasoned: z.array(
    z.strictObject({ id: Id, pathway: z.enum(PATHWAYS), by: z.nullable(Id), atMs: z.nullable(Instant) }),
  ),
  /** Of these, those that hold back the close: neither given nor handed over (F9). */
  reasonsOwed: z.array(Id),
  /** False while a supervisor has still to look back at something (F3). */
  isLookedBack: z.boolean(),
});
/** What the schema {@link ClosingProjection} lets through. */
export type ClosingProjection = z.infer<typeof ClosingProjection>;
