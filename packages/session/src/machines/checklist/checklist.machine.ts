import type { ChecklistName, Instant, StepOutcome } from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Heard, Refused, Said } from '../../step/concept.js';
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
    events: Said<'checklist.record'> | Heard<'crisis.opened'>;
    emitted: Emitted | Refused;
  },
  guards: {
    isUnknownStep: ({ context, event }) =>
      event.type === 'checklist.record' && !context.steps.includes(event.step),
  },
  actions: {
    keepOutcome: assign(({ context, event }) =>
      event.type === 'checklist.record'
        ? { outcomes: { ...context.outcomes, [event.step]: event.outcome } }
        : {},
    ),
    forgetOutcomes: assign({ outcomes: {} }),
    recordStep: emit(({ context, event }) => {
      const { step, outcome } = event.type === 'checklist.record' ? event : { step: null, outcome: null };
      const subject = { kind: 'checklist', id: context.list } as const;
      return record('checklist.recorded', ['T1'], subject, { outcome, details: { step } });
    }),
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
    // C8: routed to the lists of a crisis only: each crisis begins them anew.
    'crisis.opened': { actions: 'forgetOutcomes' },
  },
  initial: 'kept',
  states: { kept: {} },
});
