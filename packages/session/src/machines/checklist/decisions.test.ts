import { CHECKLISTS, referencePolicy, type Command } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, actor } from '../../testing/deliver.js';
import { checklistConcept } from './checklist.concept.js';
import type { ChecklistContext } from './checklist.machine.js';

const STEP_OUTCOMES = ['done', 'notPossible', 'declined'] as const;
const stepsOf = (list: keyof typeof referencePolicy.checklists) => referencePolicy.checklists[list];
const [first = '', second = ''] = stepsOf('crisis');

const kept = (outcomes: ChecklistContext['outcomes']): ChartState => {
  const made = aChart(checklistConcept, 'crisis');
  return { ...made, context: { ...made.context, outcomes } as never };
};
const states: Readonly<Record<string, ChartState>> = {
  begun: kept({}),
  'a step is done': kept({ [first]: 'done' }),
  'both are recorded': kept({ [first]: 'done', [second]: 'declined' }),
  'another list': aChart(checklistConcept, 'opening'),
};

const recorded = (step: string, outcome: (typeof STEP_OUTCOMES)[number] = 'done'): Command => ({
  type: 'checklist.record',
  list: 'crisis',
  step,
  outcome,
});
const cells: Readonly<Record<string, Cell>> = {
  ...Object.fromEntries(
    STEP_OUTCOMES.map((outcome) => [`the first: ${outcome}`, { message: recorded(first, outcome) }]),
  ),
  'the second, by a duty person': { message: recorded(second), by: actor('duty-1') },
  'a step that there is not': { message: recorded('dancing') },
  'a step without a name': { message: recorded('') },
  'a crisis opens': { message: { type: 'crisis.opened', rules: [], subject: null } },
};

test('[T1][C8] what a list does with each step, and with a crisis that opens', () => {
  expect(decisionTable(checklistConcept, states, cells)).toMatchSnapshot();
});

test('[T1][T2] each list has the steps of the policy; a list without any is not there', () => {
  for (const list of CHECKLISTS)
    expect(aChart(checklistConcept, list).context).toEqual({
      list,
      steps: stepsOf(list),
      outcomes: {},
      deadlines: {},
    });
  const session = (checklists: typeof referencePolicy.checklists) =>
    checklistConcept.startsWith({ policy: { ...referencePolicy, checklists } } as never);
  expect(session(referencePolicy.checklists)).toEqual([...CHECKLISTS]);
  expect(session({ ...referencePolicy.checklists, crisis: [], opening: ['one'] })).toEqual(
    CHECKLISTS.filter((list) => list !== 'crisis'),
  );
});
