import {
  isOfService,
  type FeedbackAnswer,
  type Id,
  type Instant,
  type IssueKind,
  type NearMissKind,
} from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';

/** One thing that somebody told. Without a name: it says what happened, not who did it, and not who says so (B09). */
export interface Report<K extends string> {
  readonly kind: K;
  /** Into the host's own record; null when there is none. */
  readonly ref: Id | null;
  readonly atMs: Instant;
}

/** What the client said at the end, a code for each question. */
export type Feedback = Readonly<Record<'safety' | 'privacy' | 'access' | 'nextSteps', FeedbackAnswer>>;

export interface ReportContext {
  /** The newest; all are in the record. */
  readonly nearMisses: readonly Report<NearMissKind>[];
  readonly issues: readonly Report<IssueKind>[];
  readonly nearMissCount: number;
  readonly issueCount: number;
  readonly feedback: Feedback | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type ReportEvent = Said<'nearMiss.flag' | 'issue.report' | 'feedback.give'>;

/** So many are kept beside the record: the snapshot stays small whoever presses how often. */
const MOST_KEPT = 20;
const SESSION = { kind: 'session', id: 'session' } as const;

const withNewest = <K extends string>(
  kept: readonly Report<K>[],
  { kind, ref, atMs }: { readonly kind: K; readonly ref?: Id | undefined; readonly atMs: Instant },
): readonly Report<K>[] => [...kept, { kind, ref: ref ?? null, atMs }].slice(-MOST_KEPT);

const detailsOf = (event: ReportEvent) =>
  event.type !== 'feedback.give' && event.ref !== undefined ? { details: { ref: event.ref } } : {};

const answersOf = (event: ReportEvent): Feedback | null => {
  if (event.type !== 'feedback.give') return null;
  const { safety, privacy, access, nextSteps } = event;
  return { safety, privacy, access, nextSteps };
};

/**
 * Near misses, issues and feedback (A47, A50, E23): one step, at any time, also after the close. Nothing waits for any of
 * them, none changes what anybody else is shown in the session, and none alerts anybody.
 *
 * Rules F4, F5 and F6 in docs/safety-protocol.md.
 */
export const reportMachine = setup({
  types: {} as { input: ChartInput; context: ReportContext; events: ReportEvent; emitted: Emitted | Refused },
  guards: {
    // Who is not of the service has no record of it to refer to: what they could put there would be words (H18).
    isReferenceOfGuest: ({ event }) =>
      event.type !== 'feedback.give' &&
      event.ref !== undefined &&
      (event.by.role === null || !isOfService(event.by.role)),
  },
  actions: {
    keepNearMiss: assign(({ context, event }) =>
      event.type === 'nearMiss.flag'
        ? { nearMisses: withNewest(context.nearMisses, event), nearMissCount: context.nearMissCount + 1 }
        : {},
    ),
    keepIssue: assign(({ context, event }) =>
      event.type === 'issue.report'
        ? { issues: withNewest(context.issues, event), issueCount: context.issueCount + 1 }
        : {},
    ),
    keepFeedback: assign(({ event }) => ({ feedback: answersOf(event) })),
    recordNearMiss: emit(({ event }) =>
      record('nearMiss.flagged', ['F4'], SESSION, {
        outcome: 'kind' in event ? event.kind : null,
        ...detailsOf(event),
      }),
    ),
    recordIssue: emit(({ event }) =>
      record('issue.reported', ['F5'], SESSION, {
        outcome: 'kind' in event ? event.kind : null,
        ...detailsOf(event),
      }),
    ),
    recordFeedback: emit(({ event }) =>
      record('feedback.given', ['F6'], SESSION, { details: { ...answersOf(event) } }),
    ),
    refuseBadAnswer: emit(refuse('bad-answer')),
  },
}).createMachine({
  id: 'report',
  context: { nearMisses: [], issues: [], nearMissCount: 0, issueCount: 0, feedback: null, deadlines: {} },
  on: {
    'nearMiss.flag': [
      { guard: 'isReferenceOfGuest', actions: 'refuseBadAnswer' },
      { actions: ['keepNearMiss', 'recordNearMiss'] },
    ],
    'issue.report': [
      { guard: 'isReferenceOfGuest', actions: 'refuseBadAnswer' },
      { actions: ['keepIssue', 'recordIssue'] },
    ],
  },
  initial: 'unasked',
  states: {
    unasked: { on: { 'feedback.give': { target: 'given', actions: ['keepFeedback', 'recordFeedback'] } } },
    given: {},
  },
});
