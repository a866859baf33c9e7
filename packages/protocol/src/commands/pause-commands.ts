import * as z from 'zod/mini';
import { Id } from '../ids.js';
import { UNTIL_ENDED, type CommandRule } from './rule.js';

/** Why a person pauses: somebody has too much just now (A42), or it is needed for another reason. */
export const PauseReason = z.enum(['overwhelmed', 'needed']);
/** What the schema {@link PauseReason} lets through. */
export type PauseReason = z.infer<typeof PauseReason>;

const client = Id;

/** Commands of a pause. */
export const pauseCommands = [
  z.strictObject({ type: z.literal('pause.start'), client, reason: PauseReason }),
  z.strictObject({ type: z.literal('pause.end'), client }),
] as const;

/** Who may send them, and when. */
export const pauseRules = {
  'pause.start': { roles: ['practitioner', 'client'], while: UNTIL_ENDED },
  'pause.end': { roles: ['practitioner', 'client'], while: { pause: ['paused'] } },
} as const satisfies Record<string, CommandRule>;
