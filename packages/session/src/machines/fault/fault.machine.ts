import type { Id, Instant } from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Refused, Stated } from '../../step/concept.js';
import { record } from '../../step/record.js';

export interface FaultContext {
  readonly client: Id;
  /** Counts the faults that were told, so that the alert of each has an id of its own. */
  readonly count: number;
  readonly lastAtMs: Instant | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type FaultEvent = Stated<'step.failed'>;

/**
 * A fault of our own: an input, or a deadline, at which the protocol failed. Somebody on duty is told, since nobody knows
 * what did not happen by it (C23). It has no deadline and opens nothing: the alert has its own clocks.
 *
 * Rule R11 in docs/safety-protocol.md.
 */
export const faultMachine = setup({
  types: {} as { input: ChartInput; context: FaultContext; events: FaultEvent; emitted: Emitted | Refused },
  guards: { isClosed: ({ event }) => event.now.stage === 'closed' },
  actions: {
    keepFault: assign(({ context, event }) => ({ count: context.count + 1, lastAtMs: event.atMs })),
    recordFault: emit(({ context, event }) =>
      record(
        'session.faulted',
        ['R11'],
        { kind: 'session', id: 'session' },
        {
          details: { input: event.input },
          alert: { cause: 'fault', client: context.client, about: `${context.client}.fault${context.count}` },
        },
      ),
    ),
  },
}).createMachine({
  id: 'fault',
  context: ({ input }) => ({ client: input.instance, count: 0, lastAtMs: null, deadlines: {} }),
  initial: 'sound',
  on: {
    'step.failed': [{ guard: 'isClosed' }, { target: '.faulted', actions: ['keepFault', 'recordFault'] }],
  },
  states: { sound: {}, faulted: {} },
});
