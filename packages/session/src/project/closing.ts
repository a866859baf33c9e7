import type { ClosingContext } from '../machines/closing/closing.machine.js';
import { isReviewOwed, type SupervisionContext } from '../machines/supervision/walked.js';
import { circumstances } from '../step/circumstances.js';
import type { Session } from '../step/session.js';
import type { ClosingProjection } from './closing-projection.js';

/** What is owed at the end, for those who act in the session. */
export function projectClosing(session: Session): ClosingProjection {
  const closing = session.charts['closing:session']?.context as ClosingContext | undefined;
  const { walked = [] } = (session.charts['supervision:session']?.context ??
    {}) as Partial<SupervisionContext>;
  return {
    disposition: closing?.disposition ?? null,
    followUps: [...(closing?.followUps ?? [])],
    owed: [...circumstances(session).owed],
    unreasoned: walked
      .filter(({ rationaleRef }) => rationaleRef === null)
      .map(({ id, pathway, decision }) => ({
        id,
        pathway,
        by: decision?.by ?? null,
        atMs: decision?.atMs ?? null,
      })),
    reasonsOwed: [...circumstances(session).unreasoned],
    isLookedBack: !walked.some(isReviewOwed),
  };
}
