import type { Choice, Field, Task } from '@holdfast/session';
import { fieldsOf } from './fill-command.js';

/** Choices that share their fields: the fields are drawn once, the buttons after them. */
export interface Way {
  /** The names of the fields that go with the choices: no two ways of a task have the same. */
  readonly key: string;
  readonly fields: readonly Field[];
  readonly choices: readonly Choice[];
}

/**
 * Groups a task's choices by the fields that go with them, in the order in which they come. A field that an earlier
 * way has shown is not asked a second time.
 */
export function waysOf(task: Task): readonly Way[] {
  const shown = new Set<string>();
  const ways: { key: string; fields: readonly Field[]; choices: Choice[] }[] = [];
  for (const choice of task.choices) {
    const key = [...choice.fields].sort().join(' ');
    const way = ways.find((known) => known.key === key);
    if (way) {
      way.choices.push(choice);
      continue;
    }
    const fields = fieldsOf(task, choice).filter(({ name }) => !shown.has(name));
    for (const { name } of fields) shown.add(name);
    ways.push({ key, fields, choices: [choice] });
  }
  return ways;
}
