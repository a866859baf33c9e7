import type { CallBackOutcome, Id, Instant, WithoutWay } from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import { arm } from '../../step/arm.js';
import type { ChartInput, Emitted, Heard, Passed, Said } from '../../step/concept.js';
import { record } from '../../step/record.js';

/** How a needed participant was lost: nothing was heard of them any more, or by a word of their own. */
export type LostBy = 'silence' | 'left' | 'withdrew';

export interface CallBackContext {
  readonly person: Id;
  readonly sinceMs: Instant | null;
  readonly lostBy: LostBy | null;
  /** Calls that somebody made to get them back, in this absence. */
  readonly calls: number;
  readonly lastCall: CallBackOutcome | null;
  /** The practitioner said that they wait. */
  readonly isWaitedFor: boolean;
  /** The practitioner was reminded, and has done nothing since. */
  readonly isOverdue: boolean;
  readonly way: WithoutWay | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type CallBackEvent =
  | Said<'participant.recordCallBack' | 'participant.goOnWithout' | 'participant.waitFor'>
  | Passed
  | Heard<
      | 'person.gone'
      | 'person.alive'
      | 'participant.left'
      | 'participant.consentWithdrawn'
      | 'participant.admitted'
      | 'participant.heldOutside'
      | 'participant.clientRefused'
      | 'participant.removed'
      | 'session.ending'
    >;

const NOTHING = {
  sinceMs: null,
  lostBy: null,
  calls: 0,
  lastCall: null,
  isWaitedFor: false,
  isOverdue: false,
  way: null,
  deadlines: {},
} as const satisfies Omit<CallBackContext, 'person'>;

const subjectOf = ({ person }: CallBackContext) => ({ kind: 'person', id: person }) as const;

const LOST_BY: Readonly<Record<string, LostBy>> = {
  'person.gone': 'silence',
  'participant.left': 'left',
  'participant.consentWithdrawn': 'withdrew',
};

/** Before and after it nobody has to be understood. */
const IN_CALL: readonly string[] = ['settingUp', 'live'];

const lost = { target: 'missing', actions: ['keepLost', 'armRemind', 'recordLost'] } as const;

/** The practitioner's own decision took them out: nobody is to be called back for it. */
const notMissed = {
  'participant.heldOutside': { target: 'quiet', actions: 'forget' },
  'participant.clientRefused': { target: 'quiet', actions: 'forget' },
  'participant.removed': { target: 'quiet', actions: 'forget' },
  'session.ending': { target: 'quiet', actions: 'forget' },
} as const;

const back = {
  'person.alive': { guard: 'isInRoom', target: 'quiet', actions: ['forget', 'recordBack'] },
  'participant.admitted': { target: 'quiet', actions: ['forget', 'recordBack'] },
} as const;

/**
 * Getting a needed participant back: a call-back of their own, which the practitioner makes, and never the client's
 * ladder. Reminds, alerts nobody, and calls nobody.
 *
 * Rules J8-J11 in docs/safety-protocol.md.
 */
export const callBackMachine = setup({
  types: {} as { input: ChartInput; context: CallBackContext; events: CallBackEvent; emitted: Emitted },
  guards: {
    isInRoom: ({ context, event }) =>
      IN_CALL.includes(event.now.stage) && event.now.inRoom.includes(context.person),
    wasInRoom: ({ event }) =>
      IN_CALL.includes(event.now.stage) && 'details' in event && event.details?.['wasInRoom'] === true,
  },
  actions: {
    keepLost: assign(({ event }) => {
      const sinceMs = 'details' in event ? event.details?.['sinceMs'] : null;
      return {
        ...NOTHING,
        sinceMs: typeof sinceMs === 'number' ? sinceMs : event.atMs,
        lostBy: LOST_BY[event.type] ?? 'silence',
      };
    }),
    armRemind: assign(({ event }) => ({
      isOverdue: false,
      deadlines: arm({}, 'remind', event.atMs + event.now.limits.callBackRemindMs),
    })),
    keepReminded: assign(({ event }) => ({
      isOverdue: true,
      deadlines: arm({}, 'remind', event.atMs + event.now.limits.callBackRemindMs),
    })),
    keepCall: assign(({ context, event }) =>
      event.type === 'participant.recordCallBack'
        ? { calls: context.calls + 1, lastCall: event.outcome, isWaitedFor: false }
        : {},
    ),
    keepWaiting: assign({ isWaitedFor: true }),
    keepWay: assign(({ event }) =>
      event.type === 'participant.goOnWithout'
        ? { way: event.way, isWaitedFor: false, isOverdue: false, deadlines: {} }
        : {},
    ),
    forget: assign(NOTHING),
    recordLost: emit(({ context }) =>
      record('participant.lost', ['J8'], subjectOf(context), {
        outcome: context.lostBy,
        details: { sinceMs: context.sinceMs },
      }),
    ),
    recordReminded: emit(({ context }) => record('participant.reminded', ['J9'], subjectOf(context))),
    recordCall: emit(({ context }) =>
      record('participant.calledBack', ['J9'], subjectOf(context), {
        outcome: context.lastCall,
        details: { call: context.calls },
      }),
    ),
    recordWaiting: emit(({ context }) => record('participant.waitedFor', ['J9'], subjectOf(context))),
    recordWithout: emit(({ context }) =>
      record('participant.goneOnWithout', ['J9'], subjectOf(context), { outcome: context.way }),
    ),
    recordBack: emit(({ context }) => record('participant.back', ['J8'], subjectOf(context))),
  },
}).createMachine({
  id: 'callBack',
  context: ({ input }) => ({ person: input.instance, ...NOTHING }),
  initial: 'quiet',
  states: {
    quiet: {
      on: {
        'person.gone': { guard: 'isInRoom', ...lost },
        'participant.left': { guard: 'wasInRoom', ...lost },
        'participant.consentWithdrawn': { guard: 'wasInRoom', ...lost },
      },
    },
    missing: {
      on: {
        ...back,
        ...notMissed,
        'participant.recordCallBack': { actions: ['keepCall', 'armRemind', 'recordCall'] },
        'participant.waitFor': { actions: ['keepWaiting', 'armRemind', 'recordWaiting'] },
        'participant.goOnWithout': { target: 'without', actions: ['keepWay', 'recordWithout'] },
        'deadline.passed': { actions: ['keepReminded', 'recordReminded'] },
      },
    },
    // They go on by other means; who comes back is back.
    without: {
      on: {
        ...back,
        ...notMissed,
        'participant.goOnWithout': { actions: ['keepWay', 'recordWithout'] },
        'participant.recordCallBack': { actions: ['keepCall', 'recordCall'] },
      },
    },
  },
});
