import type { Id } from '@holdfast/protocol';
import { missingGroups, owedReviews, type PlanContext } from '../machines/plan/plan-state.js';
import { circumstances } from '../step/circumstances.js';
import type { Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';
import type { PlanProjection } from './plan-projection.js';

/** What staff see of a client's safety plan; null where the session has none. */
export function projectPlan(session: Session, client: Id): PlanProjection | null {
  const chart = session.charts[`plan:${client}`];
  if (chart === undefined) return null;
  const context = chart.context as PlanContext;
  const state = stateName(chart.value) as PlanProjection['state'];
  const missing = missingGroups(context);
  return {
    state,
    prompt: context.prompt,
    reviewedOn: context.reviewedOn,
    because: context.because,
    raisedAtMs: context.raisedAtMs,
    owed: state === 'due' ? [...owedReviews(context)] : [],
    missing: missing === null ? null : [...missing],
    more: [...context.more],
    agreement: context.agreement,
    planRef: context.planRef,
    copy: context.copy as PlanProjection['copy'],
    mayGiveCopy: circumstances(session).isBackUpSafe,
    template: context.template,
    templates: [...context.templates],
  };
}
