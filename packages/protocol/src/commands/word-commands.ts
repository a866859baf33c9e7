import * as z from 'zod/mini';
import { STAFF_ROLES } from '../actors.js';
import { Id } from '../ids.js';
import { ACTING, UNTIL_CLOSED, type CommandRule } from './rule.js';

/**
 * What a person of the staff can put on the client's screen about what comes next (A30, C21). True and harmless in
 * every pathway and in none, also to somebody who looks on: it names no reason (H05, H16).
 */
export const TOLD_STEPS = [
  'stayTogether',
  'tellEachStep',
  'colleagueJoins',
  'saferPlace',
  'whatHelps',
  'arrangeNext',
] as const;
/** One of {@link TOLD_STEPS}. */
export const ToldStep = z.enum(TOLD_STEPS);
/** What the schema {@link ToldStep} lets through. */
export type ToldStep = z.infer<typeof ToldStep>;

/** Commands of words: to the client in set sentences, to colleagues in their own. */
export const wordCommands = [
  /** Shows the client one sentence about what comes next; null takes it away again. */
  z.strictObject({ type: z.literal('client.tell'), client: Id, step: z.nullable(ToldStep) }),
  /** A note to the colleagues who act; its words are in the vault only (A31). */
  z.strictObject({ type: z.literal('staffNote.send'), client: Id }),
] as const;

/** Who may send them, and when. */
export const wordRules = {
  'client.tell': { roles: ACTING, while: UNTIL_CLOSED },
  'staffNote.send': { roles: ['practitioner', ...STAFF_ROLES], while: UNTIL_CLOSED },
} as const satisfies Record<string, CommandRule>;
