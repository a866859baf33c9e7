import { mayCommand } from '@holdfast/protocol';
import type { Scene } from '../scene.js';
import type { Choice, Task } from '../types.js';

/**
 * R6: what this person may send at all. Whoever is asked from another list than the duty list reads what they were asked
 * for, and is offered no command of the duty role; who is on both lists is.
 */
export const offeredChoices = (
  { p, care, me }: Pick<Scene, 'p' | 'care' | 'me'>,
  choices: readonly Choice[],
): Choice[] =>
  choices.filter(
    ({ command: { type } }) =>
      mayCommand(p.role, type) || (care.duty.includes(me) && mayCommand('duty', type)),
  );

/** Tasks with the choices of this role; one that is left without any is somebody else's. */
export const offeredTasks = (scene: Pick<Scene, 'p' | 'care' | 'me'>, tasks: readonly Task[]): Task[] =>
  tasks.flatMap((task) => {
    const choices = offeredChoices(scene, task.choices);
    return choices.length === 0 && task.choices.length > 0 ? [] : [{ ...task, choices }];
  });
