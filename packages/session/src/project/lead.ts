import { Id } from '@holdfast/protocol';
import * as z from 'zod/mini';
import { leadOf, roleOf } from '../machines/lead/lead-state.js';
import type { Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';

/** Who leads the session, and who else may, for staff who act. */
export const LeadProjection = z.strictObject({
  colleagues: z.array(Id),
  offeredTo: z.nullable(Id),
});
/** What the schema {@link LeadProjection} lets through. */
export type LeadProjection = z.infer<typeof LeadProjection>;

/** A practitioner who does not lead: what there is for them to take over. */
export const ColleagueProjection = z.strictObject({
  /** Who leads offers them the session: until they accept, or decline, they read the briefing. */
  isOffered: z.boolean(),
  /** Who leads is not there. */
  isLeadGone: z.boolean(),
  /** They led the session before. */
  hasLed: z.boolean(),
});
/** What the schema {@link ColleagueProjection} lets through. */
export type ColleagueProjection = z.infer<typeof ColleagueProjection>;

export const projectLead = (session: Session): LeadProjection => ({
  colleagues: session.people.filter(({ id }) => roleOf(session, id) === 'colleague').map(({ id }) => id),
  offeredTo: leadOf(session)?.offeredTo ?? null,
});

const AWAY: readonly string[] = ['none', 'notYet', 'gone', 'left', 'exited'];

export function projectColleague(session: Session, person: Id): ColleagueProjection {
  const { lead = 'nobody', offeredTo = null, before = [] } = leadOf(session) ?? {};
  const presence = stateName(session.charts[`presence:${lead}`]?.value ?? 'none');
  const isOver = stateName(session.charts['lifecycle:session']?.value ?? 'none') === 'closed';
  return {
    isOffered: offeredTo === person && !isOver,
    isLeadGone: AWAY.includes(presence) && !isOver,
    hasLed: before.includes(person),
  };
}
