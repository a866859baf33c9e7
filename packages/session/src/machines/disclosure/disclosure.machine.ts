import type { DisclosureCategory, DisclosureRecipient, Id, Instant } from '@holdfast/protocol';
import { assign, emit, not, setup } from 'xstate';
import type { ChartInput, Emitted, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';

/** What was told to whom, in kinds: never the words (H18). */
export interface Disclosure {
  readonly to: DisclosureRecipient;
  readonly categories: readonly DisclosureCategory[];
  readonly by: Id | null;
  readonly atMs: Instant;
}

export interface DisclosureContext {
  readonly client: Id;
  readonly made: readonly Disclosure[];
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/**
 * What was told about a client, and to whom: a person says so, with a reference to the reasons (A33). It judges
 * nothing and holds nothing back.
 *
 * Rule M2 in docs/safety-protocol.md.
 */
export const disclosureMachine = setup({
  types: {} as {
    input: ChartInput;
    context: DisclosureContext;
    events: Said<'disclosure.record'>;
    emitted: Emitted | Refused;
  },
  guards: {
    isSomethingOpen: ({ event }) => event.now.openRun !== null || event.now.openPathways.length > 0,
  },
  actions: {
    keepMade: assign(({ context, event: { to, categories, by, atMs } }) => ({
      made: [...context.made, { to, categories, by: by.person, atMs }],
    })),
    recordMade: emit(({ context, event: { to, categories, rationaleRef, now } }) =>
      record(
        'disclosure.recorded',
        ['M2'],
        { kind: 'client', id: context.client },
        {
          outcome: to,
          details: {
            rationaleRef,
            ...(now.openRun === null ? {} : { run: now.openRun }),
            ...Object.fromEntries(categories.map((category) => [category, true])),
          },
        },
      ),
    ),
    refuseNotNow: emit(refuse('not-now')),
  },
}).createMachine({
  id: 'disclosure',
  context: ({ input }) => ({ client: input.instance, made: [], deadlines: {} }),
  on: {
    'disclosure.record': [
      { guard: not('isSomethingOpen'), actions: 'refuseNotNow' },
      { actions: ['keepMade', 'recordMade'] },
    ],
  },
  initial: 'kept',
  states: { kept: {} },
});
