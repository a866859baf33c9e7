import { detail, type RunArgs, type RunCause, type RunEvent } from './run-state.js';

/** Causes of an alert that say: whoever should have acted was silent, or is not there. Who accepts it takes over. */
const SILENCES: readonly unknown[] = [
  'decidingSilent',
  'actSilent',
  'wordMissing',
  'phoneSilent',
  'practitionerGone',
  'practitionerLeft',
];
const ABSENCES: readonly unknown[] = ['practitionerGone', 'practitionerLeft'];
const STAGES_WITH_CLIENT: readonly string[] = ['gathering', 'settingUp', 'live'];
/** The client chose to go: nothing rings by itself and nothing waits for media (H12). */
const BY_CHOICE: readonly (RunCause | null)[] = ['exit', 'leftAtRisk'];

const isClients = (event: RunEvent): boolean => 'subject' in event && event.subject?.id === event.now.client;
const isPassed = (event: RunEvent, deadline: string): boolean =>
  event.type === 'deadline.passed' && event.deadline === deadline;
const isBlocked = ({ event }: RunArgs): boolean => event.now.plan.phoning === 'never';
const isReached = ({ event }: RunArgs): boolean =>
  event.type === 'phoning.recorded' && event.outcome === 'reachedByName';
const runOfCommand = (event: RunEvent): string | null => ('run' in event ? event.run : null);
const mine = ({ context, event }: RunArgs): boolean =>
  detail(event, 'about') === context.run || ABSENCES.includes(detail(event, 'cause'));

const isVanished = ({ event }: RunArgs): boolean =>
  event.type === 'person.gone' &&
  isClients(event) &&
  ['notYet', 'apart'].includes(event.now.contact) &&
  STAGES_WITH_CLIENT.includes(event.now.stage) &&
  // Before the number is given and before the practitioner has come, a closed tab is not yet a client who waits.
  (!event.now.gate.missing.live.includes('callBackNumber') || event.now.practitionerPresence !== 'notYet');

/** A first raise only: a second press changes nothing (H09). */
const isRaised = ({ event }: RunArgs): boolean => event.type === 'risk.raised' && event.outcome !== 'again';
const isStillOut = ({ context }: RunArgs): boolean => !context.isBack && context.outcome === null;

