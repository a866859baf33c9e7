import type { AlertCause, EventDetails, EventKind, Id, Instant } from '@holdfast/protocol';
import { and, assign, emit, not, setup } from 'xstate';
import { arm } from '../../step/arm.js';
import type { ChartInput, Emitted, Heard, Passed, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';

export interface PrivacyContext {
  readonly client: Id;
  /** Counts how often privacy was broken, so that each has an id of its own. */
  readonly count: number;
  /** Counts the times that a next step was due: a silence after each is a matter of its own (A1). */
  readonly waits: number;
  readonly openedAtMs: Instant | null;
  readonly openedBy: Id | null;
  /** Where they go on, once a person chose it. */
  readonly to: string | null;
  /** The safeguarding lead was alerted about this one. */
  readonly isLeadAlerted: boolean;
  readonly outcome: string | null;
  /** Version of the policy's neutral wording: only that one is said. */
  readonly wording: string;
  /** Reference of the vault entry with the agreed time and channel; null while none was agreed. */
  readonly safeContactRef: Id | null;
  readonly safeContactAtMs: Instant | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type PrivacyEvent =
  | Said<
      | 'privacy.open'
      | 'privacy.pause'
      | 'privacy.recontract'
      | 'privacy.switchChannel'
      | 'privacy.endNeutrally'
      | 'privacy.resolve'
      | 'privacy.alertLead'
      | 'privacy.setSafeContact'
    >
  | Passed
  | Heard<'person.gone' | 'person.left' | 'person.exited' | 'alert.accepted'>;

/** What alerts of this matter are about: `c1.privacy1`. */
export const privacyId = (context: Pick<PrivacyContext, 'client' | 'count'>): Id =>
  `${context.client}.privacy${context.count}`;

/** What alerts about a step that nobody takes are about: `c1.privacy1.w2`. */
const silenceId = (context: PrivacyContext): Id => `${privacyId(context)}.w${context.waits}`;

const on = (
  context: PrivacyContext,
  type: EventKind,
  rules: readonly string[],
  outcome: string | null = null,
  {
    cause = null,
    details = {},
  }: { readonly cause?: AlertCause | null; readonly details?: EventDetails } = {},
): Emitted => {
  const about = privacyId(context);
  return record(
    type,
    rules,
    { kind: 'client', id: context.client },
    {
      outcome,
      details: { about, ...details },
      ...(cause === null
        ? {}
        : {
            alert: {
              cause,
              client: context.client,
              about: cause === 'privacySilent' ? silenceId(context) : about,
            },
          }),
    },
  );
};

const isOutcome = (event: PrivacyEvent, ...outcomes: readonly string[]): boolean =>
  event.type === 'privacy.resolve' && outcomes.includes(event.outcome);

/**
 * Privacy of one client: a person says that it is broken, in one action; then they stop, agree anew, go over to a channel
 * that was agreed as safe, or end with a neutral reason, until a person says how it was settled (A26, A36, A38). The
 * software decides none of it; it holds back what would tell somebody who listens.
 *
 * Rules Q5-Q11 in docs/safety-protocol.md.
 */
export const privacyMachine = setup({
  types: {} as {
    input: ChartInput;
    context: PrivacyContext;
    events: PrivacyEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    isPrivateAgain: ({ event }) => isOutcome(event, 'privateAgain'),
    isFalseAlarm: ({ event }) => isOutcome(event, 'falseAlarm'),
    isOtherChannel: ({ event }) => isOutcome(event, 'otherChannel'),
    isEndedNeutrally: ({ event }) => isOutcome(event, 'endedNeutrally'),
    isFreeToSpeak: ({ event }) => event.type === 'privacy.resolve' && event.isFreeToSpeak,
    isUnsafeChannel: ({ context, event }) => {
      if (event.type !== 'privacy.switchChannel') return false;
      return event.to === 'safeContact' ? context.safeContactRef === null : !event.now.isBackUpSafe;
    },
    isOtherWording: ({ context, event }) =>
      event.type === 'privacy.endNeutrally' && event.wording !== context.wording,
    isLeadAlerted: ({ context }) => context.isLeadAlerted,
    hasWords: ({ event }) => event.type === 'privacy.setSafeContact' && event.answerRef !== undefined,
    hasClock: ({ context }) => context.deadlines['act'] !== undefined,
    isTaken: ({ context, event }) =>
      event.type === 'alert.accepted' &&
      event.details?.['about'] === silenceId(context) &&
      event.details['cause'] === 'privacySilent',
  },
  actions: {
    keepOpened: assign(({ context, event }) => ({
      count: context.count + 1,
      openedAtMs: event.atMs,
      openedBy: event.by.person,
      waits: 0,
      to: null,
      isLeadAlerted: false,
      outcome: null,
    })),
    armAct: assign(({ context, event }) => ({
      waits: context.waits + 1,
      deadlines: arm({}, 'act', event.atMs + event.now.limits.privacyActMs),
    })),
    // The same matter: whoever took it and is silent is followed by the next in line.
    armTaken: assign(({ event }) => ({
      deadlines: arm({}, 'act', event.atMs + event.now.limits.privacyActMs),
    })),
    disarm: assign({ deadlines: {} }),
    keepChannel: assign(({ event }) => (event.type === 'privacy.switchChannel' ? { to: event.to } : {})),
    keepOutcome: assign(({ event }) =>
      event.type === 'privacy.resolve' ? { outcome: event.outcome, deadlines: {} } : {},
    ),
    keepLeadAlerted: assign({ isLeadAlerted: true }),
    keepSafeContact: assign(({ event }) =>
      event.type === 'privacy.setSafeContact'
        ? { safeContactRef: event.answerRef ?? null, safeContactAtMs: event.atMs }
        : {},
    ),
    recordCompromised: emit(({ context }) => on(context, 'privacy.compromised', ['Q5'])),
    recordPaused: emit(({ context }) => on(context, 'privacy.stepTaken', ['Q7'], 'paused')),
    recordRecontracting: emit(({ context }) => on(context, 'privacy.stepTaken', ['Q7'], 'recontracting')),
    recordSwitching: emit(({ context }) =>
      on(context, 'privacy.stepTaken', ['Q7'], 'switchingChannel', { details: { to: context.to } }),
    ),
    recordEnding: emit(({ context }) =>
      on(context, 'privacy.stepTaken', ['Q7'], 'endingNeutrally', {
        details: { wording: context.wording },
      }),
    ),
    recordUnanswered: emit(({ context, event }) =>
      on(context, 'privacy.unanswered', ['Q8'], event.type === 'deadline.passed' ? 'silence' : 'absence', {
        cause: 'privacySilent',
      }),
    ),
    recordLeadAlerted: emit(({ context }) =>
      on(context, 'privacy.leadAlerted', ['Q10'], 'first', { cause: 'privacy' }),
    ),
    recordLeadAlertedAgain: emit(({ context }) => on(context, 'privacy.leadAlerted', ['Q10'], 'again')),
    recordSafeContact: emit(({ context }) => on(context, 'privacy.safeContactSet', ['Q11'])),
    recordResolved: emit(({ context, event }) =>
      on(context, 'privacy.resolved', ['Q9'], context.outcome, {
        details: { isFreeToSpeak: event.type === 'privacy.resolve' && event.isFreeToSpeak },
      }),
    ),
    refuseBadAnswer: emit(refuse('bad-answer')),
    refuseNotAllowed: emit(refuse('not-allowed')),
    refuseNotNow: emit(refuse('not-now')),
  },
}).createMachine({
  id: 'privacy',
  context: ({ input }) => ({
    client: input.instance,
    count: 0,
    waits: 0,
    openedAtMs: null,
    openedBy: null,
    to: null,
    isLeadAlerted: false,
    outcome: null,
    wording: input.session.policy.texts.neutralEnding,
    safeContactRef: null,
    safeContactAtMs: null,
    deadlines: {},
  }),
  initial: 'private',
  on: {
    'privacy.setSafeContact': [
      { guard: 'hasWords', actions: ['keepSafeContact', 'recordSafeContact'] },
      { actions: 'refuseBadAnswer' },
    ],
  },
  states: {
    private: {
      on: {
        'privacy.open': { target: 'compromised', actions: ['keepOpened', 'armAct', 'recordCompromised'] },
      },
    },
    compromised: {
      initial: 'paused',
      on: {
        'privacy.pause': { target: '.paused', actions: ['armAct', 'recordPaused'] },
        'privacy.recontract': { target: '.recontracting', actions: ['armAct', 'recordRecontracting'] },
        'privacy.switchChannel': [
          // Q7: only what the client agreed to as safe, while they could.
          { guard: 'isUnsafeChannel', actions: 'refuseNotAllowed' },
          { target: '.switchingChannel', actions: ['keepChannel', 'armAct', 'recordSwitching'] },
        ],
        'privacy.endNeutrally': [
          { guard: 'isOtherWording', actions: 'refuseBadAnswer' },
          { target: '.endingNeutrally', actions: ['armAct', 'recordEnding'] },
        ],
        'privacy.resolve': [
          { guard: and(['isPrivateAgain', not('isFreeToSpeak')]), actions: 'refuseBadAnswer' },
          { guard: 'isPrivateAgain', target: 'private', actions: ['keepOutcome', 'recordResolved'] },
          { guard: 'isFalseAlarm', target: 'private', actions: ['keepOutcome', 'recordResolved'] },
          { actions: 'refuseNotNow' },
        ],
        'privacy.alertLead': [
          { guard: 'isLeadAlerted', actions: 'recordLeadAlertedAgain' },
          { actions: ['keepLeadAlerted', 'recordLeadAlerted'] },
        ],
        // Q8: nobody acts, and the duty role is told; whoever takes it has the clock from then on.
        'deadline.passed': { actions: 'recordUnanswered' },
        'person.gone': { guard: 'hasClock', actions: ['disarm', 'recordUnanswered'] },
        'person.left': { guard: 'hasClock', actions: ['disarm', 'recordUnanswered'] },
        'person.exited': { guard: 'hasClock', actions: ['disarm', 'recordUnanswered'] },
        'alert.accepted': { guard: 'isTaken', actions: 'armTaken' },
      },
      states: {
        paused: {},
        recontracting: {},
        switchingChannel: {
          on: {
            'privacy.resolve': {
              guard: 'isOtherChannel',
              target: '#privacy.ended',
              actions: ['keepOutcome', 'recordResolved'],
            },
          },
        },
        endingNeutrally: {
          on: {
            'privacy.resolve': {
              guard: 'isEndedNeutrally',
              target: '#privacy.ended',
              actions: ['keepOutcome', 'recordResolved'],
            },
          },
        },
      },
    },
    // Q6: settled, but not private again: what is blocked stays blocked.
    ended: {
      on: {
        'privacy.open': { target: 'compromised', actions: ['keepOpened', 'armAct', 'recordCompromised'] },
        'privacy.alertLead': [
          { guard: 'isLeadAlerted', actions: 'recordLeadAlertedAgain' },
          { actions: ['keepLeadAlerted', 'recordLeadAlerted'] },
        ],
      },
    },
  },
});
