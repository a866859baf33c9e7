import type { Id, Instant } from '@holdfast/protocol';
import { and, assign, emit, not, or, setup } from 'xstate';
import type { ChartInput, Circumstances, Emitted, Heard, Refused, Said, Stated } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';

export interface LifecycleContext {
  /** Clients whom the practitioner let in, by id (G3). */
  readonly admitted: readonly Id[];
  /** Reasons of a gate override, by threshold. */
  readonly overridden: { readonly media: string | null; readonly live: string | null };
  readonly endedBecause: 'ended' | 'declined' | null;
  readonly isDisposed: boolean;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type LifecycleEvent =
  | Said<
      | 'person.admit'
      | 'gate.override'
      | 'session.goLive'
      | 'session.end'
      | 'session.close'
      | 'consent.withdraw'
    >
  | Stated<'appointment.cancelled'>
  | Heard<'item.answered' | 'item.overridden' | 'closing.disposed'>;

const SESSION = { kind: 'session', id: 'session' } as const;

/** H21: neither ending nor closing passes over an open run or crisis. */
const nothingOpen = [
  { guard: 'isRunOpen', actions: 'refuseRunOpen' },
  { guard: 'isCrisisOpen', actions: 'refuseCrisisOpen' },
] as const;

/** G8: what a pathway still owes is settled, or handed over, before the session is closed (A34). */
const nothingOwed = { guard: 'isPathwayOpen', actions: 'refusePathwayOpen' } as const;

/** X7: a follow-up of a kind that the policy wants settled first is settled, or handed over (A34). */
const nothingToFollow = { guard: 'isFollowUpOwed', actions: 'refuseFollowUpOpen' } as const;
/** I11: nobody is sent away without something as good instead (A53). */
const nothingOffered = { guard: 'isAlternativeOwed', actions: 'refuseAlternativeMissing' } as const;

/** F9: the reasons of each pathway have their reference, or a named person who owes it, with a date (A20). */
const nothingUnsaid = { guard: 'isReasonOwed', actions: 'refuseRationaleMissing' } as const;

/** G8: a client who asked for someone is not left without an answer; ending leaves the clock for it running (H3). */
const nothingAsked = { guard: 'isHelpAsked', actions: 'refuseHelpOpen' } as const;

const hasNothingLeft = ({ openPathways, owed, unreasoned, isAlternativeOwed }: Circumstances): boolean =>
  openPathways.length + owed.length + unreasoned.length === 0 && !isAlternativeOwed;

/** G7: a client may always take consent back. */
const untilWithdrawn = {
  'consent.withdraw': {
    target: 'closing',
    actions: ['keepDeclined', 'recordWithdrawn', 'recordDeclined', 'recordEnding'],
  },
} as const;

/** G6: how every stage before closing ends. F10: before it was live, that is a decision with reasons. */
const untilEnded = {
  'session.end': [...nothingOpen, { target: 'closing', actions: ['keepEnded', 'recordEnding'] }],
  ...untilWithdrawn,
} as const;
const untilEndedEarly = {
  'session.end': [...nothingOpen, { target: 'closing', actions: ['keepEnded', 'recordEndingEarly'] }],
  ...untilWithdrawn,
} as const;

/** G1: the last item of the media threshold opens media, when the client was let in before. */
const onceSettled = {
  guard: and(['isAdmitted', 'isMediaSettled']),
  target: 'settingUp',
  actions: ['recordGathered', 'recordMediaOpened', 'recordSetUpStarted'],
} as const;

/**
 * The session from gathering to closed (A07, A08). Media opens by the gate, live by the gate, and closed only when
 * nothing is owed any more.
 *
 * Rules G1-G9 in docs/safety-protocol.md.
 */
export const lifecycleMachine = setup({
  types: {} as {
    input: ChartInput;
    context: LifecycleContext;
    events: LifecycleEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    isKnownClient: ({ event }) => event.type === 'person.admit' && event.person === event.now.client,
    isAdmitted: ({ context }) => context.admitted.length > 0,
    isMediaSettled: ({ event }) => event.now.gate.media !== 'open',
    isLiveSettled: ({ event }) => event.now.gate.live !== 'open',
    isRunOpen: ({ event }) => event.now.openRun !== null,
    isCrisisOpen: ({ event }) => event.now.isCrisisOpen,
    isPathwayOpen: ({ event }) => event.now.openPathways.length > 0,
    isFollowUpOwed: ({ event }) => event.now.owed.length > 0,
    isHelpAsked: ({ event }) => event.now.isHelpAsked,
    isAlternativeOwed: ({ event }) => event.now.isAlternativeOwed,
    isReasonOwed: ({ event }) => event.now.unreasoned.length > 0,
    isNothingOpen: ({ event: { now } }) => !now.isRiskActive && !now.isHelpAsked && hasNothingLeft(now),
    isDisposed: ({ context }) => context.isDisposed,
  },
  actions: {
    admit: assign(({ context, event }) => ({
      admitted: [...new Set([...context.admitted, event.now.client])],
    })),
    keepMediaReason: assign(({ context, event }) =>
      event.type === 'gate.override' ? { overridden: { ...context.overridden, media: event.reason } } : {},
    ),
    keepLiveReason: assign(({ context, event }) =>
      event.type === 'gate.override' ? { overridden: { ...context.overridden, live: event.reason } } : {},
    ),
    keepEnded: assign({ endedBecause: 'ended' }),
    keepDeclined: assign({ endedBecause: 'declined' }),
    keepDisposed: assign({ isDisposed: true }),
    recordAdmitted: emit(({ event }) =>
      record('person.admitted', ['G3'], { kind: 'person', id: event.now.client }),
    ),
    recordGathered: emit(record('session.gathered', ['G1'], SESSION)),
    recordMediaOpened: emit(({ context }) =>
      record('gate.mediaOpened', ['G1'], SESSION, {
        outcome: context.overridden.media === null ? 'settled' : 'overridden',
      }),
    ),
    recordSetUpStarted: emit(record('session.setUpStarted', ['G2'], SESSION)),
    recordMediaOverridden: emit(({ context }) =>
      record('gate.overridden', ['G4'], SESSION, {
        outcome: context.overridden.media,
        details: { threshold: 'media' },
      }),
    ),
    recordLiveOverridden: emit(({ context }) =>
      record('gate.overridden', ['G4'], SESSION, {
        outcome: context.overridden.live,
        details: { threshold: 'live' },
      }),
    ),
    recordWentLive: emit(({ event }) =>
      record('session.wentLive', ['G2'], SESSION, { outcome: event.now.gate.live }),
    ),
    recordEnding: emit(record('session.ending', ['G6'], SESSION)),
    recordEndingEarly: emit(record('session.ending', ['G6'], SESSION, { outcome: 'early' })),
    recordCancelled: emit(({ event }) =>
      record('appointment.cancelled', ['N7'], SESSION, {
        outcome: event.type === 'appointment.cancelled' ? event.reason : null,
      }),
    ),
    recordEndingCancelled: emit(record('session.ending', ['N7'], SESSION, { outcome: 'cancelled' })),
    recordWithdrawn: emit(record('consent.withdrawn', ['G7'], SESSION)),
    recordDeclined: emit(record('session.declined', ['G7'], SESSION)),
    recordClosed: emit(record('session.closed', ['G8'], SESSION)),
    refuseUnknown: emit(refuse('unknown-person')),
    refuseGateOpen: emit(({ event: { now } }) => ({
      ...refuse('gate-open'),
      missing: [...now.gate.missing.live, ...now.missingClaims],
    })),
    refuseRunOpen: emit(refuse('run-open')),
    refuseCrisisOpen: emit(refuse('crisis-open')),
    refusePathwayOpen: emit(({ event }) => ({
      ...refuse('pathway-open'),
      missing: event.now.openPathways,
    })),
    refuseFollowUpOpen: emit(({ event }) => ({ ...refuse('follow-up-open'), missing: event.now.owed })),
    refuseHelpOpen: emit(refuse('help-open')),
    refuseAlternativeMissing: emit(refuse('alternative-missing')),
    refuseRationaleMissing: emit(({ event }) => ({
      ...refuse('rationale-missing'),
      missing: event.now.unreasoned,
    })),
    refuseNotDisposed: emit(refuse('disposition-missing')),
  },
}).createMachine({
  id: 'lifecycle',
  context: {
    admitted: [],
    overridden: { media: null, live: null },
    endedBecause: null,
    isDisposed: false,
    deadlines: {},
  },
  initial: 'gathering',
  states: {
    gathering: {
      on: {
        // G3: a named person is let in by the practitioner; that needs no settled item, media needs both.
        'person.admit': [
          { guard: not('isKnownClient'), actions: 'refuseUnknown' },
          { guard: 'isAdmitted' },
          {
            guard: 'isMediaSettled',
            target: 'settingUp',
            actions: ['admit', 'recordAdmitted', 'recordGathered', 'recordMediaOpened', 'recordSetUpStarted'],
          },
          { actions: ['admit', 'recordAdmitted'] },
        ],
        // N7: called off by the host before anybody saw or heard anybody. Not over a run or a crisis (G6); what else waits
        // for a person is settled in closing, so that the client's page tells nothing of it (V1).
        'appointment.cancelled': [
          { guard: or(['isRunOpen', 'isCrisisOpen']) },
          {
            guard: 'isNothingOpen',
            target: 'closed',
            actions: ['keepEnded', 'recordCancelled', 'recordEndingCancelled', 'recordClosed'],
          },
          { target: 'closing', actions: ['keepEnded', 'recordCancelled', 'recordEndingCancelled'] },
        ],
        'item.answered': onceSettled,
        'item.overridden': onceSettled,
        // G4: nobody in need is kept out: what is missing becomes a task of the call (H14).
        'gate.override': {
          target: 'settingUp',
          actions: [
            'keepMediaReason',
            'recordMediaOverridden',
            'admit',
            'recordAdmitted',
            'recordMediaOpened',
            'recordSetUpStarted',
          ],
        },
        ...untilEndedEarly,
      },
    },
    settingUp: {
      on: {
        'gate.override': [
          { guard: 'isLiveSettled' },
          { actions: ['keepLiveReason', 'recordLiveOverridden'] },
        ],
        'session.goLive': [
          { guard: 'isLiveSettled', target: 'live', actions: 'recordWentLive' },
          { actions: 'refuseGateOpen' },
        ],
        ...untilEndedEarly,
      },
    },
    live: { on: untilEnded },
    closing: {
      on: {
        'closing.disposed': { actions: 'keepDisposed' },
        // G8: closed only when nothing is owed.
        'session.close': [
          ...nothingOpen,
          nothingOwed,
          nothingToFollow,
          nothingAsked,
          nothingOffered,
          { guard: not('isDisposed'), actions: 'refuseNotDisposed' },
          nothingUnsaid,
          { target: 'closed', actions: 'recordClosed' },
        ],
      },
    },
    closed: {},
  },
});
