import * as z from 'zod/mini';
import { Id, Instant } from '../ids.js';
import { Disposition } from './closing-commands.js';
import { OverrideReason } from './session-commands.js';
import { ACTING, type CommandRule } from './rule.js';

/** What came of ringing a number. Only `reachedByName` ends phoning (design, "The ladder"). */
export const CallOutcome = z.enum([
  'reachedByName',
  'someoneElseAnswered',
  'guardianAnswered',
  'voicemail',
  'noAnswer',
  'failed',
]);
/** What the schema {@link CallOutcome} lets through. */
export type CallOutcome = z.infer<typeof CallOutcome>;

/** What the run's owner decides when the client cannot be reached (E14, A48). */
export const Decision = z.enum([
  'ringEmergencyContact',
  'ringEmergencyServices',
  'ringClientAgain',
  'notNow',
]);
/** What the schema {@link Decision} lets through. */
export type Decision = z.infer<typeof Decision>;

/** What happened when the decision was carried out. */
export const ActOutcome = z.enum(['reached', 'notReached', 'notDone']);
/** What the schema {@link ActOutcome} lets through. */
export type ActOutcome = z.infer<typeof ActOutcome>;

const client = Id;

/** Commands of the ladder and the phone call. */
export const ladderCommands = [
  z.strictObject({
    type: z.literal('ladder.recordCall'),
    client,
    run: Id,
    attempt: z.number(),
    outcome: CallOutcome,
  }),
  z.strictObject({
    type: z.literal('ladder.decide'),
    client,
    run: Id,
    decision: Decision,
    /** With `notNow`: when to look again. At most `notNowMs` (`notNowRiskMs`) ahead. */
    lookAgainAtMs: z.optional(Instant),
  }),
  z.strictObject({ type: z.literal('ladder.recordAct'), client, run: Id, outcome: ActOutcome }),
  z.strictObject({ type: z.literal('ladder.confirmTogether'), client, run: Id }),
  z.strictObject({ type: z.literal('ladder.standDown'), client, run: Id }),
  z.strictObject({
    type: z.literal('ladder.dispose'),
    client,
    run: Id,
    disposition: Disposition,
    rationaleRef: z.optional(Id),
  }),
  z.strictObject({ type: z.literal('ladder.allowRinging'), client, run: Id, reason: OverrideReason }),
  z.strictObject({ type: z.literal('ladder.offerHandOver'), client, run: Id, to: Id }),
  z.strictObject({ type: z.literal('ladder.takeOver'), client, run: Id }),
  z.strictObject({ type: z.literal('call.cut'), client }),
  z.strictObject({ type: z.literal('call.stillTogether'), client }),
  z.strictObject({ type: z.literal('call.moveToVideo'), client }),
] as const;

/** Who may send them, and when. */
export const ladderRules = {
  'ladder.recordCall': { roles: ACTING, while: {} },
  'ladder.decide': { roles: ACTING, while: {} },
  'ladder.recordAct': { roles: ACTING, while: {} },
  'ladder.confirmTogether': { roles: ACTING, while: {} },
  'ladder.standDown': { roles: ACTING, while: {} },
  'ladder.dispose': { roles: ACTING, while: {} },
  'ladder.allowRinging': { roles: ACTING, while: {} },
  'ladder.offerHandOver': { roles: ACTING, while: {} },
  'ladder.takeOver': { roles: ACTING, while: {} },
  'call.cut': { roles: ACTING, while: { contact: ['byPhone'] } },
  'call.stillTogether': { roles: ACTING, while: { contact: ['byPhone'] } },
  'call.moveToVideo': { roles: ACTING, while: { contact: ['byPhone'] } },
} as const satisfies Record<string, CommandRule>;
