import type { Id, Instant } from '@holdfast/protocol';
import { and, assign, emit, not, setup } from 'xstate';
import { arm } from '../../step/arm.js';
import type { ChartInput, Delivered, Emitted, Heard, Passed, Refused, Said } from '../../step/concept.js';
import { record } from '../../step/record.js';

export interface HelpContext {
  readonly client: Id;
  /** Counts the calls for someone, so that each has an id of its own. */
  readonly count: number;
  readonly askedAtMs: Instant | null;
  /** The duty role was asked to come as well. */
  readonly isDutyAsked: boolean;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type HelpEvent =
  | Said<'help.ask' | 'help.answer'>
  | Passed
  | Heard<'risk.raised' | 'person.gone' | 'person.left' | 'alert.accepted'>;

/** What alerts of this call are about: `c1.h1`. */
const helpId = (context: HelpContext): Id => `${context.client}.h${context.count}`;

const alertOf = (context: HelpContext, cause: 'helpAsked' | 'helpSilent') => ({
  alert: { cause, client: context.client, about: helpId(context) },
});

const subjectOf = (context: HelpContext) => ({ kind: 'client', id: context.client }) as const;

const needsDuty = (event: Delivered<object>): boolean =>
  event.now.isPractitionerGone || event.now.isRiskActive;

/**
 * "I need someone now": the client asks, in waiting or in session. The practitioner answers; the duty role is asked at
 * once when the practitioner is not there or risk is active, and after silence otherwise. It raises no risk.
 *
 * Rules H1-H4 in docs/safety-protocol.md.
 */
export const helpMachine = setup({
  types: {} as { input: ChartInput; context: HelpContext; events: HelpEvent; emitted: Emitted | Refused },
  guards: {
    isClosed: ({ event }) => event.now.stage === 'closed',
    needsDuty: ({ event }) => needsDuty(event),
    isDutyAsked: ({ context }) => context.isDutyAsked,
    isMine: ({ context, event }) =>
      event.type === 'alert.accepted' && event.details?.['about'] === helpId(context),
  },
  actions: {
    keepAsked: assign(({ context, event }) => ({
      count: context.count + 1,
      askedAtMs: event.atMs,
      isDutyAsked: needsDuty(event),
      deadlines: arm({}, 'answer', event.atMs + event.now.limits.helpAnswerMs),
    })),
    keepDutyAsked: assign({ isDutyAsked: true }),
    forget: assign({ askedAtMs: null, isDutyAsked: false, deadlines: {} }),
    recordAsked: emit(({ context, event }) =>
      record('help.asked', ['H1'], subjectOf(context), {
        outcome: 'first',
        details: { about: helpId(context) },
        ...(needsDuty(event) ? alertOf(context, 'helpAsked') : {}),
      }),
    ),
    recordAskedAgain: emit(({ context }) =>
      record('help.asked', ['H1'], subjectOf(context), {
        outcome: 'again',
        details: { about: helpId(context) },
      }),
    ),
    recordDutyAsked: emit(({ context }) =>
      record('help.asked', ['H2'], subjectOf(context), {
        outcome: 'ofDuty',
        details: { about: helpId(context) },
        ...alertOf(context, 'helpAsked'),
      }),
    ),
    recordUnanswered: emit(({ context }) =>
      record('help.unanswered', ['H3'], subjectOf(context), {
        details: { about: helpId(context) },
        ...alertOf(context, 'helpSilent'),
      }),
    ),
    // H3: duty is on its way already; the alert's own clock goes on.
    recordStillUnanswered: emit(({ context }) =>
      record('help.unanswered', ['H3'], subjectOf(context), { details: { about: helpId(context) } }),
    ),
    recordAnswered: emit(({ context, event }) =>
      record('help.answered', ['H4'], subjectOf(context), {
        outcome: event.by.role ?? 'duty',
        details: { about: helpId(context) },
      }),
    ),
  },
}).createMachine({
  id: 'help',
  context: ({ input }) => ({
    client: input.instance,
    count: 0,
    askedAtMs: null,
    isDutyAsked: false,
    deadlines: {},
  }),
  initial: 'quiet',
  states: {
    quiet: {
      on: {
        'help.ask': [{ guard: 'isClosed' }, { target: 'asked', actions: ['keepAsked', 'recordAsked'] }],
      },
    },
    asked: {
      on: {
        'help.ask': { actions: 'recordAskedAgain' },
        'help.answer': { target: 'quiet', actions: ['recordAnswered', 'forget'] },
        // Whoever takes the alert is the person who comes.
        'alert.accepted': { guard: 'isMine', target: 'quiet', actions: ['recordAnswered', 'forget'] },
        'deadline.passed': [
          { guard: 'isDutyAsked', actions: 'recordStillUnanswered' },
          { actions: ['keepDutyAsked', 'recordUnanswered'] },
        ],
        'risk.raised': { guard: not('isDutyAsked'), actions: ['keepDutyAsked', 'recordDutyAsked'] },
        'person.gone': {
          guard: and(['needsDuty', not('isDutyAsked')]),
          actions: ['keepDutyAsked', 'recordDutyAsked'],
        },
        'person.left': {
          guard: and(['needsDuty', not('isDutyAsked')]),
          actions: ['keepDutyAsked', 'recordDutyAsked'],
        },
      },
    },
  },
});
