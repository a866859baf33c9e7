import { html, nothing, type TemplateResult } from 'lit';
import type { LocalMedia, MediaState } from '@holdfast/session';

export type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string;

type Kind = 'microphone' | 'camera';

/** Kept off whatever the person had chosen (P13, P17, U1, W2). */
const HELD: readonly string[] = ['byPhone', 'offElsewhere', 'paused', 'soundOnly'];

/** Off by choice, or because they pause, talk by phone or with sound only, is no trouble. */
const hasTrouble = (kind: Kind, state: MediaState): boolean => !['on', 'off', ...HELD].includes(state[kind]);

/**
 * Microphone or camera: a word, a state in words, and `aria-pressed`. The name stays the same in both states; the state
 * is hidden from assistive technology, which has `aria-pressed` for it. While they talk by phone the microphone cannot be
 * pressed, with sound only the camera; the state says why to everybody (P13, W2).
 */
export function mediaButton(kind: Kind, media: LocalMedia, state: MediaState, say: Say): TemplateResult {
  const is = state[kind];
  const isTrouble = hasTrouble(kind, state);
  const isHeld = HELD.includes(is);
  const describedBy = isHeld ? `state-${kind}` : isTrouble ? `trouble-${kind}` : nothing;
  const toggle = (): void => {
    if (isHeld) return;
    void (kind === 'microphone' ? media.setMicrophone(is !== 'on') : media.setCamera(is !== 'on'));
  };
  return html`<button
    type="button"
    class="control"
    data-control=${kind}
    aria-pressed=${is === 'on' ? 'true' : 'false'}
    aria-disabled=${isHeld ? 'true' : nothing}
    aria-describedby=${describedBy}
    @click=${toggle}
  >
    <span>${say(`media.${kind}`)}</span>
    <span class="state" id="state-${kind}" aria-hidden="true">${say(`media.state.${is}`)}</span>
  </button>`;
}

/** The other person's picture, which takes most of the data (A06). */
export const picturesButton = (media: LocalMedia, state: MediaState, say: Say): TemplateResult =>
  html`<button
    type="button"
    class="control"
    data-control="pictures"
    aria-pressed=${state.pictures === 'on' ? 'true' : 'false'}
    @click=${() => void media.setPictures(state.pictures !== 'on')}
  >
    <span>${say('media.pictures')}</span>
    <span class="state" aria-hidden="true">${say(`media.state.${state.pictures}`)}</span>
  </button>`;

/** What is wrong with microphone or camera, and what to do about it. */
export function mediaTrouble(state: MediaState, say: Say): TemplateResult[] {
  const kinds: readonly Kind[] = ['microphone', 'camera'];
  return kinds
    .filter((kind) => hasTrouble(kind, state))
    .map(
      (kind) =>
        html`<p class="trouble" id="trouble-${kind}">${say(`media.trouble.${kind}.${state[kind]}`)}</p>`,
    );
}
