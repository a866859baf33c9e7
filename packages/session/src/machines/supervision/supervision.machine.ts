import type { EventDetails } from '@holdfast/protocol';
import { and, assign, emit, not, setup } from 'xstate';
import type { ChartInput, Emitted, Refused } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import { isSupervised } from './pathways.js';
import {
  decided,
  endedBy,
  isReviewOwed,
  isWalkedBy,
  meantBy,
  NO_RUN,
  openedBy,
  walkedBy,
  type Decided,
  type SupervisionContext,
  type SupervisionEvent,
  type Walked,
} from './walked.js';

type Args = { readonly context: SupervisionContext; readonly event: SupervisionEvent };

const replaced = ({ context, event }: Args, change: Partial<Walked>): Partial<SupervisionContext> => {
  const meant = meantBy(context, event);
  return { walked: context.walked.map((one) => (one === meant ? { ...one, ...change } : one)) };
};

/** Whose run it was: whoever owned it comes back to it. */
const ownerIn = (event: SupervisionEvent): EventDetails[string] =>
  endedBy(event) === 'run' && 'details' in event ? (event.details?.['owner'] ?? null) : null;

/** F9: where nobody had to decide, whoever gives the reasons says that it was right so. */
const decisionIn = ({ context, event }: Args): Decided | null => {
  const meant = meantBy(context, event);
  return (
    meant?.decision ?? {
      outcome: meant?.outcome ?? null,
      by: event.by.person,
      atMs: event.saidAtMs ?? event.atMs,
    }
  );
};

const subjectOf = ({ context, event }: Args) =>
  ({ kind: 'pathway', id: (meantBy(context, event) ?? context.walked.at(-1))?.id ?? 'none' }) as const;

/**
 * What was walked and is looked back at: each pathway that is over keeps its decision, who decided, when, and where the
 * reasons are written (A20), and owes a supervision that only the policy's supervisors settle (A55), also after the close.
 * No deadline: nothing is settled by time, and nothing waits for it.
 *
 * Rules F2, F3, F9 and F10 in docs/safety-protocol.md.
 */
export const supervisionMachine = setup({
  types: {} as {
    input: ChartInput;
    context: SupervisionContext;
    events: SupervisionEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    isOpening: ({ event }) => openedBy(event) !== undefined,
    isWalked: ({ context, event }) => isWalkedBy(context, event),
    isLookedBackAt: ({ event }) => isSupervised(endedBy(event) ?? 'endedEarly'),
    isMeant: ({ context, event }) => meantBy(context, event) !== undefined,
    isLast: ({ context }) => context.walked.filter(isReviewOwed).length === 1,
    // Whoever acted in the session does not look back at it alone: that is no supervision.
    isPractitionerOfIt: ({ event }) => event.by.person !== null && event.now.led.includes(event.by.person),
  },
  actions: {
    keepOpened: assign(({ context, event }) => ({
      openedAtMs: { ...context.openedAtMs, [openedBy(event) ?? 'run']: event.atMs },
      ...(event.type === 'run.opened' ? { run: { ...NO_RUN, isNoShow: event.outcome === 'noShow' } } : {}),
    })),
    keepReached: assign(({ context }) => ({ run: { ...context.run, isReached: true } })),
    keepDecision: assign(({ context, event }) => ({ run: { ...context.run, decision: decided(event) } })),
    keepWalked: assign(({ context, event }) => {
      const walked = walkedBy(context, event);
      return walked === null ? {} : { walked: [...context.walked, walked] };
    }),
    keepReason: assign((args) =>
      args.event.type === 'closing.giveRationale'
        ? replaced(args, { rationaleRef: args.event.rationaleRef, decision: decisionIn(args) })
        : {},
    ),
    keepReview: assign((args) => {
      const { event } = args;
      if (event.type !== 'supervision.settle') return {};
      const { atMs, by, rationaleRef } = event;
      return replaced(args, { review: { by: by.person ?? 'nobody', atMs, rationaleRef } });
    }),
    recordOpened: emit(({ context, event }) => {
      const last = context.walked.at(-1);
      return record('supervision.opened', ['F3'], subjectOf({ context, event }), {
        outcome: last?.pathway ?? null,
        details: { owner: ownerIn(event) ?? event.by.person },
      });
    }),
    recordEnded: emit(({ context, event }) => {
      const last = context.walked.at(-1);
      const by = last?.decision?.by ?? ownerIn(event) ?? event.by.person;
      return record('pathway.ended', ['F9'], subjectOf({ context, event }), {
        outcome: last?.pathway ?? null,
        details: {
          decision: last?.decision?.outcome ?? null,
          decidedBy: last?.decision?.by ?? null,
          decidedAtMs: last?.decision?.atMs ?? null,
          rationaleRef: last?.rationaleRef ?? null,
          owner: by,
        },
      });
    }),
    recordReason: emit((args) =>
      record('pathway.rationaleGiven', ['F2'], subjectOf(args), {
        details: { rationaleRef: 'rationaleRef' in args.event ? args.event.rationaleRef : null },
      }),
    ),
    recordReview: emit((args) =>
      record('supervision.settled', ['F3'], subjectOf(args), {
        details: { rationaleRef: 'rationaleRef' in args.event ? args.event.rationaleRef : null },
      }),
    ),
    refuseNotAllowed: emit(refuse('not-allowed')),
  },
}).createMachine({
  id: 'supervision',
  context: { walked: [], openedAtMs: {}, run: NO_RUN, deadlines: {} },
  initial: 'clear',
  on: {
    'phoning.opened': { actions: 'keepReached' },
    'deciding.opened': { actions: 'keepReached' },
    'deciding.actDue': { actions: 'keepReached' },
    'deciding.acted': { actions: 'keepReached' },
    'run.wordMissing': { actions: 'keepReached' },
    'deciding.decided': { actions: 'keepDecision' },
    'closing.giveRationale': { guard: 'isMeant', actions: ['recordReason', 'keepReason'] },
    // Pathways are known by the names of their events: see pathways.ts.
    '*': [
      { guard: 'isOpening', actions: 'keepOpened' },
      {
        guard: and(['isWalked', 'isLookedBackAt']),
        target: '.owed',
        actions: ['keepWalked', 'recordEnded', 'recordOpened'],
      },
      { guard: 'isWalked', actions: ['keepWalked', 'recordEnded'] },
    ],
  },
  states: {
    /** Nothing was walked, or all of it was looked back at. */
    clear: {},
    owed: {
      on: {
        'supervision.settle': [
          { guard: 'isPractitionerOfIt', actions: 'refuseNotAllowed' },
          { guard: not('isMeant') },
          { guard: 'isLast', target: 'clear', actions: ['recordReview', 'keepReview'] },
          { actions: ['recordReview', 'keepReview'] },
        ],
      },
    },
  },
});
