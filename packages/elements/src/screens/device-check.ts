import { html, nothing, type TemplateResult } from 'lit';
import { mediaButton, mediaTrouble } from '../call/media-button.js';
import type { LocalMedia } from '@holdfast/session';
import type { ScreenContext } from './screen-context.js';

/** What the check is drawn from: a session, or the page of a test link. */
export interface CheckContext extends Pick<ScreenContext, 'media' | 'say' | 'words'> {
  readonly session: { readonly media: LocalMedia };
}

/** One's own picture before anybody else sees it: nothing is on until it is pressed. */
export function deviceCheck({ media, session, say, words }: CheckContext): TemplateResult {
  const hasPicture = media.localTracks.some(({ kind }) => kind === 'video');
  const sound = media.localTracks.find(({ kind }) => kind === 'audio') ?? null;
  return html`<div class="check">
    <p>${say('media.check.text')}</p>
    ${
      hasPicture
        ? html`<div class="preview">
            <holdfast-video
              .tracks=${media.localTracks}
              .label=${say('media.own')}
              .offText=${say('media.own.off')}
              .isOwn=${true}
              .words=${words}
            ></holdfast-video>
          </div>`
        : nothing
    }
    ${
      sound === null
        ? nothing
        : html`<holdfast-sound-level .track=${sound} .words=${words}></holdfast-sound-level>`
    }
    <div class="buttons">
      ${mediaButton('camera', session.media, media, say)}
      ${mediaButton('microphone', session.media, media, say)}
      <holdfast-device-menu .media=${session.media} .state=${media} .words=${words}></holdfast-device-menu>
    </div>
    ${mediaTrouble(media, say)}
  </div>`;
}
