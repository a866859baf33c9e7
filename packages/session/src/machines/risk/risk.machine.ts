import type { Id, Instant } from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';

export interface RiskContext {
  readonly client: Id;
  /** The last change, and by whom: for the record of staff, never for the client. */
  readonly changedBy: Id | null;
  readonly changedAtMs: Instant | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

type RiskEvent = Said<'risk.raise' | 'risk.lower'> | Heard<'crisis.opened'>;

const subjectOf = (context: RiskContext) => ({ kind: 'client', id: context.client }) as const;

/**
 * Risk of one client: raised by a person in one action and in any state, or by an opened crisis; by nothing that the
 * client does and by no inference of the software. Lowered with a reason, never while a crisis is open.
 *
 * Rules K1-K4 in docs/safety-protocol.md.
 */
export const riskMachine = setup({
  types: {} as { input: ChartInput; context: RiskContext; events: RiskEvent; emitted: Emitted | Refused },
  guards: {
    isCrisisOpen: ({ event }) => event.now.isCrisisOpen,
    isClosed: ({ event }) => event.now.stage === 'closed',
  },
  actions: {
    keepChange: assign(({ event }) => ({ changedBy: event.by.person, changedAtMs: event.atMs })),
    recordRaised: emit(({ context, event }) =>
      record('risk.raised', ['K1'], subjectOf(context), {
        outcome: event.type === 'crisis.opened' ? 'crisis' : 'person',
      }),
    ),
    recordRaisedAgain: emit(({ context }) =>
      record('risk.raised', ['K2'], subjectOf(context), { outcome: 'again' }),
    ),
    recordLowered: emit(({ context, event }) =>
      record('risk.lowered', ['K3'], subjectOf(context), {
        outcome: event.type === 'risk.lower' ? event.reason : null,
      }),
    ),
    refuseCrisisOpen: emit(refuse('crisis-open')),
    refuseClosed: emit(refuse('session-closed')),
  },
}).createMachine({
  id: 'risk',
  context: ({ input }) => ({ client: input.instance, changedBy: null, changedAtMs: null, deadlines: {} }),
  initial: 'routine',
  states: {
    routine: {
      on: {
        'risk.raise': [
          { guard: 'isClosed', actions: 'refuseClosed' },
          { target: 'active', actions: ['keepChange', 'recordRaised'] },
        ],
        'crisis.opened': { target: 'active', actions: ['keepChange', 'recordRaised'] },
      },
    },
    active: {
      on: {
        // Two people may press at once: the second is on the record and changes nothing (H09).
        'risk.raise': { actions: 'recordRaisedAgain' },
        'risk.lower': [
          { guard: 'isCrisisOpen', actions: 'refuseCrisisOpen' },
          { target: 'routine', actions: ['keepChange', 'recordLowered'] },
        ],
      },
    },
  },
});
