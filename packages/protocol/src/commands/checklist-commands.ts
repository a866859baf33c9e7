import * as z from 'zod/mini';
import { Code } from '../ids.js';
import { CHECKLISTS } from '../checklists.js';
import { ACTING, UNTIL_CLOSED, type CommandRule } from './rule.js';

/** What came of one step of a list. Nothing is scored (A30). */
export const StepOutcome = z.enum(['done', 'notPossible', 'declined']);
/** What the schema {@link StepOutcome} lets through. */
export type StepOutcome = z.infer<typeof StepOutcome>;

/** Commands of the service's own lists of steps. */
export const checklistCommands = [
  z.strictObject({
    type: z.literal('checklist.record'),
    list: z.enum(CHECKLISTS),
    step: Code,
    outcome: StepOutcome,
  }),
] as const;

/** Who may send them, and when. */
export const checklistRules = {
  'checklist.record': { roles: ACTING, while: UNTIL_CLOSED },
} as const satisfies Record<string, CommandRule>;
