import { html, nothing, type TemplateResult } from 'lit';
import type { ScreenContext } from './screen-context.js';
import { taskList } from './tasks.js';

/** What anybody may tell the service, behind one line of words at the end of the page: never among what is to be done. */
export function reports(context: ScreenContext): TemplateResult | typeof nothing {
  const { view, say } = context;
  if (view.reports.length === 0) return nothing;
  return html`<details class="done reports">
    <summary>${say('screen.reports')}</summary>
    ${taskList(view.reports, context, true)}
  </details>`;
}
