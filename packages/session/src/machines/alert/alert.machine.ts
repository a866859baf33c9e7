import type { AlertCause, Id, Instant } from '@holdfast/protocol';
import { and, assign, emit, not, setup } from 'xstate';
import { arm, tighten } from '../../step/arm.js';
import type {
  ChartInput,
  Delivered,
  Emitted,
  Heard,
  Passed,
  Refused,
  Said,
  Stated,
} from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';

export interface AlertContext {
  readonly alert: Id;
  /** What it is about (a run, a call for help, a crisis, an absence, a phone check), why, and whom it was sent to. */
  readonly about: Id;
  readonly cause: AlertCause;
  readonly client: Id;
  readonly person: Id;
  readonly sentAtMs: Instant;
  /** A channel confirmed it; where none can, the next in line is not kept waiting (H22). */
  readonly isDelivered: boolean;
  /** How often everybody was told again, when nobody on the list answered. */
  readonly repeats: number;
  /** Null while it stands: what was asked for before that is not sent any more (A5). */
  readonly stoodDownAtMs: Instant | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/** What can ask for an alert: any event with an `alert`. The chart that comes into being by it is that alert. */
type AlertEvent =
  | Said<'alert.acknowledge' | 'alert.accept'>
  | Stated<'alert.delivered' | 'alert.failed'>
  | Passed
  | Heard<
      | 'alert.accepted'
      | 'alert.unanswered'
      | 'alert.listExhausted'
      | 'risk.raised'
      | 'run.ended'
      | 'run.ownerChanged'
      | 'deciding.decided'
      | 'deciding.stoodDown'
      | 'deciding.acted'
      | 'run.wordGiven'
      | 'call.stillTogether'
      | 'call.cut'
      | 'call.movedToVideo'
      | 'help.answered'
      | 'crisis.escalationJoined'
      | 'crisis.escalationAccepted'
      | 'crisis.escalationKept'
      | 'consult.asked'
      | 'consult.ended'
      | 'crisis.resolved'
      | 'person.alive'
      | 'lead.changed'
      | 'session.closed'
      | 'deciding.unanswered'
      | 'deciding.actUnanswered'
      | 'run.wordMissing'
      | 'run.opened'
      | 'run.riskSwitched'
      | 'run.clientLeft'
      | 'practitioner.missing'
      | 'person.left'
      | 'call.unanswered'
      | 'help.asked'
      | 'help.unanswered'
      | 'crisis.escalationOffered'
      | 'safeguarding.leadNotified'
      | 'safeguarding.leadTold'
      | 'safeguarding.settled'
      | 'privacy.acknowledged'
      | 'privacy.stepTaken'
      | 'privacy.resolved'
      | 'privacy.signalled'
      | 'privacy.signalUnanswered'
      | 'privacy.unanswered'
      | 'privacy.leadAlerted'
      | 'session.faulted'
    >;

/** A crisis is the client's: its events speak of every alert that was sent for it. */
const OF_CRISIS: readonly string[] = [
  'crisis.escalationJoined',
  'crisis.escalationAccepted',
  'crisis.escalationKept',
  'crisis.resolved',
];

/** A5: the silence is over: what the alert was sent for was done by whoever owed it. */
const SETTLED_BY: Readonly<Partial<Record<AlertCause, readonly string[]>>> = {
  decidingSilent: ['deciding.decided', 'deciding.stoodDown'],
  actSilent: ['deciding.acted', 'deciding.decided', 'deciding.stoodDown'],
  wordMissing: ['run.wordGiven'],
  phoneSilent: ['call.stillTogether', 'call.cut', 'call.movedToVideo'],
  helpAsked: ['help.answered'],
  helpSilent: ['help.answered'],
  escalation: OF_CRISIS,
  safeguarding: ['safeguarding.leadTold', 'safeguarding.settled'],
  discreetSignal: ['privacy.acknowledged'],
  privacySilent: ['privacy.stepTaken', 'privacy.resolved'],
  consult: ['consult.ended'],
};

interface Args {
  readonly context: AlertContext;
  readonly event: AlertEvent;
}

const detail = (event: AlertEvent, name: string): unknown =>
  'details' in event ? event.details?.[name] : undefined;
const subject = (event: AlertEvent): Id | null => ('subject' in event ? (event.subject?.id ?? null) : null);

/** Whether an event speaks of what this alert is about: by its subject (a run), its client, or by name. */
const isAbout = ({ context, event }: Args): boolean =>
  [subject(event), detail(event, 'about')].includes(context.about) ||
  (OF_CRISIS.includes(event.type) && subject(event) === context.client) ||
  // Q8: the next step ends the silence before it.
  (event.type.startsWith('privacy.') && context.about.startsWith(`${String(detail(event, 'about'))}.w`));

/** The silence of a run's owner. */
const OF_THE_OWNER: readonly AlertCause[] = ['decidingSilent', 'actSilent', 'wordMissing'];

const isAbsence = ({ cause }: AlertContext): boolean =>
  cause === 'practitionerGone' || cause === 'practitionerLeft';
const isAboutAccepted = ({ context, event }: Args): boolean =>
  event.type === 'alert.accepted' &&
  detail(event, 'about') === context.about &&
  subject(event) !== context.alert;

const isRunLoud = ({ context, event }: Args): boolean =>
  event.now.openRun !== null && (context.about === event.now.openRun || isAbsence(context));

/** What an alert that is taken, or that nobody needs any more, no longer listens to. */
const CLOSED = {
  'alert.accepted': {},
  'run.ended': {},
  'run.ownerChanged': {},
  'deciding.decided': {},
  'deciding.stoodDown': {},
  'deciding.acted': {},
  'run.wordGiven': {},
  'call.stillTogether': {},
  'call.cut': {},
  'call.movedToVideo': {},
  'help.answered': {},
  'consult.ended': {},
  'crisis.escalationJoined': {},
  'crisis.escalationAccepted': {},
  'crisis.escalationKept': {},
  'crisis.resolved': {},
  'safeguarding.leadTold': {},
  'safeguarding.settled': {},
  'privacy.acknowledged': {},
  'privacy.stepTaken': {},
  'privacy.resolved': {},
  'person.alive': {},
  'lead.changed': {},
  'session.closed': {},
} as const;

const on = (
  { alert, about, cause, client, person }: AlertContext,
  kind: Emitted['type'],
  rules: readonly string[],
  rest: Partial<Emitted> = {},
): Emitted =>
  record(
    kind,
    rules,
    { kind: 'alert', id: alert },
    { ...rest, details: { about, cause, client, person, ...rest.details } },
  );

const acceptMs = ({ now }: Delivered<object>): number =>
  now.isRiskActive ? now.limits.acceptRiskMs : now.limits.acceptMs;

/** From the event that asked for it, or from the alert before it in line, which nobody answered. */
function asked(input: ChartInput): Pick<AlertContext, 'about' | 'cause' | 'client' | 'person'> {
  const message = (input.message ?? {}) as Partial<Emitted>;
  const about = message.alert?.about ?? String(message.details?.['about']);
  const cause = message.alert?.cause ?? (String(message.details?.['cause']) as AlertCause);
  const client = message.alert?.client ?? String(message.details?.['client']);
  return { about, cause, client, person: input.instance.slice(`${about}.${cause}.`.length) };
}

const acknowledgeMs = (input: ChartInput): number => input.session.policy.durations.acknowledgeMs;

/**
 * One alert to one named person of the policy's duty list: sent, acknowledged, accepted. Silence passes it to the next
 * in line and leaves it open for whoever is late; at the end of the list everybody is told again and again.
 *
 * Rules A1-A7 in docs/safety-protocol.md. It alerts nobody outside the service, ever.
 */
export const alertMachine = setup({
  types: {} as { input: ChartInput; context: AlertContext; events: AlertEvent; emitted: Emitted | Refused },
  guards: {
    isAddressee: ({ context, event }) => event.by.person === context.person,
    isAcknowledgeOver: ({ event }) => event.type === 'deadline.passed' && event.deadline === 'acknowledge',
    isAcceptOver: ({ event }) => event.type === 'deadline.passed' && event.deadline === 'accept',
    isRepeatDue: ({ event }) => event.type === 'deadline.passed' && event.deadline === 'repeat',
    isDelivered: ({ context }) => context.isDelivered,
    // A run that is exhausted is loud by itself.
    isRunLoud: (args) => isRunLoud(args),
    isTakenBySame: (args) => isAboutAccepted(args) && detail(args.event, 'person') === args.context.person,
    isTakenByOther: (args) => isAboutAccepted(args) && detail(args.event, 'cause') === args.context.cause,
    isSettled: (args) =>
      isAbout(args) && (SETTLED_BY[args.context.cause]?.includes(args.event.type) ?? false),
    isAboutIt: (args) => isAbout(args),
    // L17: whoever takes the run over has taken what they were alerted for; the old owner's silence is over.
    isTakenOver: (args) => isAbout(args) && args.event.by.person === args.context.person,
    isOldSilence: (args) => isAbout(args) && OF_THE_OWNER.includes(args.context.cause),
    // P5: the practitioner is back; an absence that became a run is the run's own matter.
    isReturnOfAbsent: ({ context, event }) =>
      isAbsence(context) &&
      subject(event) === event.now.practitioner &&
      context.about.startsWith(`${event.now.practitioner}.a`),
    isAbsenceOfOldLead: ({ context, event }) =>
      isAbsence(context) && context.about.startsWith(`${String(detail(event, 'from'))}.a`),
    isAskedAgain: ({ context, event }) => {
      const asked = 'rules' in event ? event.alert : undefined;
      return asked?.about === context.about && asked.cause === context.cause;
    },
    // What the run says to everybody, it asks of them itself.
    isEverybodyAsked: ({ event }) => event.type === 'alert.listExhausted' && event.details?.['attempt'] !== 0,
  },
  actions: {
    armAccept: assign(({ event }) => ({ deadlines: { accept: event.atMs + acceptMs(event) } })),
    tightenAccept: assign(({ context, event }) => ({
      deadlines: tighten(
        context.deadlines,
        'accept',
        (event.saidAtMs ?? event.atMs) + event.now.limits.acceptRiskMs,
      ),
    })),
    armRepeat: assign(({ context, event }) => ({
      repeats: context.repeats + 1,
      deadlines: arm(context.deadlines, 'repeat', event.atMs + event.now.limits.exhaustedRepeatMs),
    })),
    disarmAll: assign({ deadlines: {} }),
    keepDelivered: assign({ isDelivered: true }),
    keepStoodDown: assign({ stoodDownAtMs: ({ event }) => event.atMs }),
    keepWanted: assign({ stoodDownAtMs: null }),
    recordSent: emit(({ context }) => on(context, 'alert.sent', ['A1'])),
    recordDelivered: emit(({ context, event }) =>
      on(context, 'alert.delivered', ['A1'], { outcome: 'channel' in event ? event.channel : null }),
    ),
    recordFailed: emit(({ context, event }) =>
      on(context, 'alert.failed', ['A4'], { outcome: 'channel' in event ? event.channel : null }),
    ),
    recordAcknowledged: emit(({ context }) => on(context, 'alert.acknowledged', ['A2'])),
    recordAccepted: emit(({ context }) => on(context, 'alert.accepted', ['A3'])),
    recordUnanswered: emit(({ context, event }) =>
      on(context, 'alert.unanswered', ['A4'], {
        outcome:
          event.type === 'deadline.passed'
            ? event.deadline
            : event.type === 'alert.failed'
              ? 'undelivered'
              : 'askedAgain',
      }),
    ),
    recordStoodDown: emit(({ context, event }) =>
      on(context, 'alert.stoodDown', ['A5'], { details: { by: event.type } }),
    ),
    // To an open run it is a message: the run is loud. Where there is none, it repeats by itself.
    recordListExhausted: emit(({ context, event }) =>
      on(context, 'alert.listExhausted', ['A6'], {
        details: { attempt: isRunLoud({ context, event }) ? 0 : context.repeats + 1 },
      }),
    ),
    refuseNotAllowed: emit(refuse('not-allowed')),
  },
}).createMachine({
  id: 'alert',
  context: ({ input }) => ({
    alert: input.instance,
    ...asked(input),
    sentAtMs: input.atMs,
    isDelivered: false,
    repeats: 0,
    stoodDownAtMs: null,
    deadlines: { acknowledge: input.atMs + acknowledgeMs(input) },
  }),
  initial: 'sent',
  on: {
    'alert.acknowledge': [
      { guard: not('isAddressee'), actions: 'refuseNotAllowed' },
      { target: '.acknowledged' },
    ],
    'alert.accept': [{ guard: not('isAddressee'), actions: 'refuseNotAllowed' }, { target: '.accepted' }],
    'alert.delivered': { actions: ['keepDelivered', 'recordDelivered'] },
    'alert.failed': { actions: 'recordFailed' },
    // A3: one person takes it; nobody else is kept waiting, and they are not alerted for the same thing twice.
    'alert.accepted': [
      { guard: 'isTakenBySame', target: '.accepted' },
      { guard: 'isTakenByOther', target: '.stoodDown', actions: 'recordStoodDown' },
    ],
    // A5: what it was sent for is over.
    'run.ended': { guard: 'isAboutIt', target: '.stoodDown', actions: 'recordStoodDown' },
    'run.ownerChanged': [
      { guard: 'isTakenOver', target: '.accepted' },
      { guard: 'isOldSilence', target: '.stoodDown', actions: 'recordStoodDown' },
    ],
    'deciding.decided': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'deciding.stoodDown': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'deciding.acted': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'run.wordGiven': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'call.stillTogether': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'call.cut': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'call.movedToVideo': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'help.answered': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'consult.ended': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'crisis.escalationJoined': [
      { guard: and(['isSettled', 'isAddressee']), target: '.accepted' },
      { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    ],
    'crisis.escalationAccepted': [
      { guard: and(['isSettled', 'isAddressee']), target: '.accepted' },
      { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    ],
    'crisis.escalationKept': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'crisis.resolved': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'safeguarding.leadTold': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'safeguarding.settled': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'privacy.acknowledged': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'privacy.stepTaken': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'privacy.resolved': { guard: 'isSettled', target: '.stoodDown', actions: 'recordStoodDown' },
    'person.alive': { guard: 'isReturnOfAbsent', target: '.stoodDown', actions: 'recordStoodDown' },
    // D3: somebody leads who is there.
    'lead.changed': { guard: 'isAbsenceOfOldLead', target: '.stoodDown', actions: 'recordStoodDown' },
    'session.closed': { target: '.stoodDown', actions: 'recordStoodDown' },
    // Asked for again when everybody on the list was alerted already: then everybody hears it, and can take it (A6).
    'alert.listExhausted': { guard: 'isEverybodyAsked', target: '.unanswered' },
    '*': [
      { guard: and(['isAskedAgain', 'isRunLoud']), actions: 'recordListExhausted' },
      { guard: 'isAskedAgain', target: '.unanswered', actions: 'recordUnanswered' },
    ],
  },
  states: {
    sent: {
      entry: 'recordSent',
      on: {
        'deadline.passed': { guard: 'isAcknowledgeOver', target: 'unanswered', actions: 'recordUnanswered' },
        'alert.failed': [
          { guard: 'isDelivered', actions: 'recordFailed' },
          { target: 'unanswered', actions: ['recordFailed', 'recordUnanswered'] },
        ],
      },
    },
    acknowledged: {
      entry: ['armAccept', 'recordAcknowledged'],
      on: {
        'alert.acknowledge': [{ guard: not('isAddressee'), actions: 'refuseNotAllowed' }, {}],
        'risk.raised': { actions: 'tightenAccept' },
        'deadline.passed': { guard: 'isAcceptOver', target: 'unanswered', actions: 'recordUnanswered' },
      },
    },
    // A4: it stays open: whoever comes late is still welcome.
    unanswered: {
      entry: ['disarmAll', 'keepWanted'],
      on: {
        // Handed back because nobody is left in line.
        'alert.unanswered': [
          { guard: 'isRunLoud', actions: 'recordListExhausted' },
          { actions: ['armRepeat', 'recordListExhausted'] },
        ],
        'deadline.passed': [
          { guard: 'isRunLoud', actions: 'recordListExhausted' },
          { guard: 'isRepeatDue', actions: ['armRepeat', 'recordListExhausted'] },
        ],
      },
    },
    accepted: {
      entry: ['disarmAll', 'recordAccepted'],
      on: {
        'alert.acknowledge': [{ guard: not('isAddressee'), actions: 'refuseNotAllowed' }, {}],
        'alert.accept': [{ guard: not('isAddressee'), actions: 'refuseNotAllowed' }, {}],
        ...CLOSED,
      },
    },
    stoodDown: {
      entry: ['disarmAll', 'keepStoodDown'],
      on: {
        'alert.acknowledge': [{ guard: not('isAddressee'), actions: 'refuseNotAllowed' }, {}],
        'alert.accept': [{ guard: not('isAddressee'), actions: 'refuseNotAllowed' }, {}],
        ...CLOSED,
      },
    },
  },
});
