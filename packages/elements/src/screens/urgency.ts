import type { Stage, Task, View } from '@holdfast/session';
import { isStaff } from './screen-context.js';

/** Stages in which a task that comes next is no emergency, unless a deadline hangs on it. */
const CALM: readonly Stage[] = ['setUp', 'waiting', 'settlingIn', 'closing', 'closed', 'left', 'review'];

/** A task of the ladder, of help, of an alert: waiting costs. A set-up item is next, and no alarm. */
const isPressingTask = (task: Task, stage: Stage): boolean =>
  task.urgency === 'now' && task.item === null && (task.dueAtMs !== null || !CALM.includes(stage));

/** Whether something waits for this staff member where waiting costs: alarm words, title, sound (H33). */
export const isPressing = (view: View): boolean =>
  isStaff(view) && view.tasks.some((task) => isPressingTask(task, view.stage));

/** Whether a task may be folded to its title: what is next is open, and so is all that others wait for. */
export const canWait = (task: Task, next: Task | undefined): boolean =>
  task !== next && task.urgency !== 'done' && (task.urgency === 'normal' || task.item !== null);
