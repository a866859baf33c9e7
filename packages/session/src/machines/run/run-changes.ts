import type { AlertCause } from '@holdfast/protocol';
import { arm, disarm, tighten } from '../../step/arm.js';
import type { Circumstances } from '../../step/concept.js';
import { lateAfter } from './late-report.js';
import { isLostAnew } from './run-guards.js';
import { detail, NOTHING_YET, type RunArgs, type RunCause, type RunContext } from './run-state.js';

type Change = (args: RunArgs) => Partial<RunContext>;

/** Apart by a person's own word, or by the end of the session; otherwise only because a run was closed (P15). */
const hasAnyoneLeft = ({ stage, clientPresence, practitionerPresence }: Circumstances): boolean =>
  stage === 'closing' ||
  [clientPresence, practitionerPresence].some((presence) => ['left', 'exited'].includes(presence));

const causeOf = ({ event }: RunArgs): RunCause => {
  switch (event.type) {
    case 'call.cut':
      return 'callCut';
    case 'person.gone':
      return 'vanishedWaiting';
    case 'attendance.noShowOpened':
      return 'noShow';
    case 'person.exited':
      return event.subject?.id === event.now.client ? 'exit' : 'leftAtRisk';
    case 'person.left':
    case 'consent.withdrawn':
      return 'leftAtRisk';
    case 'risk.raised':
      if (event.now.contact === 'notYet') return 'vanishedWaiting';
      if (event.now.clientPresence === 'exited') return 'exit';
      return hasAnyoneLeft(event.now) ? 'leftAtRisk' : 'contactLost';
    default:
      return 'contactLost';
  }
};

const lastContactOf = ({ event }: RunArgs): number => {
  const sinceMs = detail(event, 'sinceMs');
  return typeof sinceMs === 'number' ? sinceMs : event.atMs;
};

const isSameOutage = (args: RunArgs): boolean =>
  (args.context.deadlines['wait'] !== undefined || !isLostAnew(args)) &&
  ((args.event.type === 'contact.lost' && args.event.outcome === 'again') ||
    args.event.type === 'person.gone');

/** L8: what is said of risk counts from when it was said, also when it arrives late. */
const openedAtMs = ({ event }: RunArgs): number =>
  event.type === 'risk.raised' ? (event.saidAtMs ?? event.atMs) : event.atMs;

const clock =
  (
    name: string,
    usual: 'decideMs' | 'actMs' | 'wordMs',
    atRisk: 'decideRiskMs' | 'actRiskMs' | 'wordRiskMs',
  ): Change =>
  (args) => {
    const { context, event } = args;
    const { isRiskActive, limits } = event.now;
    return {
      deadlines: arm(
        context.deadlines,
        name,
        openedAtMs(args) + (isRiskActive ? limits[atRisk] : limits[usual]),
      ),
    };
  };

const without =
  (...names: readonly string[]): Change =>
  ({ context }) => ({ deadlines: disarm(context.deadlines, ...names) });

/** A7: who takes over from a practitioner who is there takes this run only; the next one is not theirs unasked. */
const standInOf = ({ context, event }: RunArgs): RunContext['standIn'] =>
  event.by.role === 'duty' && event.now.isPractitionerGone ? event.by.person : context.standIn;

