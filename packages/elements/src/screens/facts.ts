import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ShownFact, ViewPerson } from '@holdfast/session';
import { dueTemplate } from './due.js';
import { isStaff, type ScreenContext } from './screen-context.js';

const SAFE_LINK = /^(tel:|https:)/;

/** Numbers, addresses, permissions: a person's own words, shown as they are. Large where someone has to ring. */
export function factsCard(context: ScreenContext, isLarge: boolean): TemplateResult | typeof nothing {
  const { view, say } = context;
  if (view.facts.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="facts-title">
    <h2 id="facts-title">${say(isStaff(view) ? 'screen.facts' : 'screen.facts.client')}</h2>
    <dl class="facts" ?data-large=${isLarge}>
      ${repeat(
        view.facts,
        ({ id }) => id,
        (fact) => factTemplate(fact, context),
      )}
    </dl>
  </section>`;
}

function factTemplate(fact: ShownFact, { say, tell }: ScreenContext): TemplateResult {
  const note = fact.note ? tell(fact.note) : null;
  if (fact.value === null && note !== null)
    return html`<div>
      <dt>${tell(fact.label)}</dt>
      <dd class="note" ?data-caution=${fact.isCaution}>${note}</dd>
    </div>`;
  const words = fact.value ?? say('fact.unknown');
  const isLink = fact.href !== null && SAFE_LINK.test(fact.href);
  return html`<div>
    <dt>${tell(fact.label)}</dt>
    <dd class="value">${isLink ? html`<a href=${fact.href}>${words}</a>` : words}</dd>
    ${note === null ? nothing : html`<dd class="note" ?data-caution=${fact.isCaution}>${note}</dd>`}
  </div>`;
}

export function peopleCard(context: ScreenContext): TemplateResult | typeof nothing {
  const { view, say, tell } = context;
  if (view.people.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="people-title">
    <h2 id="people-title">${say('screen.people')}</h2>
    <ul class="people">
      ${repeat(
        view.people,
        ({ id }) => id,
        (person) =>
          html`<li>
            <strong>${calledBy(person, context)}</strong>
            <span>${tell(person.presence)}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

function calledBy(person: ViewPerson, { view, say }: ScreenContext): string {
  return person.id === view.person ? say('screen.you') : (person.name ?? say(`screen.role.${person.role}`));
}

/** What happens next by itself, with clock times. Staff only: the client has no clock (H23). */
export function deadlinesCard(context: ScreenContext): TemplateResult | typeof nothing {
  const { view, say, tell, nowMs, words } = context;
  if (!isStaff(view) || view.deadlines.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="dues-title">
    <h2 id="dues-title">${say('screen.deadlines')}</h2>
    <ul class="dues">
      ${repeat(
        view.deadlines,
        ({ id }) => id,
        ({ message, atMs }) => html`<li>${tell(message)} ${dueTemplate(atMs, nowMs, words)}</li>`,
      )}
    </ul>
  </section>`;
}

/** What cannot be done yet, why, and what is missing for it. */
export function cannotCard({ view, say, tell }: ScreenContext): TemplateResult | typeof nothing {
  if (view.cannot.length === 0) return nothing;
  return html`<section class="card cannot" aria-labelledby="cannot-title">
    <h2 id="cannot-title">${say('screen.cannot')}</h2>
    ${view.cannot.map(
      ({ because, missing }) =>
        html`<p>${tell(because)}</p>
          ${
            missing.length > 0
              ? html`<ul>
                  ${missing.map((one) => html`<li>${tell(one)}</li>`)}
                </ul>`
              : nothing
          }`,
    )}
  </section>`;
}
