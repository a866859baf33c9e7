import type { Id, Instant } from '@holdfast/protocol';
import { and, assign, emit, not, or, setup } from 'xstate';
import { arm } from '../../step/arm.js';
import type { ChartInput, Emitted, Heard, Passed, Refused, Said, Stated } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import { restoredAfter } from '../../step/restored.js';

/**
 * `privacy` comes from the pathway, `recheck` from a start of the session server, `participant` from a needed one who is
 * lost; the others are said by people.
 */
export type PauseReasonKept = 'overwhelmed' | 'needed' | 'privacy' | 'recheck' | 'participant';

export interface PauseContext {
  /** Why it is paused, in the order of the alphabet; empty while it is not. */
  readonly reasons: readonly PauseReasonKept[];
  readonly startedBy: Id | null;
  readonly startedAtMs: Instant | null;
  /** The client said that they can go on. They end no pause: somebody else may hold the device (H15). */
  readonly isClientReady: boolean;
  /** How often the practitioner was reminded. */
  readonly reminders: number;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type PauseEvent =
  | Said<'pause.start' | 'pause.end'>
  | Stated<'server.started'>
  | Passed
  | Heard<
      | 'privacy.compromised'
      | 'privacy.stepTaken'
      | 'privacy.resolved'
      | 'participant.lost'
      | 'participant.back'
      | 'participant.goneOnWithout'
      | 'participant.heldOutside'
      | 'participant.clientRefused'
      | 'participant.removed'
      | 'session.ending'
    >;

const SESSION = { kind: 'session', id: 'session' } as const;

/** Steps of the privacy pathway in which nobody speaks: something is agreed by other means, or not yet. */
const SILENT_STEPS: readonly unknown[] = ['paused', 'switchingChannel'];

const pausesForPrivacy = (event: PauseEvent): boolean =>
  event.type === 'privacy.compromised' ||
  (event.type === 'privacy.stepTaken' && SILENT_STEPS.includes(event.outcome)) ||
  // Q7: they go on over another channel: picture and sound stay off until a person says otherwise.
  (event.type === 'privacy.resolved' && event.outcome === 'otherChannel');

/** What pauses by itself, and why; whatever else does so is the pathway of privacy. */
const BY_ITSELF: Readonly<Partial<Record<PauseEvent['type'], PauseReasonKept>>> = {
  'server.started': 'recheck',
  'participant.lost': 'participant',
};
const reasonOf = (event: PauseEvent): PauseReasonKept =>
  event.type === 'pause.start' ? event.reason : (BY_ITSELF[event.type] ?? 'privacy');
const rulesOf = (event: PauseEvent): readonly string[] => [event.type === 'server.started' ? 'R9' : 'U1'];

const withReason = ({ reasons }: PauseContext, reason: PauseReasonKept): PauseContext['reasons'] =>
  [...new Set([...reasons, reason])].sort();
const withoutPrivacy = ({ reasons }: PauseContext): PauseContext['reasons'] =>
  reasons.filter((reason) => reason !== 'privacy');

const withoutParticipant = ({ reasons }: PauseContext): PauseContext['reasons'] =>
  reasons.filter((reason) => reason !== 'participant');

/** J8: nobody who is needed is missing any more: what was paused for them goes on. */
const nobodyMissed = [
  { guard: 'isStillMissed' },
  { guard: 'isOnlyForParticipant', target: 'running', actions: ['forget', 'recordEnded'] },
  { guard: 'hasParticipant', actions: 'forgetParticipant' },
] as const;

const NOTHING = {
  reasons: [],
  startedBy: null,
  startedAtMs: null,
  isClientReady: false,
  reminders: 0,
  deadlines: {},
} as const satisfies PauseContext;

/**
 * A pause of picture and sound, both ways, for whichever reasons stand; the client reads the same whatever they are.
 * Contact and the ladder go on as ever. Only the practitioner's word, or the pathway that asked for it, ends it.
 *
 * Rules U1-U6, R9, J8 and J10 in docs/safety-protocol.md.
 */
export const pauseMachine = setup({
  types: {} as { input: ChartInput; context: PauseContext; events: PauseEvent; emitted: Emitted | Refused },
  guards: {
    isClient: ({ event }) => event.by.role === 'client',
    isTheirs: ({ event }) => event.type === 'pause.start' && event.reason === 'overwhelmed',
    isKnownReason: ({ context, event }) => context.reasons.includes(reasonOf(event)),
    isClientReady: ({ context }) => context.isClientReady,
    isPathwaysOwn: ({ context, event }) =>
      context.reasons.includes('privacy') && event.now.openPathways.includes('privacy'),
    pausesForPrivacy: ({ event }) => pausesForPrivacy(event),
    // R9: who talks after a gap may not be who talked before it. Never by risk: the client's screen would tell of it (V1).
    isRestoredInCall: ({ event }) =>
      event.type === 'server.started' &&
      restoredAfter(event, { durations: event.now.limits }).length > 0 &&
      ['settingUp', 'live'].includes(event.now.stage),
    isOnlyForPrivacy: ({ context }) =>
      context.reasons.includes('privacy') && withoutPrivacy(context).length === 0,
    hasPrivacy: ({ context }) => context.reasons.includes('privacy'),
    isOnlyForParticipant: ({ context }) =>
      context.reasons.includes('participant') && withoutParticipant(context).length === 0,
    hasParticipant: ({ context }) => context.reasons.includes('participant'),
    isStillMissed: ({ event }) => event.now.missed.length > 0,
    // U3: there is nothing left to pause.
    isOver: ({ event }) => ['closing', 'closed'].includes(event.now.stage),
    // J10: in a crisis the practitioner goes on.
    isCrisisOpen: ({ event }) => event.now.isCrisisOpen,
  },
  actions: {
    keepStarted: assign(({ event }) => ({
      ...NOTHING,
      reasons: [reasonOf(event)],
      startedBy: event.by.person,
      startedAtMs: event.atMs,
      deadlines: arm({}, 'remind', event.atMs + event.now.limits.pauseRemindMs),
    })),
    // U5: a reason more moves no clock; who says that it is too much is no longer ready.
    keepReason: assign(({ context, event }) => ({
      reasons: withReason(context, reasonOf(event)),
      isClientReady: context.isClientReady && reasonOf(event) !== 'overwhelmed',
    })),
    forgetPrivacy: assign(({ context }) => ({ reasons: withoutPrivacy(context) })),
    forgetParticipant: assign(({ context }) => ({ reasons: withoutParticipant(context) })),
    keepReady: assign({ isClientReady: true }),
    keepReminded: assign(({ context, event }) => ({
      reminders: context.reminders + 1,
      deadlines: arm({}, 'remind', event.atMs + event.now.limits.pauseRemindMs),
    })),
    forget: assign(NOTHING),
    recordStarted: emit(({ event }) =>
      record('pause.started', rulesOf(event), SESSION, {
        outcome: reasonOf(event),
        details: { first: true },
      }),
    ),
    recordReason: emit(({ event }) =>
      record('pause.started', rulesOf(event), SESSION, {
        outcome: reasonOf(event),
        details: { first: false },
      }),
    ),
    recordReady: emit(record('pause.clientReady', ['U3'], SESSION)),
    recordReminded: emit(({ context }) =>
      record('pause.reminded', ['U5'], SESSION, { details: { times: context.reminders } }),
    ),
    recordEnded: emit(record('pause.ended', ['U3'], SESSION)),
    refuseNotAllowed: emit(refuse('not-allowed')),
    refusePathwayOpen: emit({ ...refuse('pathway-open'), missing: ['privacy'] }),
  },
}).createMachine({
  id: 'pause',
  context: NOTHING,
  initial: 'running',
  states: {
    running: {
      on: {
        'pause.start': [
          { guard: and(['isClient', not('isTheirs')]), actions: 'refuseNotAllowed' },
          { target: 'paused', actions: ['keepStarted', 'recordStarted'] },
        ],
        'server.started': {
          guard: 'isRestoredInCall',
          target: 'paused',
          actions: ['keepStarted', 'recordStarted'],
        },
        'participant.lost': {
          guard: not(or(['isCrisisOpen', 'isOver'])),
          target: 'paused',
          actions: ['keepStarted', 'recordStarted'],
        },
        'privacy.compromised': {
          guard: not('isOver'),
          target: 'paused',
          actions: ['keepStarted', 'recordStarted'],
        },
        'privacy.stepTaken': {
          guard: and(['pausesForPrivacy', not('isOver')]),
          target: 'paused',
          actions: ['keepStarted', 'recordStarted'],
        },
        'privacy.resolved': {
          guard: and(['pausesForPrivacy', not('isOver')]),
          target: 'paused',
          actions: ['keepStarted', 'recordStarted'],
        },
      },
    },
    paused: {
      on: {
        'pause.start': [
          { guard: and(['isClient', not('isTheirs')]), actions: 'refuseNotAllowed' },
          { guard: and(['isKnownReason', not('isClientReady')]), actions: 'recordReason' },
          { actions: ['keepReason', 'recordReason'] },
        ],
        'pause.end': [
          // U3: whatever the reasons are, the same happens to the client's press (V1): nothing but the word.
          { guard: 'isClient', actions: ['keepReady', 'recordReady'] },
          { guard: 'isPathwaysOwn', actions: 'refusePathwayOpen' },
          { target: 'running', actions: ['forget', 'recordEnded'] },
        ],
        'server.started': {
          guard: and(['isRestoredInCall', not('isKnownReason')]),
          actions: ['keepReason', 'recordReason'],
        },
        'participant.lost': {
          guard: not(or(['isCrisisOpen', 'hasParticipant'])),
          actions: ['keepReason', 'recordReason'],
        },
        'participant.back': nobodyMissed,
        'participant.goneOnWithout': nobodyMissed,
        'participant.heldOutside': nobodyMissed,
        'participant.clientRefused': nobodyMissed,
        'participant.removed': nobodyMissed,
        'privacy.compromised': { guard: not('hasPrivacy'), actions: ['keepReason', 'recordReason'] },
        'privacy.stepTaken': [
          { guard: and(['pausesForPrivacy', 'hasPrivacy']) },
          { guard: 'pausesForPrivacy', actions: ['keepReason', 'recordReason'] },
          { guard: 'isOnlyForPrivacy', target: 'running', actions: ['forget', 'recordEnded'] },
          { guard: 'hasPrivacy', actions: 'forgetPrivacy' },
        ],
        'privacy.resolved': [
          { guard: and(['pausesForPrivacy', 'hasPrivacy']) },
          { guard: 'pausesForPrivacy', actions: ['keepReason', 'recordReason'] },
          { guard: 'isOnlyForPrivacy', target: 'running', actions: ['forget', 'recordEnded'] },
          { guard: 'hasPrivacy', actions: 'forgetPrivacy' },
        ],
        'deadline.passed': { actions: ['keepReminded', 'recordReminded'] },
        // There is nothing left to pause.
        'session.ending': { target: 'running', actions: 'forget' },
      },
    },
  },
});
