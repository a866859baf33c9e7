import type { EventDetails, EventKind } from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import { dayOf } from '../../step/date-of.js';
import { missingGroups, newPlan, owedReviews, type PlanContext } from './plan-state.js';

/** What makes a plan due for a look, whatever kind of crisis it was (C04, C05). */
export const INCIDENTS: readonly EventKind[] = ['crisis.opened', 'deciding.opened'];

type PlanEvent =
  | Said<
      | 'plan.raise'
      | 'plan.putOff'
      | 'plan.review'
      | 'plan.recordContent'
      | 'plan.agree'
      | 'plan.giveCopy'
      | 'plan.useTemplate'
    >
  | Heard<'crisis.opened' | 'deciding.opened'>;

const about = (
  { client }: PlanContext,
  kind: EventKind,
  rules: readonly string[],
  outcome: string | null,
  details: EventDetails = {},
): Emitted => record(kind, rules, { kind: 'client', id: client }, { outcome, details });

/** What stands beside the reviews can be said in any state and any order (C07). */
const atAnyTime = {
  'plan.recordContent': { actions: ['keepContent', 'recordContent'] },
  'plan.agree': { actions: ['keepAgreement', 'recordAgreed'] },
  'plan.giveCopy': [
    // C18: by the channel that the client marked safe, or not at all.
    { guard: 'isUnsafeCopy', actions: 'refuseUnsafe' },
    { actions: ['keepCopy', 'recordCopy'] },
  ],
  'plan.useTemplate': [
    { guard: 'isUnknownTemplate', actions: 'refuseBadAnswer' },
    { actions: ['keepTemplate', 'recordTemplate'] },
  ],
} as const;

const isLookedAt = ({ reviews }: PlanContext): boolean =>
  Object.values(reviews).some(({ outcome }) => outcome === 'reviewed');

const raise = { target: 'due', actions: ['keepRaised', 'recordRaised'] } as const;
const remind = { actions: ['keepIncident', 'recordPrompted'] } as const;

/**
 * The safety plan of one client: a practitioner asks for it, never a score; then three reviews are owed, each done or
 * passed over with a reason (A13). The plan itself is the client's and the host's: this keeps that they made it together,
 * what it lacks, and when it was last looked at.
 *
 * Rules I25-I31 in docs/safety-protocol.md. No deadline: what is owed waits for a person, and holds back the close.
 */
export const planMachine = setup({
  types: {} as { input: ChartInput; context: PlanContext; events: PlanEvent; emitted: Emitted | Refused },
  guards: {
    isWithoutReason: ({ event }) =>
      event.type === 'plan.review' && event.outcome === 'notDone' && event.reason === undefined,
    isLastReview: ({ context, event }) =>
      event.type === 'plan.review' && owedReviews(context).every((review) => review === event.review),
    isPrompted: ({ context }) => context.prompt !== null,
    isUnsafeCopy: ({ event }) =>
      event.type === 'plan.giveCopy' && event.way === 'safeChannel' && !event.now.isBackUpSafe,
    isUnknownTemplate: ({ context, event }) =>
      event.type === 'plan.useTemplate' && !context.templates.includes(event.template),
  },
  actions: {
    keepRaised: assign(({ event }) =>
      event.type === 'plan.raise'
        ? { because: event.because, raisedAtMs: event.atMs, reviews: {}, prompt: null }
        : {},
    ),
    keepReview: assign(({ context, event }) =>
      event.type === 'plan.review'
        ? {
            reviews: {
              ...context.reviews,
              [event.review]: {
                outcome: event.outcome,
                reason: event.outcome === 'notDone' ? (event.reason ?? null) : null,
              },
            },
          }
        : {},
    ),
    // C04: three reviews with nothing looked at are no review of the plan.
    keepReviewed: assign(({ context, event }) => (isLookedAt(context) ? { reviewedOn: dayOf(event) } : {})),
    keepIncident: assign({ prompt: 'afterIncident' }),
    forgetPrompt: assign({ prompt: null }),
    keepContent: assign(({ event }) =>
      event.type === 'plan.recordContent' ? { content: event.flags, more: event.more ?? [] } : {},
    ),
    keepAgreement: assign(({ context, event }) =>
      event.type === 'plan.agree'
        ? { agreement: event.flags, planRef: event.planRef ?? context.planRef }
        : {},
    ),
    keepCopy: assign(({ event }) => (event.type === 'plan.giveCopy' ? { copy: event.way } : {})),
    keepTemplate: assign(({ event }) =>
      event.type === 'plan.useTemplate' ? { template: event.template } : {},
    ),
    recordRaised: emit(({ context }) => about(context, 'plan.raised', ['I25'], context.because)),
    recordReview: emit(({ context, event }) =>
      event.type === 'plan.review'
        ? about(context, 'plan.reviewRecorded', ['I25'], event.outcome, {
            review: event.review,
            reason: event.outcome === 'notDone' ? (event.reason ?? null) : null,
          })
        : refuse('bad-answer'),
    ),
    recordReviewed: emit(({ context }) =>
      about(context, 'plan.reviewed', ['I26'], isLookedAt(context) ? 'reviewed' : 'notDone'),
    ),
    recordPrompted: emit(({ context }) => about(context, 'plan.prompted', ['I27'], context.prompt)),
    recordPutOff: emit(({ context, event }) =>
      about(context, 'plan.putOff', ['I27'], event.type === 'plan.putOff' ? event.because : null),
    ),
    recordContent: emit(({ context }) =>
      about(context, 'plan.contentRecorded', ['I28'], null, {
        ...context.content,
        missing: missingGroups(context)?.length ?? 0,
        more: context.more.length,
      }),
    ),
    recordAgreed: emit(({ context }) =>
      about(context, 'plan.agreed', ['I29'], null, { ...context.agreement, planRef: context.planRef }),
    ),
    recordCopy: emit(({ context }) => about(context, 'plan.copyDecided', ['I30'], context.copy)),
    recordTemplate: emit(({ context }) => about(context, 'plan.templateChosen', ['I31'], context.template)),
    refuseBadAnswer: emit(refuse('bad-answer')),
    refuseUnsafe: emit(refuse('channel-not-safe')),
  },
}).createMachine({
  id: 'plan',
  context: ({ input }) => newPlan(input),
  on: atAnyTime,
  initial: 'quiet',
  states: {
    quiet: {
      on: {
        'plan.raise': raise,
        'plan.putOff': { guard: 'isPrompted', actions: ['recordPutOff', 'forgetPrompt'] },
        'crisis.opened': remind,
        'deciding.opened': remind,
      },
    },
    due: {
      on: {
        'plan.review': [
          { guard: 'isWithoutReason', actions: 'refuseBadAnswer' },
          {
            guard: 'isLastReview',
            target: 'reviewed',
            actions: ['keepReview', 'recordReview', 'keepReviewed', 'recordReviewed'],
          },
          { actions: ['keepReview', 'recordReview'] },
        ],
      },
    },
    reviewed: {
      on: {
        'plan.raise': raise,
        'plan.putOff': { guard: 'isPrompted', actions: ['recordPutOff', 'forgetPrompt'] },
        'crisis.opened': remind,
        'deciding.opened': remind,
      },
    },
  },
});
