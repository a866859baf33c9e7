import {
  PLAN_GROUPS,
  PLAN_REVIEWS,
  type Id,
  type Instant,
  type PlanGroup,
  type PlanReview,
} from '@holdfast/protocol';
import type { ChartInput } from '../../step/concept.js';
import { dateOf } from '../../step/date-of.js';

/** What came of one review: done, or why not (A13). */
export interface ReviewRecord {
  readonly outcome: 'reviewed' | 'notDone';
  readonly reason: string | null;
}

/** Why the practitioner is reminded of the plan: there is none, it is old, or something has happened (C04, C08). */
export type PlanPrompt = 'none' | 'stale' | 'afterIncident';

/** What the chart of a safety plan keeps: codes and references; the plan itself is the host's (C07). */
export interface PlanContext {
  readonly client: Id;
  readonly prompt: PlanPrompt | null;
  /** Day of the last review, from the host, then from this session; null when there is no plan. */
  readonly reviewedOn: string | null;
  readonly because: string | null;
  readonly raisedAtMs: Instant | null;
  readonly reviews: Readonly<Partial<Record<PlanReview, ReviewRecord>>>;
  /** What the plan has now; null while nobody has said. */
  readonly content: Readonly<Record<PlanGroup, boolean>> | null;
  /** What else is in it, by the host's codes, in the client's order. */
  readonly more: readonly string[];
  readonly agreement: { readonly tookPart: boolean; readonly agreed: boolean } | null;
  readonly planRef: Id | null;
  readonly copy: string | null;
  readonly template: string | null;
  /** Codes that the policy has (C19). */
  readonly templates: readonly string[];
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/** A plan that nobody has looked at for `planStaleAfterMs`, when the session begins, is old (C04). */
function promptOf({ session, atMs }: ChartInput): PlanPrompt | null {
  const { planReviewedOn, startsAtMs } = session.appointment;
  if (planReviewedOn === null) return 'none';
  const beginsAtMs = Math.max(atMs, startsAtMs ?? 0);
  const oldest = dateOf(beginsAtMs - session.policy.durations.planStaleAfterMs);
  return planReviewedOn < oldest ? 'stale' : null;
}

export const newPlan = (input: ChartInput): PlanContext => ({
  client: input.instance,
  prompt: promptOf(input),
  reviewedOn: input.session.appointment.planReviewedOn,
  because: null,
  raisedAtMs: null,
  reviews: {},
  content: null,
  more: [],
  agreement: null,
  planRef: null,
  copy: null,
  template: null,
  templates: input.session.policy.planTemplates,
  deadlines: {},
});

/** Groups that the plan lacks, by name; null while nobody has said what is in it (C06). */
export const missingGroups = ({ content }: Pick<PlanContext, 'content'>): readonly PlanGroup[] | null =>
  content === null ? null : PLAN_GROUPS.filter((group) => !content[group]);

/** Reviews that are still owed (A13). */
export const owedReviews = ({ reviews }: Pick<PlanContext, 'reviews'>): readonly PlanReview[] =>
  PLAN_REVIEWS.filter((review) => reviews[review] === undefined);
