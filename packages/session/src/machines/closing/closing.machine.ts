import { isOfService } from '@holdfast/protocol';
import type { Id, Instant } from '@holdfast/protocol';
import { and, assign, emit, not, or, setup } from 'xstate';
import type { ChartInput, Emitted, Refused } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import {
  AFTER_INCIDENT,
  followUpOf,
  isTold,
  meantBy,
  RATIONALE,
  type FollowUp,
  type FollowUpEvent,
} from './follow-ups.js';

export interface ClosingContext {
  readonly disposition: string | null;
  readonly by: Id | null;
  /** When the session went live, ended and was closed: for the summary. */
  readonly liveAtMs: Instant | null;
  readonly endedAtMs: Instant | null;
  readonly closedAtMs: Instant | null;
  readonly followUps: readonly FollowUp[];
  /** Who may own a follow-up: everybody of the session's staff. */
  readonly staff: readonly Id[];
  readonly deadlines: Readonly<Record<string, Instant>>;
}

const RULES: Readonly<Partial<Record<FollowUpEvent['type'], string>>> = {
  'deciding.acted': 'X4',
  'run.lateReport': 'X4',
  'channel.meetingAsked': 'W6',
  'supervision.opened': 'F1',
  'pathway.ended': 'F9',
};

const subjectOf = ({ context, event }: { readonly context: ClosingContext; readonly event: FollowUpEvent }) =>
  ({ kind: 'followUp', id: meantBy(event, context.followUps)?.id ?? 'none' }) as const;

const details = ({ owner, dueOn }: FollowUp) => ({ owner, dueOn: Number(dueOn.replaceAll('-', '')) });

/**
 * Closing: how the session ended, said by a named person (A48), and what is still owed, each with an owner and a date.
 *
 * Rules X1, X2, X4, X7, X8, F1 and F9 in docs/safety-protocol.md. It has no deadline: nothing here ends by itself.
 */
