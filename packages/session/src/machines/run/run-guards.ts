import type { Circumstances } from '../../step/concept.js';
import { detail, type RunArgs, type RunCause, type RunContext, type RunEvent } from './run-state.js';

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

/** N3: nobody was there to be lost: whether anybody rings is a person's decision from the first instant. */
const DECIDED_FIRST: readonly (RunCause | null)[] = [...BY_CHOICE, 'noShow'];
/** A no-show whose client has not been in contact since it was opened. */
const isStillMissing = (context: RunContext, now: Circumstances): boolean =>
  context.cause === 'noShow' && !context.isBack && !['lost', 'returning'].includes(now.contact);

const isClients = (event: RunEvent): boolean => 'subject' in event && event.subject?.id === event.now.client;
const isPassed = (event: RunEvent, deadline: string): boolean =>
  event.type === 'deadline.passed' && event.deadline === deadline;
const isBlocked = ({ context, event }: RunArgs): boolean =>
  event.now.plan.phoning === 'never' && !context.ringingAllowed;
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
/** Nobody has the client; one who left in routine is out again as soon as risk is raised. */
const isStillOut = ({ context }: RunArgs): boolean =>
  !context.isBack && (context.outcome === null || context.outcome === 'left');
/** The client was back, or the run was as good as over: what is lost now is not what was lost before. */
export const isLostAnew = ({ context }: RunArgs): boolean => context.isBack || context.outcome !== null;
/** A run that began with a choice of the client rings only once contact was had again, and lost (H12). */
const isApartByChoice = (context: RunContext, now: Circumstances): boolean =>
  context.outcome === 'left' ||
  ['left', 'exited'].includes(now.clientPresence) ||
  !STAGES_WITH_CLIENT.includes(now.stage) ||
  (BY_CHOICE.includes(context.cause) && !['lost', 'returning'].includes(now.contact));

