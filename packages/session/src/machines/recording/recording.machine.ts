import type { EventDetails, EventKind, Instant, Policy } from '@holdfast/protocol';
import { and, assign, emit, not, or, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Refused, Said, Stated } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';

/** Whose consent: nobody has both. */
export type Granter = 'client' | 'management';

export interface RecordingContext {
  readonly isProhibited: boolean;
  /** Of the text that is agreed to. */
  readonly textVersion: string;
  /** For the record of each grant (E16). */
  readonly policy: EventDetails;
  readonly grants: Readonly<Record<Granter, boolean>>;
  /** Counts recordings, so that each has an id of its own. */
  readonly take: number;
  /** The host's recorder said so. */
  readonly hasBegun: boolean;
  /** It was told to end and has not said yet that it did: until then it may still run. */
  readonly isEnding: boolean;
  /** What the recorder could not do last. */
  readonly failed: 'start' | 'stop' | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type RecordingEvent =
  | Said<'recording.grant' | 'recording.withdraw' | 'recording.start' | 'recording.stop'>
  | Stated<'recording.started' | 'recording.stopped' | 'recording.failed'>
  | Heard<
      | 'consent.withdrawn'
      | 'session.ending'
      | 'session.closed'
      | 'person.left'
      | 'person.exited'
      | 'privacy.compromised'
      | 'pause.started'
    >;

const SESSION = { kind: 'session', id: 'session' } as const;

/** The table of commands lets nobody else grant. */
const granterOf = (event: RecordingEvent): Granter => (event.by.role === 'client' ? 'client' : 'management');

const withGrant = (context: RecordingContext, event: RecordingEvent, isGiven: boolean) => ({
  grants: { ...context.grants, [granterOf(event)]: isGiven },
});

const policyOf = ({ id, version, recording }: Policy): EventDetails => ({
  policy: id,
  policyVersion: version,
  recordingPolicy: recording.mode === 'twoGrants' ? recording.policy : null,
});

const takeOf = (event: RecordingEvent): number | null => ('take' in event ? event.take : null);

const of =
  (kind: EventKind, rule: string) =>
  ({ context, event }: { context: RecordingContext; event: RecordingEvent }): Emitted =>
    record(kind, [rule], SESSION, { details: { take: takeOf(event) ?? context.take } });

const stops = { target: 'permitted', actions: ['askToStop', 'recordStopAsked'] } as const;

/** B4: only recording stops; the call, the ladder and every pathway go on. */
const stopsOn = {
  'recording.stop': stops,
  'privacy.compromised': stops,
  'pause.started': stops,
  'person.left': stops,
  'person.exited': stops,
  'consent.withdrawn': stops,
  'session.ending': stops,
  'session.closed': stops,
} as const;

/**
 * Recording: prohibited, unless the policy allows it and two people agree, the client and management, each by
 * themselves (E15, H06). Either of them stops it at once, and it alone.
 *
 * Rules B1-B7 and X6 in docs/safety-protocol.md. The host's own recorder records: it is told by effects, and what it
 * says comes back as facts.
 */
export const recordingMachine = setup({
  types: {} as {
    input: ChartInput;
    context: RecordingContext;
    events: RecordingEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    isProhibited: ({ context }) => context.isProhibited,
    isOtherText: ({ context, event }) =>
      event.type === 'recording.grant' && event.textVersion !== context.textVersion,
    isGiven: ({ context, event }) => context.grants[granterOf(event)],
    isOnlyGrant: ({ context }) => !(context.grants.client && context.grants.management),
    isEnding: ({ context }) => context.isEnding,
    isPrivacyCompromised: ({ event }) => event.now.precedence.isPrivacyCompromised,
    isOther: ({ context, event }) => takeOf(event) !== context.take,
    hasBegun: ({ context }) => context.hasBegun,
    isStart: ({ event }) => event.type === 'recording.failed' && event.what === 'start',
    hasFailedToStop: ({ context }) => context.failed === 'stop',
  },
  actions: {
    keepGrant: assign(({ context, event }) => withGrant(context, event, true)),
    keepWithdrawal: assign(({ context, event }) => withGrant(context, event, false)),
    keepTake: assign(({ context }) => ({ take: context.take + 1, hasBegun: false, failed: null })),
    keepBegun: assign({ hasBegun: true }),
    keepEnded: assign(({ context }) => ({
      isEnding: false,
      hasBegun: false,
      failed: context.failed === 'stop' ? null : context.failed,
    })),
    keepFailed: assign(({ event }) => (event.type === 'recording.failed' ? { failed: event.what } : {})),
    askToStop: assign({ isEnding: true }),
    recordGranted: emit(({ context, event }) =>
      record('recording.granted', ['B1'], SESSION, {
        outcome: granterOf(event),
        details: { textVersion: context.textVersion, ...context.policy },
      }),
    ),
    recordWithdrawn: emit(({ event }) =>
      record('recording.withdrawn', ['B4'], SESSION, { outcome: granterOf(event) }),
    ),
    recordAsked: emit(of('recording.asked', 'B3')),
    recordStarted: emit(of('recording.started', 'B3')),
    recordStopAsked: emit(({ context, event }) =>
      record('recording.stopAsked', ['B4'], SESSION, {
        outcome: event.type,
        details: { take: context.take },
      }),
    ),
    recordStopped: emit(of('recording.stopped', 'B5')),
    recordFailed: emit(({ event }) =>
      record('recording.failed', ['B6'], SESSION, {
        outcome: event.type === 'recording.failed' ? event.what : null,
        details: { take: takeOf(event) },
      }),
    ),
    refuseProhibited: emit(refuse('recording-prohibited')),
    refuseOtherText: emit(refuse('bad-answer')),
    refuseNotNow: emit(refuse('not-now')),
  },
}).createMachine({
  id: 'recording',
  context: ({ input: { session } }) => ({
    isProhibited: session.policy.recording.mode === 'prohibited',
    textVersion: session.policy.texts.recording,
    policy: policyOf(session.policy),
    grants: { client: false, management: false },
    take: 0,
    hasBegun: false,
    isEnding: false,
    failed: null,
    deadlines: {},
  }),
  initial: 'prohibited',
  on: {
    // B5: what the recorder says of an older take changes nothing; until it says that it ended, it may still run.
    'recording.stopped': [
      { guard: or(['isOther', not('isEnding')]) },
      { actions: ['keepEnded', 'recordStopped'] },
    ],
    'recording.failed': [
      { guard: or(['isOther', 'isStart', not('isEnding'), 'hasFailedToStop']) },
      { actions: ['keepFailed', 'recordFailed'] },
    ],
  },
  states: {
    prohibited: {
      on: {
        'recording.grant': [
          { guard: 'isProhibited', actions: 'refuseProhibited' },
          { guard: 'isOtherText', actions: 'refuseOtherText' },
          { target: 'oneGrant', actions: ['keepGrant', 'recordGranted'] },
        ],
      },
    },
    oneGrant: {
      on: {
        'recording.grant': [
          { guard: 'isOtherText', actions: 'refuseOtherText' },
          { guard: 'isGiven' },
          { target: 'permitted', actions: ['keepGrant', 'recordGranted'] },
        ],
        'recording.withdraw': [
          { guard: not('isGiven') },
          { target: 'prohibited', actions: ['keepWithdrawal', 'recordWithdrawn'] },
        ],
      },
    },
    permitted: {
      on: {
        'recording.withdraw': { target: 'oneGrant', actions: ['keepWithdrawal', 'recordWithdrawn'] },
        'recording.start': [
          { guard: or(['isOnlyGrant', 'isEnding', 'isPrivacyCompromised']), actions: 'refuseNotNow' },
          { target: 'running', actions: ['keepTake', 'recordAsked'] },
        ],
      },
    },
    running: {
      on: {
        'recording.started': [
          { guard: or(['isOther', 'hasBegun']) },
          { actions: ['keepBegun', 'recordStarted'] },
        ],
        // B6: what could not begin may have begun all the same: it is told to end.
        'recording.failed': {
          guard: and(['isStart', not('isOther')]),
          target: 'permitted',
          actions: ['keepFailed', 'recordFailed', 'askToStop', 'recordStopAsked'],
        },
        'recording.stopped': [
          { guard: 'isOther' },
          { target: 'permitted', actions: ['keepEnded', 'recordStopped'] },
        ],
        'recording.withdraw': {
          target: 'oneGrant',
          actions: ['keepWithdrawal', 'recordWithdrawn', 'askToStop', 'recordStopAsked'],
        },
        ...stopsOn,
      },
    },
  },
});
