import * as z from 'zod/mini';
import { STAFF_ROLES } from '../actors.js';
import { Code, Id } from '../ids.js';
import { ACTING, UNTIL_CLOSED, type CommandRule } from './rule.js';

const client = Id;

/** Commands of risk, alerts and calls for someone. */
export const careCommands = [
  z.strictObject({ type: z.literal('risk.raise'), client }),
  z.strictObject({ type: z.literal('risk.lower'), client, reason: Code }),
  z.strictObject({ type: z.literal('alert.acknowledge'), alert: Id }),
  z.strictObject({ type: z.literal('alert.accept'), alert: Id }),
  z.strictObject({ type: z.literal('help.ask'), client }),
  z.strictObject({ type: z.literal('help.answer'), client }),
] as const;

/** Who may send them, and when. */
export const careRules = {
  'risk.raise': { roles: ACTING, while: {} },
  'risk.lower': { roles: ACTING, while: { risk: ['active'] } },
  'alert.acknowledge': { roles: STAFF_ROLES, while: {} },
  'alert.accept': { roles: STAFF_ROLES, while: {} },
  'help.ask': { roles: ['client'], while: UNTIL_CLOSED },
  'help.answer': { roles: ACTING, while: { help: ['asked'] } },
} as const satisfies Record<string, CommandRule>;
