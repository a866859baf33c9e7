import { html, nothing, type TemplateResult } from 'lit';
import type { Stage, Task } from '@holdfast/session';
import { callScreen } from './call-screen.js';
import { cannotCard, deadlinesCard, factsCard, peopleCard } from './facts.js';
import { isStaff, type ScreenContext } from './screen-context.js';
import { doneList, taskList } from './tasks.js';

/** Stages in which something has to be done by hand: tasks and numbers come first, pictures after them. */
const BY_HAND: readonly Stage[] = ['phone', 'deciding', 'exhausted', 'alerted'];

/** The middle of the screen. One order of reading for everybody; beside each other where there is room. */
export function body(context: ScreenContext): TemplateResult {
  const { view } = context;
  const [urgent, normal, done] = byUrgency(view.tasks);
  if (isStaff(view) && BY_HAND.includes(view.stage)) {
    return two(
      html`${taskList([...urgent, ...normal], context)}`,
      html`${factsCard(context, true)} ${deadlinesCard(context)} ${peopleCard(context)} ${cannotCard(context)}
      ${pictures(context)} ${doneList(done, context)}`,
    );
  }
  const tasks = html`${taskList([...urgent, ...normal], context)} ${end(context)}`;
  const beside = html`${cannotCard(context)} ${deadlinesCard(context)} ${factsCard(context, false)}
  ${peopleCard(context)} ${doneList(done, context)}`;
  if (view.showsVideo) return two(pictures(context), html`${tasks} ${beside}`);
  return isStaff(view)
    ? two(tasks, beside)
    : html`<div class="body narrow"><div class="main">${tasks} ${beside}</div></div>`;
}

const two = (main: TemplateResult | typeof nothing, panel: TemplateResult): TemplateResult =>
  html`<div class="body" data-sides="two">
    <div class="main">${main}</div>
    <div class="panel">${panel}</div>
  </div>`;

const pictures = (context: ScreenContext): TemplateResult | typeof nothing =>
  context.view.showsVideo ? callScreen(context) : nothing;

/** The way back, where this device no longer holds the session. */
function end({ view, say, comeBack }: ScreenContext): TemplateResult | typeof nothing {
  if (view.stage !== 'openElsewhere' && view.stage !== 'left') return nothing;
  const words = view.stage === 'left' ? 'left.comeBack' : 'elsewhere.takeBack';
  return html`<div class="buttons">
    <button type="button" data-weight="main" @click=${comeBack}>${say(words)}</button>
  </div>`;
}

function byUrgency(tasks: readonly Task[]): readonly [Task[], Task[], Task[]] {
  const of = (urgency: Task['urgency']): Task[] => tasks.filter((task) => task.urgency === urgency);
  return [of('now'), of('normal'), of('done')];
}
