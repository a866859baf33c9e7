import { Instant, type Id } from '@holdfast/protocol';
import * as z from 'zod/mini';
import type { AttendanceContext } from '../machines/attendance/attendance.machine.js';
import type { Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';

const STATES = ['unscheduled', 'expected', 'late', 'noShow', 'arrived', 'over'] as const;

/** Whether the client came, for staff. */
export const AttendanceProjection = z.strictObject({
  state: z.enum(STATES),
  /** When the session was to begin; null without a time. */
  startsAtMs: z.nullable(Instant),
});
/** What the schema {@link AttendanceProjection} lets through. */
export type AttendanceProjection = z.infer<typeof AttendanceProjection>;

/** What staff hold of the attendance of this client. */
export function projectAttendance(session: Session, client: Id): AttendanceProjection {
  const chart = session.charts[`attendance:${client}`];
  const state = stateName(chart?.value ?? 'over');
  return {
    state: STATES.find((known) => known === state) ?? 'over',
    startsAtMs: (chart?.context as AttendanceContext | undefined)?.startsAtMs ?? null,
  };
}
