import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { mediaTrouble } from '../call/media-button.js';
import { hasMedia } from './bar.js';
import type { ScreenContext } from './screen-context.js';

/**
 * Where we are, who acts, what comes next: first on every screen (B07). Headline and who acts stay in sight where
 * something has to be done, however far the page is scrolled; the explanation does not.
 */
export function top(context: ScreenContext): TemplateResult {
  const { view, tell } = context;
  const who = whoActs(context);
  return html`<header class="top ${view.stage === 'exhausted' ? 'loud' : ''}">
      <h1 id="headline" tabindex="-1">${tell(view.headline)}</h1>
      ${who === null ? nothing : html`<p class="who" data-who=${view.whoActs}>${who}</p>`}
    </header>
    ${
      view.explanation.length === 0
        ? nothing
        : html`<div class="said">${view.explanation.map((message) => html`<p>${tell(message)}</p>`)}</div>`
    }`;
}

function whoActs({ view, say, words }: ScreenContext): string | null {
  if (view.whoActs === 'nobody') return null;
  const forStaff = `screen.whoActs.${view.whoActs}.staff`;
  // Only for the client are they "your" practitioner.
  return say(
    view.role !== 'client' && Object.hasOwn(words.catalogue, forStaff)
      ? forStaff
      : `screen.whoActs.${view.whoActs}`,
  );
}

/** For the client, in the same place whatever is on the screen and however far it was scrolled (H12, WCAG 3.2.6). */
export const quickExit = ({ view, words, exit }: ScreenContext): TemplateResult | typeof nothing =>
  view.role === 'client'
    ? html`<holdfast-quick-exit .exit=${exit} .words=${words}></holdfast-quick-exit>`
    : nothing;

/**
 * On every screen of a drill, so that nobody takes it for a real session (A27). What a client's screen promises there is not
 * true: it says so, and where help is (K26, V2).
 */
export const drillBanner = ({ view, say }: ScreenContext): TemplateResult | typeof nothing =>
  view.drill
    ? html`<p class="drill">${say(view.role === 'client' ? 'screen.drill.client' : 'screen.drill')}</p>`
    : nothing;

/** What is said beside the tasks, and what is wrong with this page's own devices. */
export function notices(context: ScreenContext): TemplateResult | typeof nothing {
  const { view, media, say, tell } = context;
  // After a reload devices are off until they are pressed: nobody may talk into a dead microphone unknowingly (A03).
  const isUnheard =
    view.showsVideo &&
    !['on', 'byPhone'].includes(media.microphone) &&
    (view.stage === 'live' || view.stage === 'settlingIn');
  const troubles = hasMedia(context) ? mediaTrouble(media, say) : [];
  if (view.notices.length === 0 && troubles.length === 0 && !isUnheard) return nothing;
  return html`<ul class="notices" aria-label=${say('screen.notices')}>
    ${repeat(
      view.notices,
      ({ id }) => id,
      ({ level, message }) => html`<li class="notice" data-level=${level}>${tell(message)}</li>`,
    )}
    ${troubles.map((trouble) => html`<li class="notice" data-level="status">${trouble}</li>`)}
    ${isUnheard ? html`<li class="notice" data-level="status">${say('media.unheard')}</li>` : nothing}
  </ul>`;
}
