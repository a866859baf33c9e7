import type { ChecklistName, Instant, StepOutcome } from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Refused, Said } from '../../step/concept.js';
import { record, refuse } from '../../step/record.js';

export interface ChecklistContext {
  readonly list: ChecklistName;
  /** The policy's steps, in order. */
  readonly steps: readonly string[];
  /** What came of each step so far; said again, it replaces what was said. */
  readonly outcomes: Readonly<Record<string, StepOutcome>>;
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/**
 * A list of the service's own steps (an opening, an enquiry, a closing): each recorded by itself, in any order, never
 * scored and never a condition for what protects people (A30, A40, A44).
 *
 * Rules T1 and T2 in docs/safety-protocol.md.
 */
export const checklistMachine = setup({
  types: {} as {
    input: ChartInput;
    context: ChecklistContext;
    events: Said<'checklist.record'>;
    emitted: Emitted | Refused;
  },
  guards: { isUnknownStep: ({ context, event }) => !context.steps.includes(event.step) },
  actions: {
    keepOutcome: assign(({ context, event }) => ({
      outcomes: { ...context.outcomes, [event.step]: event.outcome },
    })),
    recordStep: emit(({ context, event }) =>
      record(
        'checklist.recorded',
        ['T1'],
        { kind: 'checklist', id: context.list },
        { outcome: event.outcome, details: { step: event.step } },
      ),
    ),
    refuseUnknownStep: emit(refuse('bad-answer')),
  },
}).createMachine({
  id: 'checklist',
  context: ({ input }) => ({
    list: input.instance as ChecklistName,
    steps: input.session.policy.checklists[input.instance as ChecklistName],
    outcomes: {},
    deadlines: {},
  }),
  on: {
    'checklist.record': [
      { guard: 'isUnknownStep', actions: 'refuseUnknownStep' },
      { actions: ['keepOutcome', 'recordStep'] },
    ],
  },
  initial: 'kept',
  states: { kept: {} },
});
