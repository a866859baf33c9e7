import * as z from 'zod/mini';
import { ROLES } from '../actors.js';
import { Id } from '../ids.js';
import type { CommandRule } from './rule.js';

/** What nearly went wrong. Says what happened, never who did it (A47, B09). */
export const NearMissKind = z.enum([
  'wrongPerson',
  'wrongPlace',
  'overheard',
  'helpLate',
  'stepUnclear',
  'somethingElse',
]);
/** What the schema {@link NearMissKind} lets through. */
export type NearMissKind = z.infer<typeof NearMissKind>;

/** What does not work as it should (E23). */
export const IssueKind = z.enum([
  'pictureOrSound',
  'connection',
  'page',
  'words',
  'access',
  'privacy',
  'safety',
  'somethingElse',
]);
/** What the schema {@link IssueKind} lets through. */
export type IssueKind = z.infer<typeof IssueKind>;

/** What a client says to one question at the end; `skipped` is an answer like any other (A50). */
export const FeedbackAnswer = z.enum(['yes', 'no', 'unsure', 'skipped']);
/** What the schema {@link FeedbackAnswer} lets through. */
export type FeedbackAnswer = z.infer<typeof FeedbackAnswer>;

/** What clients are asked at the end, in order (A50). */
export const FEEDBACK_QUESTIONS = ['safety', 'privacy', 'access', 'nextSteps'] as const;

/** A reference into the host's own record. A client has none to give. */
const ref = z.optional(Id);

/** Commands of looking back: supervision, near misses, issues and feedback. */
export const reviewCommands = [
  z.strictObject({ type: z.literal('supervision.settle'), pathway: Id, rationaleRef: Id }),
  z.strictObject({ type: z.literal('nearMiss.flag'), kind: NearMissKind, ref }),
  z.strictObject({ type: z.literal('issue.report'), kind: IssueKind, ref }),
  z.strictObject({
    type: z.literal('feedback.give'),
    safety: FeedbackAnswer,
    privacy: FeedbackAnswer,
    access: FeedbackAnswer,
    nextSteps: FeedbackAnswer,
  }),
] as const;

/** Who may send them, and when: also after the close. */
export const reviewRules = {
  'supervision.settle': { roles: ['supervisor'], while: {} },
  'nearMiss.flag': { roles: ROLES, while: {} },
  'issue.report': { roles: ROLES, while: {} },
  'feedback.give': { roles: ['client'], while: { lifecycle: ['closing', 'closed'] } },
} as const satisfies Record<string, CommandRule>;
