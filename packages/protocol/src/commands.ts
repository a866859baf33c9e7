import * as z from 'zod/mini';
import { Code, Id, Instant } from './ids.js';
import { Answer, AnswerFlags, AnswerMethod, ItemName } from './items.js';

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

/** How a run or a session ended, said by a named person (A48). */
export const Disposition = z.enum([
  'safeWithClient',
  'safeByReport',
  'helpOnScene',
  'handedToEmergencyServices',
  'handedToService',
  'followUpArranged',
  'endedAsPlanned',
]);
/** What the schema {@link Disposition} lets through. */
export type Disposition = z.infer<typeof Disposition>;

/** The four ways in which a crisis can end (design; E18, H21). It never ends by itself. */
export const CrisisExit = z.enum(['helpOnScene', 'handOverAccepted', 'clientSafe', 'overridden']);
/** What the schema {@link CrisisExit} lets through. */
export type CrisisExit = z.infer<typeof CrisisExit>;

const client = Id;

/** Imperative: someone wants it, it may be refused with a code. Who may send which is in `permissions.ts`. */
export const Command = z.discriminatedUnion('type', [
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
  }),
  z.strictObject({ type: z.literal('item.reopen'), item: ItemName }),
  z.strictObject({ type: z.literal('item.override'), item: ItemName, reason: OverrideReason }),
  z.strictObject({ type: z.literal('person.admit'), person: Id }),
  z.strictObject({ type: z.literal('gate.override'), reason: OverrideReason }),
  z.strictObject({ type: z.literal('session.goLive') }),
  z.strictObject({ type: z.literal('session.end') }),
  z.strictObject({ type: z.literal('session.close') }),
  z.strictObject({ type: z.literal('consent.withdraw') }),
  z.strictObject({ type: z.literal('risk.raise'), client }),
  z.strictObject({ type: z.literal('risk.lower'), client, reason: Code }),
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
  z.strictObject({ type: z.literal('alert.acknowledge'), alert: Id }),
  z.strictObject({ type: z.literal('alert.accept'), alert: Id }),
  z.strictObject({ type: z.literal('help.ask'), client }),
  z.strictObject({ type: z.literal('help.answer'), client }),
  z.strictObject({ type: z.literal('crisis.open'), client }),
  z.strictObject({ type: z.literal('crisis.offerEscalation'), client }),
  z.strictObject({ type: z.literal('crisis.acceptEscalation'), client }),
  z.strictObject({
    type: z.literal('crisis.resolve'),
    client,
    exit: CrisisExit,
    rationaleRef: z.optional(Id),
    reason: z.optional(OverrideReason),
  }),
  z.strictObject({ type: z.literal('closing.dispose'), disposition: Disposition }),
  z.strictObject({
    type: z.literal('closing.addFollowUp'),
    followUp: Id,
    kind: Code,
    owner: Id,
    /** Calendar date, `YYYY-MM-DD`. */
    dueOn: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  }),
]);
/** What the schema {@link Command} lets through. */
export type Command = z.infer<typeof Command>;
/** The name of a command, like `item.answer`. */
export type CommandType = Command['type'];
