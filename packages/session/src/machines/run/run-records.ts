import type { AlertCause, EventDetails, EventKind } from '@holdfast/protocol';
import type { Emitted } from '../../step/concept.js';
import { record } from '../../step/record.js';
import type { RunArgs, RunContext } from './run-state.js';

type Rest = {
  readonly outcome?: string | null;
  readonly details?: EventDetails;
  readonly cause?: AlertCause | null;
};

const of = (context: RunContext, kind: EventKind, rules: readonly string[], rest: Rest = {}): Emitted => {
  const about = context.run ?? context.client;
  return record(
    kind,
    rules,
    { kind: 'run', id: about },
    {
      ...(rest.outcome === undefined ? {} : { outcome: rest.outcome }),
      details: { client: context.client, owner: context.owner, ...rest.details },
      ...(rest.cause == null ? {} : { alert: { cause: rest.cause, client: context.client, about } }),
    },
  );
};

/** L2: with risk active the duty role is alerted as the run opens; who left is alerted by the presence of who left. */
const openingAlert = ({ context, event }: RunArgs): AlertCause | null => {
  if (!event.now.plan.alertDuty) return null;
  if (context.cause === 'exit') return 'exitAtRisk';
  if (context.cause !== 'leftAtRisk') return 'riskActive';
  const isGoing = event.type === 'person.left' || event.type === 'person.exited';
  if (isGoing && event.subject?.id === event.now.practitioner) return null;
  const isClientGone =
    event.type === 'consent.withdrawn' || ['left', 'exited'].includes(event.now.clientPresence);
  return isClientGone ? 'clientLeftAtRisk' : 'riskActive';
};

const openingRules = ({ context, event }: RunArgs): readonly string[] => {
  const own = {
    contactLost: 'L1',
    callCut: 'P13',
    vanishedWaiting: 'L19',
    exit: 'E2',
    leftAtRisk: 'E3',
    noShow: 'N3',
  }[context.cause ?? 'contactLost'];
  return event.now.isRiskActive ? [own, 'L2'] : [own];
};

const dueAtMs = ({ context }: RunArgs, name: string): EventDetails => {
  const due = context.deadlines[name];
  return due === undefined ? {} : { dueAtMs: due };
};

const plain =
  (kind: EventKind, rules: readonly string[], outcome?: string) =>
  ({ context }: RunArgs): Emitted =>
    of(context, kind, rules, outcome === undefined ? {} : { outcome });

const silence =
  (kind: EventKind, rules: readonly string[], cause: AlertCause) =>
  ({ context }: RunArgs): Emitted =>
    of(context, kind, rules, { cause });

const opened =
  (kind: EventKind, rules: readonly string[], deadline: string) =>
  (args: RunArgs): Emitted =>
    of(args.context, kind, rules, { details: dueAtMs(args, deadline) });

const exhausted =
  (kind: EventKind) =>
  ({ context }: RunArgs): Emitted =>
    of(context, kind, ['L15', 'A6'], {
      details: {
        about: context.exhausted?.about ?? null,
        cause: context.exhausted?.cause ?? null,
        attempt: context.repeats + 1,
      },
    });

/** F2: where the reasons for a disposition are written down, when its author says so. */
const rationaleOf = (event: RunArgs['event']): EventDetails =>
  event.type === 'ladder.dispose' && event.rationaleRef !== undefined
    ? { rationaleRef: event.rationaleRef }
    : {};

