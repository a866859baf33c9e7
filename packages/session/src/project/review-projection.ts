import { Id, Instant, IssueKind, NearMissKind } from '@holdfast/protocol';
import * as z from 'zod/mini';
import { PATHWAYS } from '../machines/supervision/pathways.js';

const at = z.nullable(Instant);
const told = { ref: z.nullable(Id), atMs: Instant };

/**
 * What a person holds who looks back at a session (F7): codes, references and instants, no words of the vault. `walked`
 * is the supervisor's, `issues` are management's, near misses both learn from; what is not theirs is null.
 */
export const ReviewProjection = z.strictObject({
  isClosed: z.boolean(),
  walked: z.nullable(
    z.array(
      z.strictObject({
        id: Id,
        pathway: z.enum(PATHWAYS),
        openedAtMs: at,
        endedAtMs: Instant,
        outcome: z.nullable(z.string()),
        decision: z.nullable(
          z.strictObject({ outcome: z.nullable(z.string()), by: z.nullable(Id), atMs: Instant }),
        ),
        rationaleRef: z.nullable(Id),
        review: z.nullable(z.strictObject({ by: Id, atMs: Instant, rationaleRef: Id })),
      }),
    ),
  ),
  nearMisses: z.array(z.strictObject({ kind: NearMissKind, ...told })),
  issues: z.nullable(z.array(z.strictObject({ kind: IssueKind, ...told }))),
});
/** What the schema {@link ReviewProjection} lets through. */
export type ReviewProjection = z.infer<typeof ReviewProjection>;
