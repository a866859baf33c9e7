import type { EventDetails, EventKind, Id, Instant } from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Passed, Refused, Said, Stated } from '../../step/concept.js';
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
  | Said<'attendance.openNoShow'>
  | Stated<'appointment.moved'>
  | Passed
  | Heard<'person.alive' | 'session.wentLive' | 'session.ending' | 'appointment.cancelled'>;

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
/** N6: another time; who is late for the old one is not for the new. */
const moved = {
  'appointment.moved': {
    guard: 'isBefore',
    target: 'expected',
    reenter: true,
    actions: ['keepTime', 'armLate', 'recordMoved'],
  },
} as const;
/** Whoever came has come, and a no-show that a person opened stays one. */
const kept = { 'appointment.moved': { guard: 'isBefore', actions: ['keepTime', 'recordMoved'] } } as const;
/** N7: called off is no absence. */
const cancelled = { target: '.over', actions: ['disarm', 'recordCalledOff'] } as const;
const opens = [
  { guard: 'isRunOpen', actions: 'refuseRunOpen' },
  { target: 'noShow', reenter: true, actions: ['disarm', 'keepNoShow', 'recordNoShow'] },
] as const;

/**
 * Attendance of one client: whether they came, how late, and for how long. Not appearing may be a matter of safety (C24):
 * a person opens the no-show, which opens a run of the ladder. It contacts nobody.
 *
 * Rules N1-N7 in docs/safety-protocol.md.
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
    // N6: nobody has media before the gate is open.
    isBefore: ({ event }) => event.now.stage === 'gathering',
  },
  actions: {
    keepArrived: assign(({ event }) => ({ arrivedAtMs: event.atMs, deadlines: {} })),
    keepTime: assign(({ event }) =>
      event.type === 'appointment.moved' ? { startsAtMs: event.startsAtMs } : {},
    ),
    armLate: assign(({ context, event }) => ({
      deadlines: {
        late: Math.max(event.atMs, (context.startsAtMs ?? event.atMs) + event.now.limits.lateAfterMs),
      },
    })),
    recordMoved: emit(({ context }) =>
      on(context, 'appointment.moved', ['N6'], { details: { startsAtMs: context.startsAtMs } }),
    ),
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
    recordCalledOff: emit(({ context }) => on(context, 'attendance.ended', ['N7'], { outcome: 'cancelled' })),
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
  on: { 'session.ending': ends, 'appointment.cancelled': cancelled },
  states: {
    planned: { always: [{ guard: 'hasTime', target: 'expected' }, { target: 'unscheduled' }] },
    unscheduled: { on: { ...moved, 'person.alive': arrives, 'attendance.openNoShow': opens } },
    expected: {
      on: { ...moved, 'person.alive': arrives, 'deadline.passed': { target: 'late', actions: 'recordLate' } },
    },
    late: { on: { ...moved, 'person.alive': arrives, 'attendance.openNoShow': opens } },
    // N2: opened again only when the run before it is over, by a person's word.
    noShow: { on: { ...kept, 'person.alive': arrives, 'attendance.openNoShow': opens } },
    arrived: { on: { ...kept, 'session.wentLive': { actions: 'keepLive' } } },
    over: { on: { 'session.ending': {}, 'appointment.cancelled': {} } },
  },
});
