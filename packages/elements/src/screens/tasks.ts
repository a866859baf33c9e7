import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Task } from '@holdfast/session';
import { deviceCheck } from './device-check.js';
import type { ScreenContext } from './screen-context.js';
import { canWait } from './urgency.js';

/**
 * Tasks in the order of the view, keyed, so that what was typed and where focus is outlive every change around them.
 * What is next is open; what can wait shows its title and opens on a press.
 */
export function taskList(
  tasks: readonly Task[],
  context: ScreenContext,
  isAllFolded = false,
): TemplateResult | typeof nothing {
  if (tasks.length === 0) return nothing;
  const next = tasks.find(({ urgency }) => urgency !== 'done');
  return html`<div class="tasks">
    ${repeat(
      tasks,
      ({ id }) => id,
      (task) => taskTemplate(task, context, isAllFolded || canWait(task, next)),
    )}
  </div>`;
}

/** Tasks that are settled already, folded away; each can still be changed. */
export function doneList(tasks: readonly Task[], context: ScreenContext): TemplateResult | typeof nothing {
  if (tasks.length === 0) return nothing;
  return html`<details class="done">
    <summary>${context.say('screen.tasks.done')} (${tasks.length})</summary>
    ${taskList(tasks, context)}
  </details>`;
}

function taskTemplate(task: Task, context: ScreenContext, isFolded: boolean): TemplateResult {
  return html`<holdfast-task
    .task=${task}
    .words=${context.words}
    .send=${context.send}
    .announce=${context.announce}
    .nowMs=${context.nowMs}
    .isDecision=${isDecision(task, context)}
    .isFolded=${isFolded}
    .extra=${task.item === 'device' && task.urgency !== 'done' ? deviceCheck(context) : null}
  ></holdfast-task>`;
}

/** The first thing that waits for this person, where the ladder needs a decision: an alert dialog with focus. */
function isDecision(task: Task, { view }: ScreenContext): boolean {
  if (view.stage !== 'deciding' && view.stage !== 'exhausted') return false;
  // What is not said aloud takes no focus either: a screen reader would say it (Q12).
  return view.tasks.find(({ urgency, isQuiet }) => urgency === 'now' && !isQuiet)?.id === task.id;
}
