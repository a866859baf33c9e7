import { html, nothing, type TemplateResult } from 'lit';
import type { LocalMedia, MediaState } from '@holdfast/session';

export type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string;

type Kind = 'microphone' | 'camera';

/**
 * Microphone or camera: a word, a state in words, and `aria-pressed`. The name stays the same in both states; the state
 * is hidden from assistive technology, which has `aria-pressed` for it.
 */
export function mediaButton(kind: Kind, media: LocalMedia, state: MediaState, say: Say): TemplateResult {
  const is = state[kind];
  const isTrouble = is !== 'on' && is !== 'off';
  const toggle = (): void => {
    void (kind === 'microphone' ? media.setMicrophone(is !== 'on') : media.setCamera(is !== 'on'));
  };
  return html`<button
    type="button"
    class="control"
    data-control=${kind}
    aria-pressed=${is === 'on' ? 'true' : 'false'}
    aria-describedby=${isTrouble ? `trouble-${kind}` : nothing}
    @click=${toggle}
  >
    <span>${say(`media.${kind}`)}</span>
    <span class="state" aria-hidden="true">${say(`media.state.${is}`)}</span>
  </button>`;
}

/** What is wrong with microphone or camera, and what to do about it. */
export function mediaTrouble(state: MediaState, say: Say): TemplateResult[] {
  const kinds: readonly Kind[] = ['microphone', 'camera'];
  return kinds
    .filter((kind) => state[kind] !== 'on' && state[kind] !== 'off')
    .map(
      (kind) =>
        html`<p class="trouble" id="trouble-${kind}">${say(`media.trouble.${kind}.${state[kind]}`)}</p>`,
    );
}