/** Everything that the run's chart asks. Pure; the chart names them. */
export const runGuards = {
  // What opens a run.
  isInSession: ({ event }: RunArgs) => STAGES_WITH_CLIENT.includes(event.now.stage),
  isVanished,
  isExitOfClient: ({ event }: RunArgs) =>
    event.type === 'person.exited' &&
    isClients(event) &&
    STAGES_WITH_CLIENT.includes(event.now.stage) &&
    event.now.contact !== 'byPhone',
  isLeavingAtRisk: ({ event }: RunArgs) =>
    event.now.isRiskActive &&
    event.now.contact !== 'byPhone' &&
    (event.type === 'consent.withdrawn' || STAGES_WITH_CLIENT.includes(event.now.stage)) &&
    (event.type === 'consent.withdrawn' ||
      isClients(event) ||
      ('subject' in event && event.subject?.id === event.now.practitioner)),
  isRaisedWhileApart: (args: RunArgs) =>
    isRaised(args) && args.event.now.contact === 'apart' && args.event.now.stage !== 'closed',

  // What opens with it, or next.
  isReconnectingPlanned: ({ context, event }: RunArgs) =>
    context.cause === 'contactLost' && event.now.plan.reconnecting,
  isPhoningPlanned: ({ context, event }: RunArgs) => {
    const { phoning } = event.now.plan;
    if (BY_CHOICE.includes(context.cause) || phoning === 'never') return false;
    return phoning === 'atOnce' || context.cause !== 'contactLost';
  },
  isDecidingPlanned: ({ context, event }: RunArgs) => {
    const { deciding, phoning } = event.now.plan;
    return (
      BY_CHOICE.includes(context.cause) ||
      deciding === 'atOnce' ||
      (phoning === 'never' && context.cause !== 'contactLost')
    );
  },
  isWaitOver: ({ event }: RunArgs) => isPassed(event, 'wait'),
  isSilenceThenPhoning: (args: RunArgs) =>
    args.event.type === 'reconnecting.ended' && args.event.outcome === 'silence' && !isBlocked(args),
  isSilenceThenDeciding: (args: RunArgs) =>
    args.event.type === 'reconnecting.ended' && args.event.outcome === 'silence' && isBlocked(args),
  isPhoningSilent: ({ event }: RunArgs) => event.type === 'phoning.ended' && event.outcome === 'silence',
  isBlocked,
  isAllowed: (args: RunArgs) => !isBlocked(args),
  isNewOutage: ({ context, event }: RunArgs) => context.isBack && event.now.plan.reconnecting,
  isPhoningDueAgain: (args: RunArgs) =>
    args.context.isBack &&
    !isBlocked(args) &&
    (args.context.hasPhoned || args.event.now.plan.phoning === 'atOnce'),
  isDecidingDueAgain: (args: RunArgs) =>
    args.context.isBack &&
    (args.event.now.plan.deciding === 'atOnce' || (args.context.hasPhoned && isBlocked(args))),
  isPhoningOverdue: ({ context }: RunArgs) => context.deadlines['wait'] === undefined && !context.isBack,
  isVanishedAndAllowed: (args: RunArgs) => isVanished(args) && !isBlocked(args),
  isVanishedAndBlocked: (args: RunArgs) => isVanished(args) && isBlocked(args),

  // Phoning.
  isAttemptOver: ({ event }: RunArgs) => isPassed(event, 'attempt'),
  isPhoningOver: ({ event }: RunArgs) => isPassed(event, 'phoning'),
  isLastAttempt: (args: RunArgs) =>
    args.context.attemptOfPart >= args.event.now.phoneAttempts || isBlocked(args),
  isThisAttempt: ({ context, event }: RunArgs) =>
    event.type === 'phoning.recorded' && detail(event, 'attempt') === context.attempt,
  isReached,
  isRingAgain: ({ event }: RunArgs) =>
    event.type === 'deciding.decided' && event.outcome === 'ringClientAgain',
  isClientBackWaiting: ({ context, event }: RunArgs) =>
    event.type === 'person.alive' &&
    isClients(event) &&
    context.cause === 'vanishedWaiting' &&
    !context.isBack &&
    ['notYet', 'apart'].includes(event.now.contact),

  // Risk.
  isRaised,
  isRaisedStillOut: (args: RunArgs) => isRaised(args) && isStillOut(args),
  isRaisedPhoning: (args: RunArgs) =>
    isRaised(args) &&
    isStillOut(args) &&
    !isBlocked(args) &&
    !BY_CHOICE.includes(args.context.cause) &&
    args.event.now.contact !== 'apart',

  // The client's own going, in an open run.
  isClientGoing: ({ event }: RunArgs) => event.type === 'consent.withdrawn' || isClients(event),
  isLeftInEarnest: ({ event }: RunArgs) =>
    event.type === 'run.clientLeft' && (event.outcome === 'exited' || event.now.isRiskActive),

  // Deciding.
  isDecideOver: ({ event }: RunArgs) => isPassed(event, 'decide'),
  isActOver: ({ event }: RunArgs) => isPassed(event, 'act'),
  isLookAgainOver: ({ event }: RunArgs) => isPassed(event, 'lookAgain'),
  isNotNow: ({ event }: RunArgs) => event.type === 'ladder.decide' && event.decision === 'notNow',
  isUnsafeContact: ({ event }: RunArgs) =>
    event.type === 'ladder.decide' && event.decision === 'ringEmergencyContact' && !event.now.mayRingContact,
  isBlockedRinging: (args: RunArgs) =>
    args.event.type === 'ladder.decide' && args.event.decision === 'ringClientAgain' && isBlocked(args),
  isBadTime: ({ event }: RunArgs) => {
    if (event.type !== 'ladder.decide' || event.decision !== 'notNow') return false;
    const mostMs = event.now.isRiskActive ? event.now.limits.notNowRiskMs : event.now.limits.notNowMs;
    const atMs = event.lookAgainAtMs;
    return atMs === undefined || atMs <= event.atMs || atMs > event.atMs + mostMs;
  },
  isActReached: ({ event }: RunArgs) => event.type === 'ladder.recordAct' && event.outcome === 'reached',
  isRingingAgain: ({ context }: RunArgs) => context.decision === 'ringClientAgain',
  isPhoningReached: ({ event }: RunArgs) =>
    event.type === 'phoning.ended' && event.outcome === 'reachedByName',
  mayStandDown: ({ context, event }: RunArgs) =>
    context.isBack || context.outcome !== null || event.now.contact === 'apart',
  isFromExhausted: ({ context, event }: RunArgs) => detail(event, 'wasExhausted') === true && !context.isBack,
  hasNoDecideClock: ({ context }: RunArgs) => context.deadlines['decide'] === undefined,
  hasNoActClock: ({ context }: RunArgs) => context.deadlines['act'] === undefined,

  // A person's word.
  needsWord: ({ context, event }: RunArgs) =>
    !context.hasWord && (event.now.isRiskActive || context.hasPhoned || context.cause !== 'contactLost'),
  isWordOver: ({ event }: RunArgs) => isPassed(event, 'word'),
  hasNoWordClock: ({ context }: RunArgs) => context.deadlines['word'] === undefined,
  isBack: ({ context }: RunArgs) => context.isBack,
  hasWord: ({ context }: RunArgs) => context.hasWord,
  isReturning: ({ event }: RunArgs) => event.now.contact === 'returning',

  // Who acts.
  isOtherRun: ({ context, event }: RunArgs) => runOfCommand(event) !== context.run,
  isKnownRun: ({ context, event }: RunArgs) => {
    const run = runOfCommand(event);
    return (
      run !== null &&
      Array.from({ length: context.count }, (_, n) => `${context.client}.r${n + 1}`).includes(run)
    );
  },
  isOwner: ({ context, event }: RunArgs) => event.by.person === context.owner,
  isStranger: ({ context, event }: RunArgs) => {
    const { person, role } = event.by;
    return (
      role !== 'practitioner' &&
      (person === null || (person !== context.owner && !context.helpers.includes(person)))
    );
  },
  isOffered: ({ context, event }: RunArgs) =>
    context.handOverTo !== null && event.by.person === context.handOverTo,
  isExhausted: ({ context }: RunArgs) => context.exhausted !== null,
  isKnownStaff: ({ event }: RunArgs) =>
    event.type === 'ladder.offerHandOver' &&
    event.to !== event.by.person &&
    [event.now.practitioner, ...event.now.duty].includes(event.to),
  isMine: mine,
  isTakingOver: (args: RunArgs) => {
    const { context, event } = args;
    if (event.type !== 'alert.accepted' || !mine(args)) return false;
    const isOwnerAway = event.now.isPractitionerGone && context.owner === event.now.practitioner;
    return context.exhausted !== null || isOwnerAway || SILENCES.includes(detail(event, 'cause'));
  },
  isStandIn: ({ event }: RunArgs) =>
    event.type === 'alert.accepted' && ABSENCES.includes(detail(event, 'cause')),
  isPractitioners: ({ event }: RunArgs) => 'subject' in event && event.subject?.id === event.now.practitioner,
  /** Whoever reached the client acts from now on; that ends silence, also their own. */
  isReachedAnew: (args: RunArgs) =>
    isReached(args) && (args.event.by.person !== args.context.owner || args.context.exhausted !== null),
  isRepeatDue: ({ event }: RunArgs) => isPassed(event, 'repeat'),
  hasOutcome: ({ context }: RunArgs) => context.outcome !== null,
};