/** Everything that the run's chart puts on the record. */
export const runRecords = {
  runOpened: (args: RunArgs): Emitted =>
    of(args.context, 'run.opened', openingRules(args), {
      outcome: args.context.cause,
      details: { lastContactMs: args.context.lastContactMs },
      cause: openingAlert(args),
    }),
  runEnded: ({ context, event }: RunArgs): Emitted =>
    of(context, 'run.ended', ['L16'], { outcome: context.outcome, details: rationaleOf(event) }),
  reconnectingOpened: opened('reconnecting.opened', ['L4'], 'wait'),
  reconnectingSilent: plain('reconnecting.ended', ['L4'], 'silence'),
  reconnectingRecovered: plain('reconnecting.ended', ['L13'], 'recovered'),
  reconnectingEnded: plain('reconnecting.ended', ['L4'], 'stopped'),
  phoningOpened: opened('phoning.opened', ['L5'], 'phoning'),
  attemptDue: (args: RunArgs): Emitted =>
    of(args.context, 'phoning.attemptDue', ['L5'], {
      details: { attempt: args.context.attempt, ...dueAtMs(args, 'attempt') },
    }),
  callRecorded: ({ context, event }: RunArgs): Emitted =>
    of(context, 'phoning.recorded', ['L6'], {
      outcome: event.type === 'ladder.recordCall' ? event.outcome : null,
      details: { attempt: event.type === 'ladder.recordCall' ? event.attempt : null, by: event.by.person },
    }),
  phoningSilent: plain('phoning.ended', ['L5'], 'silence'),
  phoningReached: plain('phoning.ended', ['L6'], 'reachedByName'),
  phoningRecovered: plain('phoning.ended', ['L13'], 'recovered'),
  phoningEnded: plain('phoning.ended', ['L5'], 'stopped'),
  decidingOpened: opened('deciding.opened', ['L9'], 'decide'),
  decided: (args: RunArgs): Emitted =>
    of(args.context, 'deciding.decided', ['L9'], {
      outcome: args.context.decision,
      details: { by: args.event.by.person },
    }),
  decidingUnanswered: silence('deciding.unanswered', ['L10'], 'decidingSilent'),
  actDue: opened('deciding.actDue', ['L11'], 'act'),
  acted: ({ context, event }: RunArgs): Emitted => {
    const said = event.type === 'ladder.recordAct' ? event.outcome : null;
    // Reaching the client is not yet somebody outside who was told (X4).
    const outcome = said === 'reached' && context.decision === 'ringClientAgain' ? 'clientReached' : said;
    return of(context, 'deciding.acted', ['L11'], {
      outcome,
      details: { decision: context.decision, by: event.by.person },
    });
  },
  actUnanswered: silence('deciding.actUnanswered', ['L11'], 'actSilent'),
  lookAgain: plain('deciding.lookAgain', ['L12']),
  decidingReopened: opened('deciding.reopened', ['L11', 'L12'], 'decide'),
  decidingStoodDown: ({ context, event }: RunArgs): Emitted =>
    of(context, 'deciding.stoodDown', ['L13'], { outcome: 'byPerson', details: { by: event.by.person } }),
  decidingReached: plain('deciding.stoodDown', ['L6'], 'reachedByName'),
  wordDue: opened('run.wordDue', ['L14'], 'word'),
  wordGiven: ({ context, event }: RunArgs): Emitted =>
    of(context, 'run.wordGiven', ['L14'], { details: { by: event.by.person } }),
  needsConfirmation: ({ context, event }: RunArgs): Emitted =>
    of(context, 'run.needsConfirmation', ['L18'], { details: { by: event.by.person } }),
  wordMissing: silence('run.wordMissing', ['L14'], 'wordMissing'),
  riskSwitched: ({ context }: RunArgs): Emitted =>
    of(context, 'run.riskSwitched', ['L8'], {
      cause:
        context.cause === 'exit'
          ? 'exitAtRisk'
          : context.outcome === 'left'
            ? 'clientLeftAtRisk'
            : 'riskActive',
    }),
  clientLeft: ({ context, event }: RunArgs): Emitted => {
    const isExit = event.type === 'person.exited';
    return of(context, 'run.clientLeft', ['L7'], {
      outcome: isExit ? 'exited' : event.type === 'consent.withdrawn' ? 'withdrawn' : 'left',
      cause: event.now.isRiskActive ? (isExit ? 'exitAtRisk' : 'clientLeftAtRisk') : null,
    });
  },
  ringingAllowed: ({ context, event }: RunArgs): Emitted =>
    of(context, 'run.ringingAllowed', ['L3'], {
      outcome: event.type === 'ladder.allowRinging' ? event.reason : null,
    }),
  handOverOffered: ({ context }: RunArgs): Emitted =>
    of(context, 'run.handOverOffered', ['L17'], { details: { to: context.handOverTo } }),
  ownerChanged: ({ context }: RunArgs): Emitted =>
    of(context, 'run.ownerChanged', ['L17'], { details: { wasExhausted: context.exhausted !== null } }),
  exhausted: exhausted('run.exhausted'),
  exhaustedRepeated: exhausted('run.exhaustedRepeated'),
  lateReport: ({ context, event }: RunArgs): Emitted => {
    const run = 'run' in event ? event.run : (context.run ?? context.client);
    const outcome =
      'outcome' in event
        ? (event.outcome ?? null)
        : event.type === 'ladder.dispose'
          ? event.disposition
          : null;
    return record(
      'run.lateReport',
      ['L18'],
      { kind: 'run', id: run },
      {
        outcome,
        details: { report: event.type, by: event.by.person, openRun: event.now.openRun },
      },
    );
  },
  lateAct: ({ context, event }: RunArgs): Emitted =>
    of(context, 'run.lateReport', ['L18'], {
      outcome: event.type === 'ladder.recordAct' ? event.outcome : null,
      details: { report: event.type, by: event.by.person },
    }),
} satisfies Record<string, (args: RunArgs) => Emitted>;