/** L13: with the client back, or gone on purpose. A practitioner who leaves makes nobody less lost. */
export const mayStandDown = (context: RunContext, now: Circumstances): boolean =>
  context.isBack || context.outcome !== null || (now.contact === 'apart' && isApartByChoice(context, now));

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
  isRaisedWhileApart: (args: RunArgs) => {
    const { contact, stage, clientPresence } = args.event.now;
    // Gone before anything was owed to them: with risk active it is (L19).
    const isGoneUnnoticed =
      contact === 'notYet' && clientPresence === 'gone' && STAGES_WITH_CLIENT.includes(stage);
    // J17: who waits outside of a joint meeting, and is there, can be brought in.
    const isOutside = args.event.now.isSetApart && ['alive', 'suspected'].includes(clientPresence);
    const isApart = contact === 'apart' && stage !== 'closed' && !isOutside;
    return isRaised(args) && (isApart || isGoneUnnoticed);
  },

  // What opens with it, or next.
  isReconnectingPlanned: ({ context, event }: RunArgs) =>
    context.cause === 'contactLost' && event.now.plan.reconnecting,
  isPhoningPlanned: ({ context, event }: RunArgs) => {
    const { phoning } = event.now.plan;
    if (DECIDED_FIRST.includes(context.cause) || phoning === 'never') return false;
    return phoning === 'atOnce' || context.cause !== 'contactLost';
  },
  isDecidingPlanned: ({ context, event }: RunArgs) => {
    const { deciding, phoning } = event.now.plan;
    return (
      DECIDED_FIRST.includes(context.cause) ||
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
  isNewOutage: (args: RunArgs) => isLostAnew(args) && args.event.now.plan.reconnecting,
  isPhoningDueAgain: (args: RunArgs) => {
    if (isBlocked(args)) return false;
    const isAtOnce = args.event.now.plan.phoning === 'atOnce';
    // A loss that goes on is rung for, too, where ringing was blocked when it began (a quick exit).
    return isLostAnew(args) ? isAtOnce || args.context.hasPhoned : isAtOnce && !args.context.hasPhoned;
  },
  isDecidingDueAgain: (args: RunArgs) =>
    isLostAnew(args) &&
    (args.event.now.plan.deciding === 'atOnce' || (args.context.hasPhoned && isBlocked(args))),
  /**
   * Q6: what was due while it was not private is due now; not where the client went on purpose or was rung already, and in
   * a no-show nothing was (N3).
   */
  isPhoningDueInPrivate: (args: RunArgs) => {
    const { context, event } = args;
    if (isBlocked(args) || context.hasPhoned || !isStillOut(args)) return false;
    if (isStillMissing(context, event.now) || isApartByChoice(context, event.now)) return false;
    return context.deadlines['wait'] === undefined || event.now.plan.phoning === 'atOnce';
  },
  isPhoningOverdue: ({ context, event }: RunArgs) =>
    !context.isBack && (context.deadlines['wait'] === undefined || event.now.plan.phoning === 'atOnce'),
  /** L2: what opens with the run under risk opens again with a new loss; the duty role is told once a run. */
  isLostAtRisk: (args: RunArgs) =>
    isLostAnew(args) && args.event.now.isRiskActive && !args.context.isDutyTold,
  isVanishedAndAllowed: (args: RunArgs) => isVanished(args) && !isBlocked(args),
  isVanishedDecidingDue: (args: RunArgs) =>
    isVanished(args) && (isBlocked(args) || args.event.now.plan.deciding === 'atOnce'),

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
    // Who left or exited, and waits again before there is any media, is back like one who vanished (H01).
    (context.cause === 'vanishedWaiting' ||
      event.now.isSetApart ||
      context.cause === 'noShow' ||
      (BY_CHOICE.includes(context.cause) && event.now.stage === 'gathering')) &&
    !context.isBack &&
    ['notYet', 'apart'].includes(event.now.contact),

  // Risk.
  isRaised,
  isRaisedStillOut: (args: RunArgs) => isRaised(args) && isStillOut(args),
  isRaisedPhoning: (args: RunArgs) =>
    isRaised(args) &&
    isStillOut(args) &&
    !isBlocked(args) &&
    !isStillMissing(args.context, args.event.now) &&
    !isApartByChoice(args.context, args.event.now),
  /** Together without a word, and kept open by a decision only. */
  isRaisedTogether: (args: RunArgs) =>
    isRaised(args) && args.context.isBack && args.context.outcome === 'together' && !args.context.hasWord,

  // The client's own going, in an open run.
  /** A page that is closed during a phone call ends nothing (P13). */
  isClientGoing: ({ event }: RunArgs) => isClients(event) && event.now.contact !== 'byPhone',
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
  mayStandDown: ({ context, event }: RunArgs) => mayStandDown(context, event.now),
  isFromExhausted: ({ context, event }: RunArgs) => detail(event, 'wasExhausted') === true && !context.isBack,
  hasNoDecideClock: ({ context }: RunArgs) => context.deadlines['decide'] === undefined,
  hasNoActClock: ({ context }: RunArgs) => context.deadlines['act'] === undefined,

  // A person's word.
  needsWord: ({ context, event }: RunArgs) =>
    !context.hasWord && (event.now.isRiskActive || context.hasPhoned || context.cause !== 'contactLost'),
  isWordOver: ({ event }: RunArgs) => isPassed(event, 'word'),
  hasNoWordClock: ({ context }: RunArgs) => context.deadlines['word'] === undefined,
  isBack: ({ context }: RunArgs) => context.isBack,
  isActReachedBack: ({ context, event }: RunArgs) =>
    context.isBack && event.type === 'ladder.recordAct' && event.outcome === 'reached',
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
    [event.now.practitioner, ...event.now.staff.duty].includes(event.to),
  isMine: mine,
  isTakingOver: (args: RunArgs) => {
    const { context, event } = args;
    const isPhoneSilent = detail(event, 'cause') === 'phoneSilent';
    if (event.type !== 'alert.accepted' || !(mine(args) || isPhoneSilent)) return false;
    // Whoever owns it already takes nothing over.
    if (context.exhausted !== null) return true;
    if (context.owner === event.by.person) return false;
    const isOwnerAway = event.now.isPractitionerGone && context.owner === event.now.practitioner;
    return isOwnerAway || SILENCES.includes(detail(event, 'cause'));
  },
  isStandIn: ({ event }: RunArgs) =>
    event.type === 'alert.accepted' && ABSENCES.includes(detail(event, 'cause')),
  /** D3: who led the session owned this run. */
  isOldLeads: ({ context, event }: RunArgs) =>
    event.type === 'lead.changed' && detail(event, 'from') === context.owner,
  isPractitioners: ({ event }: RunArgs) => 'subject' in event && event.subject?.id === event.now.practitioner,
  /** Whoever reached the client acts from now on; that ends silence, also their own. */
  isReachedAnew: (args: RunArgs) =>
    isReached(args) && (args.event.by.person !== args.context.owner || args.context.exhausted !== null),
  isRepeatDue: ({ event }: RunArgs) => isPassed(event, 'repeat'),
  hasOutcome: ({ context }: RunArgs) => context.outcome !== null,
};
