import type { Id, Instant } from '@holdfast/protocol';
import { and, assign, emit, not, setup } from 'xstate';
import type { ChartInput, Emitted, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';

export interface CrisisContext {
  readonly client: Id;
  /** Counts the crises of this session, so that each has an id of its own. */
  readonly count: number;
  readonly openedAtMs: Instant | null;
  readonly openedBy: Id | null;
  /** Who asked for the escalation: they are not the one who is asked to take it (A1). */
  readonly offeredBy: Id | null;
  /** The named person who owns it now, once the escalation was accepted. */
  readonly acceptedBy: Id | null;
  readonly exit: string | null;
  readonly reason: string | null;
  readonly rationaleRef: Id | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type CrisisEvent = Said<
  'crisis.open' | 'crisis.offerEscalation' | 'crisis.acceptEscalation' | 'crisis.resolve'
>;

const subjectOf = ({ client }: CrisisContext) => ({ kind: 'client', id: client }) as const;

/** What alerts of this crisis are about: `c1.crisis1`. */
export const crisisId = (context: Pick<CrisisContext, 'client' | 'count'>): Id =>
  `${context.client}.crisis${context.count}`;

/**
 * A crisis: opened by a person in one action, and ended by a person only, in one of four ways (H21). No deadline and
 * no fact can end it.
 *
 * Rules C1-C6 in docs/safety-protocol.md.
 */
export const crisisMachine = setup({
  types: {} as { input: ChartInput; context: CrisisContext; events: CrisisEvent; emitted: Emitted | Refused },
  guards: {
    isClosed: ({ event }) => event.now.stage === 'closed',
    isHandOver: ({ event }) => event.type === 'crisis.resolve' && event.exit === 'handOverAccepted',
    isClientSafe: ({ event }) => event.type === 'crisis.resolve' && event.exit === 'clientSafe',
    isOverride: ({ event }) => event.type === 'crisis.resolve' && event.exit === 'overridden',
    isPractitioner: ({ event }) => event.by.role === 'practitioner',
    hasRationale: ({ event }) => event.type === 'crisis.resolve' && event.rationaleRef !== undefined,
    hasReason: ({ event }) => event.type === 'crisis.resolve' && event.reason !== undefined,
  },
  actions: {
    keepOpened: assign(({ context, event }) => ({
      count: context.count + 1,
      openedAtMs: event.atMs,
      openedBy: event.by.person,
      offeredBy: null,
      acceptedBy: null,
      exit: null,
      reason: null,
      rationaleRef: null,
    })),
    keepOffered: assign(({ event }) => ({ offeredBy: event.by.person })),
    keepAccepted: assign(({ event }) => ({ acceptedBy: event.by.person })),
    keepExit: assign(({ event }) =>
      event.type === 'crisis.resolve'
        ? { exit: event.exit, reason: event.reason ?? null, rationaleRef: event.rationaleRef ?? null }
        : {},
    ),
    recordOpened: emit(({ context }) => record('crisis.opened', ['C1'], subjectOf(context))),
    recordOffered: emit(({ context }) =>
      record('crisis.escalationOffered', ['C2'], subjectOf(context), {
        alert: { cause: 'escalation', client: context.client, about: crisisId(context) },
      }),
    ),
    recordAccepted: emit(({ context }) => record('crisis.escalationAccepted', ['C3'], subjectOf(context))),
    recordResolved: emit(({ context }) =>
      record('crisis.resolved', ['C4'], subjectOf(context), {
        outcome: context.exit,
        details: { rationaleRef: context.rationaleRef },
      }),
    ),
    refuseNotAllowed: emit(refuse('not-allowed')),
    refuseNotNow: emit(refuse('not-now')),
    refuseBadAnswer: emit(refuse('bad-answer')),
  },
}).createMachine({
  id: 'crisis',
  context: ({ input }) => ({
    client: input.instance,
    count: 0,
    openedAtMs: null,
    openedBy: null,
    offeredBy: null,
    acceptedBy: null,
    exit: null,
    reason: null,
    rationaleRef: null,
    deadlines: {},
  }),
  initial: 'none',
  states: {
    none: {
      on: {
        'crisis.open': [{ guard: 'isClosed' }, { target: 'open', actions: ['keepOpened', 'recordOpened'] }],
      },
    },
    open: {
      initial: 'alone',
      on: {
        // C5: the practitioner's own judgement, with a reference to where it is written down.
        'crisis.resolve': [
          { guard: 'isHandOver', actions: 'refuseNotNow' },
          { guard: and(['isClientSafe', not('isPractitioner')]), actions: 'refuseNotAllowed' },
          { guard: and(['isClientSafe', not('hasRationale')]), actions: 'refuseBadAnswer' },
          { guard: and(['isOverride', not('hasReason')]), actions: 'refuseBadAnswer' },
          { target: 'resolved', actions: ['keepExit', 'recordResolved'] },
        ],
      },
      states: {
        alone: {
          on: { 'crisis.offerEscalation': { target: 'offered', actions: ['keepOffered', 'recordOffered'] } },
        },
        offered: {
          on: {
            'crisis.acceptEscalation': { target: 'accepted', actions: ['keepAccepted', 'recordAccepted'] },
          },
        },
        accepted: {
          on: {
            // C3: only a crisis that a named person took over can end as handed over.
            'crisis.resolve': {
              guard: 'isHandOver',
              target: '#crisis.resolved',
              actions: ['keepExit', 'recordResolved'],
            },
          },
        },
      },
    },
    resolved: {
      on: {
        'crisis.open': [{ guard: 'isClosed' }, { target: 'open', actions: ['keepOpened', 'recordOpened'] }],
      },
    },
  },
});
