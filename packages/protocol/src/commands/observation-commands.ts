import * as z from 'zod/mini';
import { Id } from '../ids.js';
import { UNTIL_ENDED, type CommandRule } from './rule.js';

/** What one side says that it does not get of the other (H11). */
export const Trouble = z.enum(['cannotSee', 'cannotHear']);
/** What the schema {@link Trouble} lets through. */
export type Trouble = z.infer<typeof Trouble>;

const client = Id;

/** Commands about what can be seen and heard. */
export const observationCommands = [
  z.strictObject({ type: z.literal('observation.report'), client, what: Trouble }),
  /** It works again, whoever had said so. */
  z.strictObject({ type: z.literal('observation.settle'), client }),
] as const;

/** Who may send them, and when. */
export const observationRules = {
  'observation.report': { roles: ['client', 'practitioner'], while: UNTIL_ENDED },
  'observation.settle': { roles: ['client', 'practitioner'], while: UNTIL_ENDED },
} as const satisfies Record<string, CommandRule>;
