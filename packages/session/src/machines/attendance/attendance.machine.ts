import type { EventDetails, EventKind, Id, Instant } from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Passed, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';

export interface AttendanceContext {
  readonly client: Id;
  /** When the session was to begin; null without a time. */
  readonly startsAtMs: Instant | null;
  /** When the client came for the first time. */
  readonly arrivedAtMs: Instant | null;
  readonly liveAtMs: Instant | null;
  /** How often a person opened a no-show. */
  readonly noShows: number;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type AttendanceEvent =
  Said<'attendance.openNoShow'> | Passed | Heard<'person.alive' | 'session.wentLive' | 'session.ending'>;

const on = (
  context: AttendanceContext,
  kind: EventKind,
  rules: readonly string[],
  rest: { outcome?: string | null; details?: EventDetails } = {},
): Emitted => record(kind, rules, { kind: 'client', id: context.client }, rest);

/** Milliseconds after the time that was agreed; 0 for who comes early, null without a time. */
const lateByMs = ({ startsAtMs }: AttendanceContext, atMs: Instant): number | null =>
  startsAtMs === null ? null : Math.max(0, atMs - startsAtMs);

const sinceMs = (fromMs: Instant | null, atMs: Instant): number | null =>
  fromMs === null ? null : atMs - fromMs;

/** A session that is made after its time has a client who is late at once, not a step that was missed. */
const lateAtMs = ({ session, atMs }: ChartInput): Readonly<Record<string, Instant>> => {
  const { startsAtMs } = session.appointment;
  return startsAtMs === null
    ? {}
    : { late: Math.max(atMs, startsAtMs + session.policy.durations.lateAfterMs) };
};

const arrives = { target: 'arrived', actions: ['keepArrived', 'recordArrived'] } as const;
const ends = { target: '.over', actions: ['disarm', 'recordEnded'] } as const;
const opens = [
  { guard: 'isRunOpen', actions: 'refuseRunOpen' },
  { target: 'noShow', reenter: true, actions: ['disarm', 'keepNoShow', 'recordNoShow'] },
] as const;

/**
 * Attendance of one client: whether they came, how late, and for how long. Not appearing may be a matter of safety (C24):
 * a person opens the no-show, which opens a run of the ladder. It contacts nobody.
 *
 * Rules N1-N5 in docs/safety-protocol.md.
 */
export const attendanceMachine = setup({
  types: {} as {
    input: ChartInput;
    context: AttendanceContext;
    events: AttendanceEvent;
    emitted: Emitted | Refused;
  },
  guards: {
    hasTime: ({ context }) => context.startsAtMs !== null,
    isRunOpen: ({ event }) => event.now.openRun !== null,
  },
  actions: {
    keepArrived: assign(({ event }) => ({ arrivedAtMs: event.atMs, deadlines: {} })),
    keepLive: assign(({ event }) => ({ liveAtMs: event.atMs })),
    keepNoShow: assign(({ context }) => ({ noShows: context.noShows + 1 })),
    disarm: assign({ deadlines: {} }),
    recordArrived: emit(({ context, event }) =>
      on(context, 'attendance.arrived', ['N1'], {
        outcome: context.noShows > 0 ? 'afterNoShow' : 'came',
        details: { lateByMs: lateByMs(context, event.atMs) },
      }),
    ),
    recordLate: emit(({ context }) =>
      on(context, 'attendance.late', ['N1'], { details: { startsAtMs: context.startsAtMs } }),
    ),
    recordNoShow: emit(({ context, event }) =>
      on(context, 'attendance.noShowOpened', ['N2'], {
        details: {
          by: event.by.person,
          lateByMs: lateByMs(context, event.atMs),
          sinceMs: context.startsAtMs ?? event.atMs,
        },
      }),
    ),
    recordEnded: emit(({ context, event }) =>
      on(context, 'attendance.ended', ['N5'], {
        outcome: context.arrivedAtMs !== null ? 'attended' : context.noShows > 0 ? 'noShow' : 'notAttended',
        details: {
          attendedMs: sinceMs(context.arrivedAtMs, event.atMs),
          liveMs: sinceMs(context.liveAtMs, event.atMs),
        },
      }),
    ),
    refuseRunOpen: emit(refuse('run-open')),
  },
}).createMachine({
  id: 'attendance',
  context: ({ input }) => ({
    client: input.instance,
    startsAtMs: input.session.appointment.startsAtMs,
    arrivedAtMs: null,
    liveAtMs: null,
    noShows: 0,
    deadlines: lateAtMs(input),
  }),
  initial: 'planned',
  on: { 'session.ending': ends },
  states: {
    planned: { always: [{ guard: 'hasTime', target: 'expected' }, { target: 'unscheduled' }] },
    unscheduled: { on: { 'person.alive': arrives, 'attendance.openNoShow': opens } },
    expected: {
      on: { 'person.alive': arrives, 'deadline.passed': { target: 'late', actions: 'recordLate' } },
    },
    late: { on: { 'person.alive': arrives, 'attendance.openNoShow': opens } },
    // N2: opened again only when the run before it is over, by a person's word.
    noShow: { on: { 'person.alive': arrives, 'attendance.openNoShow': opens } },
    arrived: { on: { 'session.wentLive': { actions: 'keepLive' } } },
    over: { on: { 'session.ending': {} } },
  },
});
