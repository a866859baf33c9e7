import { mayCommand } from '@holdfast/protocol';
import type { Scene } from '../scene.js';
import type { Choice, Task } from '../types.js';

/** What this person's role may send: a safeguarding lead who was alerted reads the same page and acts on the alert only. */
export const offeredChoices = ({ p }: Pick<Scene, 'p'>, choices: readonly Choice[]): Choice[] =>
  choices.filter(({ command }) => mayCommand(p.role, command.type));

/** Tasks with the choices of this role; one that is left without any is somebody else's. */
export const offeredTasks = (scene: Pick<Scene, 'p'>, tasks: readonly Task[]): Task[] =>
  tasks.flatMap((task) => {
    const choices = offeredChoices(scene, task.choices);
    return choices.length === 0 && task.choices.length > 0 ? [] : [{ ...task, choices }];
  });
