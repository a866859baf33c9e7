import type { Id, Instant, ToldStep } from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Said } from '../../step/concept.js';
import { record } from '../../step/record.js';

export interface ToldContext {
  readonly client: Id;
  /** The sentence on the client's screen; null: none. */
  readonly step: ToldStep | null;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/**
 * What a person chose to tell the client about what comes next. It hears of nothing else: no pathway, risk or run puts
 * a sentence on the client's screen, or takes one away, by itself (V1; C21, H05).
 *
 * Rule M5 in docs/safety-protocol.md.
 */
export const toldMachine = setup({
  types: {} as { input: ChartInput; context: ToldContext; events: Said<'client.tell'>; emitted: Emitted },
  guards: { isSame: ({ context, event }) => event.step === context.step },
  actions: {
    keepStep: assign(({ event }) => ({ step: event.step })),
    recordTold: emit(({ context }) =>
      record(
        'client.told',
        ['M5'],
        { kind: 'client', id: context.client },
        { outcome: context.step ?? 'nothing' },
      ),
    ),
  },
}).createMachine({
  id: 'told',
  context: ({ input }) => ({ client: input.instance, step: null, deadlines: {} }),
  on: { 'client.tell': [{ guard: 'isSame' }, { actions: ['keepStep', 'recordTold'] }] },
  initial: 'kept',
  states: { kept: {} },
});
