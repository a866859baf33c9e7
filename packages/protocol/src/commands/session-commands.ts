import * as z from 'zod/mini';
import { Id } from '../ids.js';
import { ACTING, UNTIL_ENDED, type CommandRule } from './rule.js';

/** Why a check or a gate was passed over (A19, H14). Codes only: the story belongs in the host's record. */
export const OverrideReason = z.enum([
  'crisis',
  'clientUnable',
  'knownToService',
  'technicalFault',
  'clinicalJudgement',
]);
/** What the schema {@link OverrideReason} lets through. */
export type OverrideReason = z.infer<typeof OverrideReason>;

/** Commands of the gate and the session. */
export const sessionCommands = [
  z.strictObject({ type: z.literal('person.admit'), person: Id }),
  z.strictObject({ type: z.literal('gate.override'), reason: OverrideReason }),
  z.strictObject({ type: z.literal('session.goLive') }),
  z.strictObject({ type: z.literal('session.end') }),
  z.strictObject({ type: z.literal('session.close') }),
  z.strictObject({ type: z.literal('consent.withdraw') }),
] as const;

/** Who may send them, and when. */
export const sessionRules = {
  'person.admit': { roles: ['practitioner'], while: { lifecycle: ['gathering'] } },
  'gate.override': { roles: ACTING, while: { lifecycle: ['gathering', 'settingUp'] } },
  'session.goLive': { roles: ['practitioner'], while: { lifecycle: ['settingUp'] } },
  'session.end': { roles: ACTING, while: UNTIL_ENDED },
  'session.close': { roles: ACTING, while: { lifecycle: ['closing'] } },
  'consent.withdraw': { roles: ['client', 'practitioner'], while: UNTIL_ENDED },
} as const satisfies Record<string, CommandRule>;
