import * as z from 'zod/mini';
import { Id } from '../ids.js';
import { UNTIL_CLOSED, type CommandRule } from './rule.js';

/** Commands of handing the session over to another practitioner. */
export const handOverCommands = [
  /** To a practitioner of this session who does not lead it. Another offer takes the place of the last. */
  z.strictObject({ type: z.literal('handOver.offer'), to: Id }),
  z.strictObject({ type: z.literal('handOver.accept') }),
  z.strictObject({ type: z.literal('handOver.decline') }),
  /** Without an offer: only while who leads is not there. */
  z.strictObject({ type: z.literal('handOver.take') }),
] as const;

const COLLEAGUES = { roles: ['colleague'], while: UNTIL_CLOSED } as const;

/** Who may send them, and when. */
export const handOverRules = {
  'handOver.offer': { roles: ['practitioner'], while: UNTIL_CLOSED },
  'handOver.accept': COLLEAGUES,
  'handOver.decline': COLLEAGUES,
  'handOver.take': COLLEAGUES,
} as const satisfies Record<string, CommandRule>;
