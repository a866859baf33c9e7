import type { AlternativeContext } from '../machines/alternative/alternative.machine.js';
import type { ItemContext } from '../machines/item/answers.js';
import { identityMethods } from '../machines/item/set-up-answers.js';
import type { RouteContext } from '../machines/route/route.machine.js';
import { circumstances, clientOf } from '../step/circumstances.js';
import type { Session } from '../step/session.js';
import type { AlternativeProjection, SetUpProjection } from './set-up-shape.js';

/** What was offered to the client instead of video, or null. */
export const alternativeOf = (session: Session): AlternativeProjection | null => {
  const chart = session.charts[`alternative:${clientOf(session)}`];
  return (chart?.context as AlternativeContext | undefined)?.offered ?? null;
};

const NOT_ASKED = { doubted: [] } as const;

/** The part of a staff projection that is about set-up. */
export function projectSetUp(session: Session): SetUpProjection {
  const { appointment, missingClaims, suitabilityReasons, isAlternativeOwed } = circumstances(session);
  const identity = session.charts['item:identity']?.context as ItemContext | undefined;
  const routes = session.charts['route:session']?.context as RouteContext | undefined;
  return {
    isFirst: appointment.isFirst,
    identityMethods: [...identityMethods(appointment, identity ?? NOT_ASKED)],
    missingClaims: [...missingClaims],
    suitabilityReasons: [...suitabilityReasons],
    routes: [...(routes?.tests ?? [])],
    isAlternativeOwed,
    alternative: alternativeOf(session),
  };
}
