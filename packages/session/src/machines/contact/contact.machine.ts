import type { EventDetails, EventKind, Id, Instant } from '@holdfast/protocol';
import { and, assign, emit, not, setup } from 'xstate';
import { arm, disarm, tighten } from '../../step/arm.js';
import type { ChartInput, Emitted, Refused } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';
import { contactGuards } from './contact-guards.js';
import { MEETING, type Args, type ContactContext, type ContactEvent } from './contact-state.js';
import { isUp, lastContactOf, reportsAfter } from './media-evidence.js';
import { budgetDueAtMs, recent } from './outages.js';
import { unsettledAfter } from './unsettled.js';

const on = (
  context: ContactContext,
  kind: EventKind,
  rules: readonly string[],
  rest: Partial<Emitted> = {},
): Emitted => record(kind, rules, { kind: 'client', id: context.client }, rest);

const detail = (event: ContactEvent, name: string): unknown =>
  'details' in event ? event.details?.[name] : undefined;

/** After a start of the session server silence counts only once a device has said so itself (R2). */
const lostAtMs = ({ context, event }: Args): Instant =>
  Math.max(
    (context.lastContactMs ?? event.atMs) + event.now.limits.lostAfterMs,
    context.reload?.untilMs ?? 0,
    Object.values(context.reports).some((report) => report.isHeard) ? 0 : (context.reassessUntilMs ?? 0),
  );

const checkAfterMs = ({ now }: ContactEvent): number =>
  now.isRiskActive ? now.limits.stillTogetherEveryRiskMs : now.limits.stillTogetherEveryMs;

/** Since when, and whom the practitioner's device holds responsible: it changes the words, never the clock. */
const since = (context: ContactContext, event: ContactEvent): EventDetails => {
  const verdict = context.reports[event.now.practitioner]?.verdict;
  return { sinceMs: context.lastContactMs ?? event.atMs, ...(verdict === undefined ? {} : { verdict }) };
};

const ENDED_BY: Readonly<Partial<Record<ContactEvent['type'], string>>> = {
  'person.left': 'left',
  'person.exited': 'exited',
  'run.ended': 'disposed',
  'meeting.setApart': 'setApart',
};
/** What a silent check is about: `c1.p1.2`, so that each can be alerted once. */
const checkId = (context: ContactContext): Id => `${context.client}.p${context.leg}.${context.check}`;

const closed = ({ context, event }: Args): Pick<ContactContext, 'outages' | 'outageFromMs'> => ({
  outages:
    context.outageFromMs === null
      ? context.outages
      : [
          ...recent(context.outages, event.atMs, event.now.limits),
          { fromMs: context.outageFromMs, toMs: event.atMs },
        ],
  outageFromMs: null,
});

/**
 * Contact between one client and the practitioner: holds while the media path carries heartbeats both ways, or while
 * they talk by phone. A loss opens a run whoever is at fault; leaving on purpose does not.
 *
 * Rules P8-P15 in docs/safety-protocol.md.
 */
