import { html, nothing, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Choice, Stage } from '@holdfast/session';
import { mediaButton } from '../call/media-button.js';
import { isStaff, type ScreenContext } from './screen-context.js';

/** Stages in which this person has media of their own to switch. */
const WITH_MEDIA: readonly Stage[] = ['waiting', 'settlingIn', 'live', 'reconnecting'];
/** Stages after which nothing can be left any more. */
const OVER: readonly Stage[] = ['closed', 'left', 'openElsewhere'];

/** The bar that never moves: call controls, then what can be done in one action from anywhere (A05, WCAG 3.2.6). */
export function bar(context: ScreenContext): TemplateResult | typeof nothing {
  const { view, say } = context;
  if (OVER.includes(view.stage)) return nothing;
  const isRest = ({ weight }: Choice): boolean => !isStaff(view) && weight === 'other';
  const [first, rest] = [view.actions.filter((choice) => !isRest(choice)), view.actions.filter(isRest)];
  return html`<div class="bar">
    ${callControls(context)}
    <div class="buttons" role="group" aria-label=${say('screen.actions')}>
      ${actionList(first, context)} ${leaveAction(context)} ${more(rest, context)}
    </div>
  </div>`;
}

const actionList = (
  choices: readonly Choice[],
  context: ScreenContext,
  afterwards = (): void => undefined,
): TemplateResult =>
  html`${repeat(
    choices,
    ({ id }) => id,
    (choice) => action(choice, context, afterwards),
  )}`;

/**
 * A client sees few buttons: what is needed at once, and the rest behind one that says so. It closes with the choice: it
 * lies over what the page then says.
 */
function more(choices: readonly Choice[], context: ScreenContext): TemplateResult | typeof nothing {
  if (choices.length === 0) return nothing;
  const menu = createRef<HTMLDetailsElement>();
  const close = (): void => {
    if (menu.value === undefined) return;
    menu.value.querySelector('summary')?.focus();
    menu.value.open = false;
  };
  return html`<details class="more" ${ref(menu)}>
    <summary>${context.say('screen.more')}</summary>
    <div class="buttons">${actionList(choices, context, close)}</div>
  </details>`;
}

/** Whether this person's own microphone and camera can be switched on this screen. */
export const hasMedia = ({ view }: ScreenContext): boolean =>
  view.showsVideo || (!['duty', 'colleague'].includes(view.role) && WITH_MEDIA.includes(view.stage));

function callControls(context: ScreenContext): TemplateResult | typeof nothing {
  const { session, media, say, words } = context;
  if (!hasMedia(context)) return nothing;
  return html`<div class="buttons" role="group" aria-label=${say('screen.controls')}>
    ${mediaButton('microphone', session.media, media, say)}
    ${mediaButton('camera', session.media, media, say)}
    <holdfast-device-menu .media=${session.media} .state=${media} .words=${words}></holdfast-device-menu>
  </div>`;
}

/** Leaving can be taken back by coming back, so a client is not held up; staff are asked, since others act on it. */
function leaveAction({ view, say, words, leave }: ScreenContext): TemplateResult {
  return html`<holdfast-action
    .name=${'leave'}
    .label=${say('media.leave')}
    .question=${isStaff(view) ? say('media.leave.confirm') : null}
    .yes=${say('media.leave.yes')}
    .no=${say('media.leave.no')}
    .weight=${'danger'}
    .act=${leave}
    .words=${words}
  ></holdfast-action>`;
}

function action(
  choice: Choice,
  { tell, send, words }: ScreenContext,
  afterwards: () => void,
): TemplateResult {
  return html`<holdfast-action
    .name=${choice.id}
    .label=${tell(choice.label)}
    .question=${choice.confirm ? tell(choice.confirm) : null}
    .weight=${choice.weight}
    .act=${() => {
      void send(choice.command);
      afterwards();
    }}
    .words=${words}
  ></holdfast-action>`;
}
