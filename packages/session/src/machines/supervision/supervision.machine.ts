import { and, assign, emit, not, setup } from 'xstate';
import type { ChartInput, Emitted, Refused } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import {
  decided,
  endedBy,
  meantBy,
  NO_RUN,
  openedBy,
  walkedBy,
  type SupervisionContext,
  type SupervisionEvent,
  type Walked,
} from './walked.js';

type Args = { readonly context: SupervisionContext; readonly event: SupervisionEvent };

const replaced = ({ context, event }: Args, change: Partial<Walked>): Partial<SupervisionContext> => {
  const meant = meantBy(context, event);
  return { walked: context.walked.map((one) => (one === meant ? { ...one, ...change } : one)) };
};

const subjectOf = ({ context, event }: Args) =>
  ({ kind: 'pathway', id: (meantBy(context, event) ?? context.walked.at(-1))?.id ?? 'none' }) as const;

/**
 * What was walked and is looked back at: each pathway that is over keeps its decision, who decided, when, and where the
 * reasons are written (A20), and owes a supervision that only the policy's supervisors settle (A55), also after the close.
 * No deadline: nothing is settled by time, and nothing waits for it.
 *
 * Rules F2 and F3 in docs/safety-protocol.md.
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
    isEnd: ({ event }) => endedBy(event) !== undefined,
    isReached: ({ context, event }) => endedBy(event) !== 'run' || context.run.isReached,
    isMeant: ({ context, event }) => meantBy(context, event) !== undefined,
    isLast: ({ context }) => context.walked.filter(({ review }) => review === null).length === 1,
    // Whoever acted in the session does not look back at it alone: that is no supervision.
    isPractitionerOfIt: ({ event }) => event.by.person === event.now.practitioner,
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
        ? replaced(args, { rationaleRef: args.event.rationaleRef })
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
      const owner = endedBy(event) === 'run' && 'details' in event ? event.details?.['owner'] : null;
      return record('supervision.opened', ['F3'], subjectOf({ context, event }), {
        outcome: last?.pathway ?? null,
        details: { owner: owner ?? event.by.person },
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
    'deciding.decided': { actions: 'keepDecision' },
    'closing.giveRationale': { guard: 'isMeant', actions: ['recordReason', 'keepReason'] },
    // Pathways are known by the names of their events: see pathways.ts.
    '*': [
      { guard: 'isOpening', actions: 'keepOpened' },
      { guard: and(['isEnd', 'isReached']), target: '.owed', actions: ['keepWalked', 'recordOpened'] },
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