export const contactMachine = setup({
  types: {} as {
    input: ChartInput;
    context: ContactContext;
    events: ContactEvent;
    emitted: Emitted | Refused;
  },
  guards: contactGuards,
  actions: {
    keepReports: assign(({ context, event }) => {
      const reports = reportsAfter(context.reports, event);
      const deadlines = isUp(reports) ? disarm(context.deadlines, 'return') : context.deadlines;
      const lastContactMs = lastContactOf(reports, context.lastContactMs);
      // Silence that begins after the page has its media again is a loss like any other (P10).
      const isReloaded =
        event.type === 'media.reported' && event.state === 'up' && event.by.person === context.reload?.person;
      return {
        reports,
        deadlines,
        lastContactMs,
        unsettled: unsettledAfter(context, reports, event),
        reload: isReloaded ? null : context.reload,
      };
    }),
    keepFirst: assign(({ event }) => ({ unsettled: { upSinceMs: event.atMs } })),
    keepReload: assign(({ event }) => {
      const person = 'subject' in event ? event.subject?.id : undefined;
      const untilMs = detail(event, 'untilMs');
      return {
        unsettled: { upSinceMs: null },
        reload: person !== undefined && typeof untilMs === 'number' ? { person, untilMs } : null,
      };
    }),
    keepTogether: assign(({ context, event }) => ({
      ...closed({ context, event }),
      reload: null,
      reassessUntilMs: null,
      apartBy: [],
      deadlines: {},
    })),
    keepOutage: assign(({ context, event }) => ({
      outageFromMs: context.outageFromMs ?? context.lastContactMs ?? event.atMs,
    })),
    keepCut: assign(({ event }) => ({
      lastContactMs: event.saidAtMs ?? event.atMs,
      outageFromMs: event.saidAtMs ?? event.atMs,
      deadlines: {},
    })),
    keepApart: assign(({ context, event }) => ({
      apartBy:
        (event.type === 'person.left' || event.type === 'person.exited') && event.subject !== null
          ? [...new Set([...context.apartBy, event.subject.id])]
          : event.type === 'meeting.setApart'
            ? [...new Set([...context.apartBy, MEETING])]
            : context.apartBy,
      isOver:
        context.isOver || ['session.ending', 'consent.withdrawn', 'session.closed'].includes(event.type),
      outageFromMs: null,
      reports: {},
      reload: null,
      unsettled: null,
      deadlines: {},
    })),
    keepBack: assign({ apartBy: [], reports: {} }),
    keepReturned: assign(({ context, event }) => ({
      apartBy: context.apartBy.filter(
        (person) => event.type !== 'person.alive' || person !== event.subject?.id,
      ),
    })),
    forgetMeeting: assign(({ context }) => ({ apartBy: context.apartBy.filter((by) => by !== MEETING) })),
    forgetOldLead: assign(({ context, event }) => ({
      apartBy: context.apartBy.filter((person) => person !== detail(event, 'from')),
    })),
    armLost: assign(({ context, event }) => ({
      deadlines: arm(context.deadlines, 'lost', lostAtMs({ context, event })),
    })),
    tightenLost: assign(({ context, event }) => ({
      reload: null,
      deadlines: tighten(
        context.deadlines,
        'lost',
        Math.max(
          (context.lastContactMs ?? event.atMs) + event.now.limits.lostAfterMs,
          (event.saidAtMs ?? event.atMs) + event.now.limits.unloadingRiskMs,
        ),
      ),
    })),
    armReturn: assign(({ context, event }) => {
      const reassessUntilMs = event.atMs + event.now.limits.reassessMs;
      return {
        reassessUntilMs,
        deadlines: arm(disarm(context.deadlines, 'recovered'), 'return', reassessUntilMs),
      };
    }),
    armRecovered: assign(({ context, event }) => ({
      deadlines: arm(
        disarm(context.deadlines, 'budget', 'lost'),
        'recovered',
        event.atMs + event.now.limits.recoveredAfterMs,
      ),
    })),
    watchBudget: assign(({ context, event }) => {
      const dueAtMs = budgetDueAtMs(
        context.outages,
        context.outageFromMs ?? event.atMs,
        event.atMs,
        event.now.limits,
      );
      return dueAtMs === null ? {} : { deadlines: arm(context.deadlines, 'budget', dueAtMs) };
    }),
    armBudget: assign(({ context, event }) => {
      const fromMs = context.outageFromMs ?? event.atMs;
      const dueAtMs = budgetDueAtMs(context.outages, fromMs, event.atMs, event.now.limits);
      const deadlines = disarm(context.deadlines, 'recovered', 'lost', 'return');
      return { deadlines: dueAtMs === null ? deadlines : arm(deadlines, 'budget', dueAtMs) };
    }),
    // What was counted once is not counted again: the next budget starts here.
    spendBudget: assign(({ event }) => ({ outages: [], outageFromMs: event.atMs })),
    startCall: assign(({ context, event }) => ({
      ...closed({ context, event }),
      leg: context.leg + 1,
      check: 0,
      caller: event.by.person,
      apartBy: [],
      reload: null,
      unsettled: null,
      deadlines: { check: event.atMs + checkAfterMs(event) },
    })),
    // Who says that they are still talking has the call now; so has who took the lead from the one who had it.
    keepCaller: assign(({ event }) => ({ caller: event.by.person })),
    askAgainLater: assign(({ event }) => ({ deadlines: { check: event.atMs + checkAfterMs(event) } })),
    askNow: assign(({ context, event }) => ({
      check: context.check + 1,
      deadlines: { answer: event.atMs + event.now.limits.stillTogetherAnswerMs },
    })),
    tightenCheck: assign(({ context, event }) => ({
      deadlines: tighten(
        context.deadlines,
        'check',
        (event.saidAtMs ?? event.atMs) + event.now.limits.stillTogetherEveryRiskMs,
      ),
    })),
    recordTogether: emit(({ context }) => on(context, 'contact.together', ['P8'])),
    recordSuspected: emit(({ context, event }) =>
      on(context, 'contact.suspected', ['P9'], { details: since(context, event) }),
    ),
    recordLost: emit(({ context, event }) =>
      on(context, 'contact.lost', ['P10'], {
        outcome: 'new',
        details: since(context, event),
      }),
    ),
    recordLostAgain: emit(({ context, event }) =>
      on(context, 'contact.lost', ['P11'], {
        outcome: 'again',
        details: since(context, event),
      }),
    ),
    recordReturning: emit(({ context }) => on(context, 'contact.returning', ['P11'])),
    recordRecovered: emit(({ context }) => on(context, 'contact.recovered', ['P11'])),
    recordBudgetSpent: emit(({ context }) => on(context, 'contact.budgetSpent', ['P12'])),
    recordByPhone: emit(({ context }) =>
      on(context, 'contact.byPhone', ['P13'], { details: { leg: context.leg } }),
    ),
    recordCheckDue: emit(({ context }) =>
      on(context, 'call.checkDue', ['P14'], { details: { about: checkId(context) } }),
    ),
    recordUnanswered: emit(({ context }) =>
      on(context, 'call.unanswered', ['P14'], {
        details: { about: checkId(context) },
        alert: { cause: 'phoneSilent', client: context.client, about: checkId(context) },
      }),
    ),
    recordStillTogether: emit(({ context }) =>
      on(context, 'call.stillTogether', ['P14'], { details: { about: checkId(context) } }),
    ),
    recordCut: emit(({ context, event }) =>
      on(context, 'call.cut', ['P13'], {
        details: { sinceMs: context.lastContactMs ?? event.atMs, about: checkId(context) },
      }),
    ),
    recordMoved: emit(({ context }) =>
      on(context, 'call.movedToVideo', ['P13'], { details: { about: checkId(context) } }),
    ),
    recordEnded: emit(({ context, event }) =>
      on(context, 'contact.ended', ['P15'], { outcome: ENDED_BY[event.type] ?? 'ended' }),
    ),
    refuseNotNow: emit(refuse('not-now')),
  },
}).createMachine({
  id: 'contact',
  context: ({ input }) => ({
    client: input.instance,
    reports: {},
    lastContactMs: null,
    reload: null,
    unsettled: null,
    reassessUntilMs: null,
    outages: [],
    outageFromMs: null,
    apartBy: [],
    isOver: false,
    leg: 0,
    check: 0,
    caller: null,
    deadlines: {},
  }),
  initial: 'notYet',
  on: {
    // P15: what was ended on purpose is no loss.
    'person.left': '.apart',
    'person.exited': '.apart',
    'session.ending': '.apart',
    'consent.withdrawn': '.apart',
    'session.closed': '.apart',
    // J17: who waits outside is not lost.
    'meeting.setApart': '.apart',
    // A name reached by phone is contact, wherever media stands (P13).
    'phoning.recorded': { guard: 'isReached', target: '.byPhone' },
    // W4: by choice, and nothing was lost before it.
    'channel.reached': '.byPhone',
    'person.suspected': { guard: 'isUnloading', actions: 'keepReload' },
    'device.silent': { actions: 'keepReports' },
    'device.unloading': { actions: 'keepReports' },
    'server.started': { actions: 'keepReports' },
    // D3: what the old one's device said is of no contact any more; what the client's says, still is.
    'lead.changed': { actions: 'keepReports' },
  },
  states: {
    notYet: {
      on: {
        'media.reported': [
          {
            guard: and(['isUp', 'isRunOpen']),
            target: 'returning',
            actions: ['keepReports', 'keepFirst'],
          },
          { guard: 'isUp', target: 'together', actions: ['keepReports', 'keepFirst', 'recordTogether'] },
          { actions: 'keepReports' },
        ],
      },
    },
    together: {
      entry: 'keepTogether',
      on: {
        'media.reported': [
          { guard: 'isUp', actions: 'keepReports' },
          { target: 'suspected', actions: 'keepReports' },
        ],
        'device.silent': [
          { guard: 'isUp', actions: 'keepReports' },
          { target: 'suspected', actions: 'keepReports' },
        ],
        'device.unloading': [
          { guard: 'isUp', actions: 'keepReports' },
          { target: 'suspected', actions: 'keepReports' },
        ],
        'server.started': { actions: ['keepReports', 'armReturn'] },
        'deadline.passed': {
          guard: and(['isReturnDeadline', not('isUpNow')]),
          target: 'lost',
          actions: ['keepOutage', 'recordLost'],
        },
      },
    },
    suspected: {
      entry: ['keepOutage', 'armLost', 'watchBudget', 'recordSuspected'],
      on: {
        'media.reported': [
          { guard: 'isUp', target: 'together', actions: ['keepReports', 'recordTogether'] },
          { actions: ['keepReports', 'armLost'] },
        ],
        // It may show that contact lasted a little longer than the other side knew.
        'device.silent': { actions: ['keepReports', 'armLost'] },
        'device.unloading': { actions: ['keepReports', 'armLost'] },
        'person.suspected': { guard: 'isUnloading', actions: ['keepReload', 'armLost'] },
        'risk.raised': { guard: 'isReloading', actions: 'tightenLost' },
        'server.started': { actions: ['keepReports', 'armReturn', 'armLost'] },
        // P12: many silences that were each too short to be a loss are one, too.
        'deadline.passed': [
          { guard: 'isLostDeadline', target: 'lost', actions: 'recordLost' },
          { guard: and(['isBudgetDeadline', 'isBudgetSpent']), target: 'lost', actions: 'recordLost' },
          { guard: 'isBudgetDeadline', actions: 'watchBudget' },
        ],
      },
    },
    lost: {
      entry: 'armBudget',
      on: {
        'media.reported': [
          { guard: 'isUp', target: 'returning', actions: 'keepReports' },
          { actions: 'keepReports' },
        ],
        'deadline.passed': [
          {
            guard: and(['isBudgetDeadline', 'isBudgetSpent']),
            actions: ['spendBudget', 'recordBudgetSpent', 'armBudget'],
          },
          { guard: 'isBudgetDeadline', actions: 'armBudget' },
        ],
        'run.ended': [
          { guard: 'isTogetherByWord', target: 'byPhone' },
          { guard: 'isDisposed', target: 'apart' },
        ],
      },
    },
    returning: {
      entry: ['armRecovered', 'recordReturning'],
      on: {
        'media.reported': [
          { guard: and(['isUp', 'isRecovering']), actions: 'keepReports' },
          { guard: 'isUp', actions: ['keepReports', 'armRecovered'] },
          { target: 'lost', actions: ['keepReports', 'recordLostAgain'] },
        ],
        'device.silent': [
          { guard: 'isUp', actions: 'keepReports' },
          { target: 'lost', actions: ['keepReports', 'recordLostAgain'] },
        ],
        'device.unloading': [
          { guard: 'isUp', actions: 'keepReports' },
          { target: 'lost', actions: ['keepReports', 'recordLostAgain'] },
        ],
        'server.started': { actions: ['keepReports', 'armReturn'] },
        'deadline.passed': [
          { guard: 'isRecoveredDeadline', target: 'together', actions: 'recordRecovered' },
          { guard: 'isReturnDeadline', target: 'lost', actions: 'recordLostAgain' },
        ],
      },
    },
    byPhone: {
      entry: ['startCall', 'recordByPhone'],
      on: {
        'media.reported': { actions: 'keepReports' },
        'phoning.recorded': {},
        'channel.reached': {},
        // They are talking: a page that is closed meanwhile ends nothing.
        'person.left': {},
        'person.exited': {},
        'meeting.setApart': {},
        // D3: a call that somebody else holds stays with them.
        'lead.changed': [
          { guard: 'isOldLeadsCall', actions: ['keepReports', 'keepCaller'] },
          { actions: 'keepReports' },
        ],
        'call.stillTogether': { actions: ['recordStillTogether', 'keepCaller', 'askAgainLater'] },
        'call.moveToVideo': [
          { guard: 'isUpNow', target: 'together', actions: 'recordMoved' },
          { actions: 'refuseNotNow' },
        ],
        'call.cut': [
          { guard: 'isUpNow', target: 'returning', actions: ['keepCut', 'recordCut'] },
          { target: 'lost', actions: ['keepCut', 'recordCut'] },
        ],
        'risk.raised': { actions: 'tightenCheck' },
        'deadline.passed': [
          { guard: 'isCheckDeadline', actions: ['askNow', 'recordCheckDue'] },
          { guard: 'isAnswerDeadline', actions: ['recordUnanswered', 'askAgainLater'] },
        ],
      },
    },
    apart: {
      entry: ['keepApart', 'recordEnded'],
      on: {
        'person.alive': [
          { guard: 'isBackFromLeaving', target: 'notYet', actions: 'keepBack' },
          { actions: 'keepReturned' },
        ],
        'lead.changed': [
          { guard: 'isOldLeadBack', target: 'notYet', actions: 'keepBack' },
          { actions: 'forgetOldLead' },
        ],
        'meeting.broughtIn': [
          { guard: 'isBackInMeeting', target: 'notYet', actions: 'keepBack' },
          { actions: 'forgetMeeting' },
        ],
        'meeting.setApart': { actions: 'keepApart' },
        'person.left': { actions: 'keepApart' },
        'person.exited': { actions: 'keepApart' },
        'session.ending': { actions: 'keepApart' },
        'consent.withdrawn': { actions: 'keepApart' },
        'session.closed': { actions: 'keepApart' },
        // Apart only because a person closed the run: media that comes back is contact again. A run that was opened
        // meanwhile hears of it as of any return, which the client is not shown (V1).
        'media.reported': [
          { guard: 'isDeliberate' },
          {
            guard: and(['isUp', 'isRunOpen']),
            target: 'returning',
            actions: ['keepReports', 'keepFirst'],
          },
          { guard: 'isUp', target: 'together', actions: ['keepReports', 'keepFirst', 'recordTogether'] },
        ],
      },
    },
  },
});
