import { StepOutcome, type ChecklistName } from '@holdfast/protocol';
import { choice, say, task } from '../say.js';
import type { Scene } from '../scene.js';
import type { Task } from '../types.js';

/**
 * The steps of one of the service's own lists that are not recorded yet, a task each (A14, A30): in the order of the
 * policy, in the words of the service's catalogue (`checklist.step.…`), and none of them stands in the way of anything.
 */
export const checklistTasks = ({ care }: Scene, list: ChecklistName): Task[] =>
  (care.checklists[list] ?? [])
    .filter(({ outcome }) => outcome === null)
    .map(({ step }) =>
      task(
        `checklist.${list}.${step}`,
        say(`checklist.step.${step}`),
        StepOutcome.options.map((outcome) =>
          choice(
            outcome,
            say(`checklist.outcome.${outcome}`),
            { type: 'checklist.record', list, step, outcome },
            { weight: outcome === 'done' ? 'main' : 'other' },
          ),
        ),
        { why: say(`checklist.why.${list}`) },
      ),
    );