export const closingMachine = setup({
  types: {} as {
    input: ChartInput;
    context: ClosingContext;
    events: FollowUpEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    isClosing: ({ event }) => event.now.stage === 'closing',
    isClosed: ({ event }) => event.now.stage === 'closed',
    isKnownOwner: ({ context, event }) =>
      context.staff.includes(followUpOf(event, context.staff)?.owner ?? ''),
    isAgain: ({ context, event }) =>
      context.followUps.some((known) => known.id === followUpOf(event, context.staff)?.id),
    hasIncidentOpen: ({ context }) =>
      context.followUps.some(({ kind, state }) => kind === AFTER_INCIDENT && state !== 'settled'),
    isMeant: ({ context, event }) => meantBy(event, context.followUps) !== null,
    isToSomebodyElse: ({ context, event }) =>
      event.type === 'closing.handOverFollowUp' && meantBy(event, context.followUps)?.owner !== event.to,
    isToStaff: ({ context, event }) =>
      event.type === 'closing.handOverFollowUp' && context.staff.includes(event.to),
    isRationale: ({ context, event }) => meantBy(event, context.followUps)?.kind === RATIONALE,
    hasReference: ({ event }) =>
      event.type === 'pathway.ended' && typeof event.details?.['rationaleRef'] === 'string',
    hasReachedSomeone: ({ event }) => isTold(event) && event.outcome === 'reached',
  },
  actions: {
    keepDisposition: assign(({ event }) =>
      event.type === 'closing.dispose' ? { disposition: event.disposition, by: event.by.person } : {},
    ),
    keepLive: assign(({ event }) => ({ liveAtMs: event.atMs })),
    keepEnded: assign(({ event }) => ({ endedAtMs: event.atMs })),
    keepClosed: assign(({ event }) => ({ closedAtMs: event.atMs })),
    keepFollowUp: assign(({ context, event }) => {
      const followUp = followUpOf(event, context.staff);
      return followUp === null ? {} : { followUps: [...context.followUps, followUp] };
    }),
    keepSettled: assign(({ context, event }) => ({
      followUps: context.followUps.map((known) =>
        known === meantBy(event, context.followUps) ? { ...known, state: 'settled' as const } : known,
      ),
    })),
    keepHandedOver: assign(({ context, event }) =>
      event.type === 'closing.handOverFollowUp'
        ? {
            followUps: context.followUps.map((known) =>
              known.id === event.followUp
                ? { ...known, owner: event.to, state: 'handedOver' as const }
                : known,
            ),
          }
        : {},
    ),
    recordDisposed: emit(({ context }) =>
      record(
        'closing.disposed',
        ['X1'],
        { kind: 'session', id: 'session' },
        { outcome: context.disposition },
      ),
    ),
    recordFollowUp: emit(({ context, event }) => {
      const opened = followUpOf(event, context.staff);
      const subject = { kind: 'followUp', id: opened?.id ?? 'none' } as const;
      return record('followUp.opened', [RULES[event.type] ?? 'X2'], subject, {
        outcome: opened?.kind ?? null,
        ...(opened === null ? {} : { details: details(opened) }),
      });
    }),
    recordSettled: emit((args) => record('followUp.settled', ['X8'], subjectOf(args))),
    recordReasoned: emit((args) => record('followUp.settled', ['F9'], subjectOf(args))),
    recordHandedOver: emit(({ context, event }) =>
      record('followUp.handedOver', ['X8'], subjectOf({ context, event }), {
        details: { to: event.type === 'closing.handOverFollowUp' ? event.to : null },
      }),
    ),
    refuseUnknown: emit(refuse('unknown-person')),
    refuseUnreasoned: emit(refuse('rationale-missing')),
  },
}).createMachine({
  id: 'closing',
  context: ({ input }) => ({
    disposition: null,
    by: null,
    liveAtMs: null,
    endedAtMs: null,
    closedAtMs: null,
    followUps: [],
    staff: input.session.people.filter(({ role }) => isOfService(role)).map((person) => person.id),
    deadlines: {},
  }),
  initial: 'undecided',
  on: {
    'closing.addFollowUp': [
      { guard: 'isClosed' },
      { guard: 'isAgain' },
      { guard: not('isKnownOwner'), actions: 'refuseUnknown' },
      { actions: ['keepFollowUp', 'recordFollowUp'] },
    ],
    'deciding.acted': [
      { guard: not('hasReachedSomeone') },
      { guard: 'isAgain' },
      { actions: ['keepFollowUp', 'recordFollowUp'] },
    ],
    'run.lateReport': [
      { guard: or(['isClosed', not('hasReachedSomeone'), 'isAgain']) },
      { actions: ['keepFollowUp', 'recordFollowUp'] },
    ],
    // F1: one that is still open stands for all.
    'supervision.opened': [
      { guard: or(['isClosed', 'hasIncidentOpen']) },
      { actions: ['keepFollowUp', 'recordFollowUp'] },
    ],
    // X8: by a person only; what is settled stays settled.
    'closing.settleFollowUp': [
      { guard: 'isRationale', actions: 'refuseUnreasoned' },
      { guard: 'isMeant', actions: ['recordSettled', 'keepSettled'] },
    ],
    // F9: it is settled by the reference itself, also after the close.
    'pathway.ended': [
      { guard: or(['isClosed', 'hasReference', 'isAgain']) },
      { actions: ['keepFollowUp', 'recordFollowUp'] },
    ],
    'pathway.rationaleGiven': { guard: 'isMeant', actions: ['recordReasoned', 'keepSettled'] },
    'closing.handOverFollowUp': [
      { guard: and(['isMeant', not('isToStaff')]), actions: 'refuseUnknown' },
      { guard: and(['isMeant', 'isToSomebodyElse']), actions: ['recordHandedOver', 'keepHandedOver'] },
    ],
    'session.wentLive': { actions: 'keepLive' },
    'session.ending': { actions: 'keepEnded' },
    'session.closed': { actions: 'keepClosed' },
    'channel.meetingAsked': [{ guard: 'isAgain' }, { actions: ['keepFollowUp', 'recordFollowUp'] }],
    // X1: said again, it replaces what was said: a person may correct themselves until the session is closed.
    'closing.dispose': {
      guard: 'isClosing',
      target: '.disposed',
      actions: ['keepDisposition', 'recordDisposed'],
    },
  },
  states: { undecided: {}, disposed: {} },
});
