import * as z from 'zod/mini';
import { Code, Id } from '../ids.js';
import { CalendarDate } from '../appointment.js';
import { Answer, AnswerFlags, AnswerMethod, ItemName, PreferredWay } from '../items.js';
import { OverrideReason } from './session-commands.js';
import { UNTIL_CLOSED, type CommandRule } from './rule.js';

/** Commands of set-up items. */
export const itemCommands = [
  z.strictObject({
    type: z.literal('item.answer'),
    item: ItemName,
    answer: Answer,
    flags: z.optional(AnswerFlags),
    method: z.optional(AnswerMethod),
    /** Version of the text that was shown (A12), for consent and limits. */
    textVersion: z.optional(Code),
    /** Reference of the vault entry that holds the words; set by the authority, never by a device. */
    answerRef: z.optional(Id),
    /** For preferences: how the client would rather meet (D06) ... */
    way: z.optional(PreferredWay),
    /** ... and when that is to be asked again. */
    reviewOn: z.optional(CalendarDate),
    /** Which of the reasons for suitability it is: of the protocol, or of the policy (A52). */
    because: z.optional(Code),
    /** Where the reasons are written down in the host's record: the guardian may be the risk (H30). */
    rationaleRef: z.optional(Id),
  }),
  z.strictObject({ type: z.literal('item.reopen'), item: ItemName }),
  z.strictObject({ type: z.literal('item.override'), item: ItemName, reason: OverrideReason }),
] as const;

/** Who may send them, and when. */
export const itemRules = {
  'item.answer': { roles: ['practitioner', 'client'], while: UNTIL_CLOSED },
  'item.reopen': { roles: ['practitioner', 'client'], while: UNTIL_CLOSED },
  'item.override': { roles: ['practitioner'], while: UNTIL_CLOSED },
} as const satisfies Record<string, CommandRule>;
