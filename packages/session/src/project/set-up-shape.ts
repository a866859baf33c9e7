import {
  AlternativeKind,
  AlternativeRoute,
  AnswerMethod,
  Code,
  Instant,
  RouteOutcome,
} from '@holdfast/protocol';
import * as z from 'zod/mini';

// Apart from the functions in set-up.ts: a device loads this, and none of the charts.

/** What was offered instead of video: the client sees it too, a person said it (A53). */
export const AlternativeProjection = z.strictObject({
  kind: AlternativeKind,
  dueOn: z.string(),
  route: AlternativeRoute,
});
/** What the schema {@link AlternativeProjection} lets through. */
export type AlternativeProjection = z.infer<typeof AlternativeProjection>;

/** What staff see of set-up beside the items. */
export const SetUpProjection = z.strictObject({
  /** The first session of this client: a first contact by video is warned about (D13). */
  isFirst: z.boolean(),
  /** How identity can be checked now (A09, E04). */
  identityMethods: z.array(AnswerMethod),
  /** Claims that the policy asks for and the host did not assert (A46). */
  missingClaims: z.array(Code),
  /** Reasons that an answer about suitability may name (A52). */
  suitabilityReasons: z.array(Code),
  /** The newest test of each route by which alerts leave (A17, H22). */
  routes: z.array(z.strictObject({ route: Code, outcome: RouteOutcome, asOfMs: Instant })),
  /** Something must be offered instead of video before the session can be closed (A53). */
  isAlternativeOwed: z.boolean(),
  alternative: z.nullable(AlternativeProjection),
});
/** What the schema {@link SetUpProjection} lets through. */
export type SetUpProjection = z.infer<typeof SetUpProjection>;
