import * as z from 'zod/mini';
import { Id } from '../ids.js';
import { ACTING, UNTIL_ENDED, type CommandRule } from './rule.js';

/** Commands of attendance: whether the client came. */
export const attendanceCommands = [
  z.strictObject({ type: z.literal('attendance.openNoShow'), client: Id }),
] as const;

/** Who may send them, and when: with a time only once the client is late (C24). */
export const attendanceRules = {
  'attendance.openNoShow': {
    roles: ACTING,
    while: { ...UNTIL_ENDED, attendance: ['unscheduled', 'late', 'noShow'] },
  },
} as const satisfies Record<string, CommandRule>;