/** Every change of the run's context. The chart names them. */
export const runChanges = {
  open: (args: RunArgs): Partial<RunContext> => {
    const { context, event } = args;
    const count = context.count + 1;
    const isStoodIn = event.now.isPractitionerGone && context.standIn !== null;
    const owner = isStoodIn ? context.standIn : event.now.practitioner;
    return {
      ...NOTHING_YET,
      count,
      run: `${context.client}.r${count}`,
      cause: causeOf(args),
      // Who had the phone call that was cut goes on with it.
      owner: event.type === 'call.cut' ? (event.by.person ?? owner) : owner,
      openedAtMs: event.atMs,
      lastContactMs: lastContactOf(args),
      isDutyTold: event.now.plan.alertDuty,
    };
  },
  close: (): Partial<RunContext> => ({
    ringingAllowed: false,
    handOverTo: null,
    exhausted: null,
    deadlines: {},
  }),

  // Contact.
  keepLoss: (args: RunArgs): Partial<RunContext> => ({
    // The clock of an outage that goes on stays where it started.
    lastContactMs: isSameOutage(args) ? args.context.lastContactMs : lastContactOf(args),
    // Who came back after going on purpose, and is lost then, did not choose that.
    cause: args.event.type === 'person.gone' ? 'vanishedWaiting' : args.context.cause,
    isBack: false,
    hasWord: false,
    outcome: null,
  }),
  keepBack: (): Partial<RunContext> => ({ isBack: true }),
  keepByPhone: (): Partial<RunContext> => ({ isBack: true, outcome: 'byPhone' }),
  /** By evidence alone, or by a person's word. */
  keepTogether: ({ context, event }: RunArgs): Partial<RunContext> => ({
    outcome: 'together',
    hasWord: context.hasWord || event.type !== 'contact.recovered',
  }),
  keepLeft: ({ context, event }: RunArgs): Partial<RunContext> => ({
    ...(event.type === 'person.exited' || event.now.isRiskActive
      ? { isBack: false, outcome: null }
      : { outcome: 'left' }),
    // What was allowed before the quick exit was not allowed after it (H12).
    ringingAllowed: context.ringingAllowed && event.type !== 'person.exited',
    isDutyTold: context.isDutyTold || event.now.isRiskActive,
  }),
  armWait: ({ context, event }: RunArgs): Partial<RunContext> => ({
    deadlines: arm(
      context.deadlines,
      'wait',
      (context.lastContactMs ?? event.atMs) + event.now.limits.reconnectWaitMs,
    ),
  }),
  disarmWait: without('wait'),

  // Phoning.
  startPhoning: ({ context, event }: RunArgs): Partial<RunContext> => ({
    hasPhoned: true,
    attemptOfPart: 0,
    deadlines: arm(context.deadlines, 'phoning', event.atMs + event.now.limits.phoningMs),
  }),
  nextAttempt: ({ context, event }: RunArgs): Partial<RunContext> => ({
    attempt: context.attempt + 1,
    attemptOfPart: context.attemptOfPart + 1,
    deadlines: arm(
      context.deadlines,
      'attempt',
      Math.min(
        event.atMs + event.now.limits.phoneAttemptMs,
        context.deadlines['phoning'] ?? Number.MAX_SAFE_INTEGER,
      ),
    ),
  }),
  disarmAttempt: without('attempt'),
  disarmPhoning: without('attempt', 'phoning'),

  // Deciding.
  armDecide: clock('decide', 'decideMs', 'decideRiskMs'),
  armAct: clock('act', 'actMs', 'actRiskMs'),
  armLookAgain: ({ context, event }: RunArgs): Partial<RunContext> => ({
    deadlines: arm(
      context.deadlines,
      'lookAgain',
      event.type === 'ladder.decide' ? (event.lookAgainAtMs ?? event.atMs) : event.atMs,
    ),
  }),
  keepDecision: ({ event }: RunArgs): Partial<RunContext> =>
    event.type === 'ladder.decide' ? { decision: event.decision } : {},
  forgetDecision: (): Partial<RunContext> => ({ decision: null }),
  disarmDeciding: without('decide', 'act', 'lookAgain'),
  keepStoodDown: ({ context }: RunArgs): Partial<RunContext> => ({
    outcome: context.outcome ?? (context.isBack ? null : 'left'),
  }),

  // A person's word.
  armWord: clock('word', 'wordMs', 'wordRiskMs'),
  disarmWord: without('word'),
  keepWord: (): Partial<RunContext> => ({ hasWord: true }),

  keepDutyTold: (): Partial<RunContext> => ({ isDutyTold: true }),

  // L8: each deadline is the earlier of what stands and what would stand had risk been active when it was raised.
  tighten: (args: RunArgs): Partial<RunContext> => {
    const fromMs = openedAtMs(args);
    const { limits } = args.event.now;
    const marks = [
      ['decide', limits.decideRiskMs],
      ['act', limits.actRiskMs],
      ['lookAgain', limits.notNowRiskMs],
      ['word', limits.wordRiskMs],
    ] as const;
    return {
      deadlines: marks.reduce(
        (kept, [name, afterMs]) => tighten(kept, name, fromMs + afterMs),
        args.context.deadlines,
      ),
    };
  },

  // Who acts.
  keepHelper: ({ context, event }: RunArgs): Partial<RunContext> => {
    const person = detail(event, 'person');
    return typeof person === 'string' ? { helpers: [...new Set([...context.helpers, person])] } : {};
  },
  keepStandIn: (args: RunArgs): Partial<RunContext> => ({ standIn: standInOf(args) }),
  forgetStandIn: (): Partial<RunContext> => ({ standIn: null }),
  keepOwner: (args: RunArgs): Partial<RunContext> => {
    const { context, event } = args;
    return {
      owner: event.by.person ?? context.owner,
      standIn: standInOf(args),
      handOverTo: null,
      helpers:
        event.by.role === 'duty' && event.by.person !== null
          ? [...new Set([...context.helpers, event.by.person])]
          : context.helpers,
    };
  },
  keepOffer: ({ event }: RunArgs): Partial<RunContext> =>
    event.type === 'ladder.offerHandOver' ? { handOverTo: event.to } : {},
  allowRinging: (): Partial<RunContext> => ({ ringingAllowed: true }),
  /** Q6: what was allowed before privacy was broken was not allowed after it, as after a quick exit (H12). */
  forgetRinging: (): Partial<RunContext> => ({ ringingAllowed: false }),
  exhaust: ({ event }: RunArgs): Partial<RunContext> => ({
    exhausted: { about: String(detail(event, 'about')), cause: String(detail(event, 'cause')) as AlertCause },
  }),
  repeat: ({ context, event }: RunArgs): Partial<RunContext> => ({
    repeats: context.repeats + 1,
    deadlines: arm(context.deadlines, 'repeat', event.atMs + event.now.limits.exhaustedRepeatMs),
  }),
  endExhausted: ({ context }: RunArgs): Partial<RunContext> => ({
    exhausted: null,
    deadlines: disarm(context.deadlines, 'repeat'),
  }),
  keepGuardian: ({ context, event }: RunArgs): Partial<RunContext> => ({
    hasGuardianAnswered:
      context.hasGuardianAnswered ||
      // S7: under the exception they are somebody else, and nothing is kept of it.
      (event.type === 'phoning.recorded' &&
        event.outcome === 'guardianAnswered' &&
        !event.now.isGuardianException),
  }),
  keepLate: (args: RunArgs): Partial<RunContext> => ({ late: lateAfter(args) }),
  dispose: ({ event }: RunArgs): Partial<RunContext> =>
    event.type === 'ladder.dispose' ? { outcome: event.disposition } : {},
} satisfies Record<string, Change>;
