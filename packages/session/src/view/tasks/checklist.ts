import { StepOutcome, type ChecklistName } from '@holdfast/protocol';
import { choice, say, task } from '../say.js';
import type { Scene } from '../scene.js';
import type { Message, Task } from '../types.js';

const stepTask = (list: ChecklistName, step: string, rest: Partial<Task>): Task =>
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
    rest,
  );

/**
 * The steps of one of the service's own lists that are not recorded yet, a task each (A14, A30): in the order of the
 * policy, in the words of the service's catalogue (`checklist.step.…`), and none of them stands in the way of anything.
 */
export const checklistTasks = ({ care }: Scene, list: ChecklistName): Task[] =>
  (care.checklists[list] ?? [])
    .filter(({ outcome }) => outcome === null)
    .map(({ step }) => stepTask(list, step, { why: say(`checklist.why.${list}`) }));

/**
 * The same list one step after the other (T3): the next one, with how far it is, and those that are recorded, which can
 * still be put right. For the opening and the closing, where a person talks and looks at the screen now and then.
 */
export function pacedTasks({ care }: Scene, list: ChecklistName): Task[] {
  const steps = care.checklists[list] ?? [];
  const number = steps.findIndex(({ outcome }) => outcome === null) + 1;
  const text = list === 'opening' || list === 'closing' ? care.texts[list] : null;
  const why: Message = say(`checklist.why.${list}`, { number, count: steps.length });
  return steps.flatMap(({ step, outcome }, index) => {
    if (outcome !== null) return [stepTask(list, step, { urgency: 'done' })];
    return index + 1 === number ? [stepTask(list, step, { why, text })] : [];
  });
}
