import { html, type TemplateResult } from 'lit';
import { clockTime, type Words } from '../words/index.js';

/**
 * A deadline for staff: the clock time in words, and beside it a count that only the eye sees. It is never in a live
 * region: a number that speaks every second helps nobody (accessibility 6.1). Clients have no clock at all (H23).
 */
export function dueTemplate(atMs: number, nowMs: () => number, words: Words): TemplateResult {
  const say = (key: string): string => words.catalogue[key] ?? key;
  return html`<p class="due">
    ${say('time.by')}
    <time datetime=${new Date(atMs).toISOString()}>${clockTime(atMs, words.locale)}</time>
    <holdfast-countdown
      class="left"
      aria-hidden="true"
      .atMs=${atMs}
      .nowMs=${nowMs}
      .words=${words}
    ></holdfast-countdown>
  </p>`;
}
