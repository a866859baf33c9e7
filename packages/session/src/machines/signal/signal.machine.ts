import type { EventDetails, Id, Instant } from '@holdfast/protocol';
import { assign, emit, not, setup } from 'xstate';
import { arm } from '../../step/arm.js';
import type {
  AlertRequest,
  ChartInput,
  Delivered,
  Emitted,
  Heard,
  Passed,
  Refused,
  Said,
} from '../../step/concept.js';
import { record } from '../../step/record.js';

export interface SignalContext {
  readonly client: Id;
  /** Counts the signals, so that each has an id of its own. */
  readonly count: number;
  readonly signalledAtMs: Instant | null;
  /** The duty role was asked to look as well. */
  readonly isDutyAsked: boolean;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type SignalEvent =
  | Said<'privacy.signal' | 'privacy.acknowledge'>
  | Passed
  | Heard<
      | 'risk.raised'
      | 'person.gone'
      | 'person.left'
      | 'person.exited'
      | 'alert.accepted'
      | 'privacy.compromised'
    >;

/** What alerts of this signal are about: `c1.signal1`. */
const signalId = (context: SignalContext): Id => `${context.client}.signal${context.count}`;

const alertOf = (context: SignalContext): { readonly alert: AlertRequest } => ({
  alert: { cause: 'discreetSignal', client: context.client, about: signalId(context) },
});

/** Nobody to see it, or nothing to lose by asking two: the duty role looks at once. */
const needsDuty = (event: Delivered<object>): boolean =>
  event.now.isPractitionerGone || event.now.isRiskActive;

const on = (
  context: SignalContext,
  type: 'privacy.signalled' | 'privacy.signalUnanswered' | 'privacy.acknowledged',
  rules: readonly string[],
  outcome: string | null,
  rest: { readonly alert?: AlertRequest; readonly details?: EventDetails } = {},
): Emitted =>
  record(
    type,
    rules,
    { kind: 'client', id: context.client },
    { outcome, ...rest, details: { about: signalId(context) } },
  );

/** What a person, or what they did, says of a signal that they have seen. */
const outcomeOf = (event: SignalEvent): string => {
  if (event.type === 'privacy.acknowledge') return event.outcome;
  return event.type === 'privacy.compromised' ? 'opened' : 'taken';
};

/**
 * The discreet signal: "someone is near". The client gives it without a trace on their device; the practitioner sees it
 * and says so; unseen it goes to the duty role, which the alert repeats until somebody takes it. It infers nothing and
 * pauses nothing: what follows is a person's decision (A11, C16, H16).
 *
 * Rules Q1, Q2 and Q4 in docs/safety-protocol.md.
 */
export const signalMachine = setup({
  types: {} as { input: ChartInput; context: SignalContext; events: SignalEvent; emitted: Emitted | Refused },
  guards: {
    isDutyAsked: ({ context }) => context.isDutyAsked,
    isMine: ({ context, event }) =>
      event.type === 'alert.accepted' && event.details?.['about'] === signalId(context),
    isDutyNeededNow: ({ context, event }) => !context.isDutyAsked && needsDuty(event),
  },
  actions: {
    keepSignal: assign(({ context, event }) => ({
      count: context.count + 1,
      signalledAtMs: event.atMs,
      isDutyAsked: needsDuty(event),
      deadlines: arm({}, 'acknowledge', event.atMs + event.now.limits.signalAcknowledgeMs),
    })),
    keepDutyAsked: assign({ isDutyAsked: true }),
    forget: assign({ isDutyAsked: false, deadlines: {} }),
    recordSignalled: emit(({ context, event }) =>
      on(context, 'privacy.signalled', ['Q1'], 'first', needsDuty(event) ? alertOf(context) : {}),
    ),
    recordAgain: emit(({ context }) => on(context, 'privacy.signalled', ['Q1'], 'again')),
    recordDutyAsked: emit(({ context }) =>
      on(context, 'privacy.signalled', ['Q2'], 'ofDuty', alertOf(context)),
    ),
    recordUnanswered: emit(({ context }) =>
      on(context, 'privacy.signalUnanswered', ['Q2'], null, alertOf(context)),
    ),
    recordStillUnanswered: emit(({ context }) => on(context, 'privacy.signalUnanswered', ['Q2'], null)),
    recordAcknowledged: emit(({ context, event }) =>
      on(context, 'privacy.acknowledged', ['Q4'], outcomeOf(event)),
    ),
  },
}).createMachine({
  id: 'signal',
  context: ({ input }) => ({
    client: input.instance,
    count: 0,
    signalledAtMs: null,
    isDutyAsked: false,
    deadlines: {},
  }),
  initial: 'quiet',
  states: {
    quiet: {
      on: { 'privacy.signal': { target: 'signalled', actions: ['keepSignal', 'recordSignalled'] } },
    },
    signalled: {
      on: {
        // Q1: given again it is the same signal, and no clock starts anew.
        'privacy.signal': { actions: 'recordAgain' },
        'privacy.acknowledge': { target: 'acknowledged', actions: ['recordAcknowledged', 'forget'] },
        // Whoever opens the pathway has seen it; so has whoever takes the alert.
        'privacy.compromised': { target: 'acknowledged', actions: ['recordAcknowledged', 'forget'] },
        'alert.accepted': {
          guard: 'isMine',
          target: 'acknowledged',
          actions: ['recordAcknowledged', 'forget'],
        },
        'deadline.passed': [
          { guard: 'isDutyAsked', actions: 'recordStillUnanswered' },
          { actions: ['keepDutyAsked', 'recordUnanswered'] },
        ],
        'risk.raised': { guard: not('isDutyAsked'), actions: ['keepDutyAsked', 'recordDutyAsked'] },
        'person.gone': { guard: 'isDutyNeededNow', actions: ['keepDutyAsked', 'recordDutyAsked'] },
        'person.left': { guard: 'isDutyNeededNow', actions: ['keepDutyAsked', 'recordDutyAsked'] },
        'person.exited': { guard: 'isDutyNeededNow', actions: ['keepDutyAsked', 'recordDutyAsked'] },
      },
    },
    acknowledged: {
      on: { 'privacy.signal': { target: 'signalled', actions: ['keepSignal', 'recordSignalled'] } },
    },
  },
});
