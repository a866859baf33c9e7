import { html, nothing, type TemplateResult } from 'lit';
import type { ScreenContext } from './screen-context.js';

/** The other person large, oneself small. A picture that no longer moves is marked: it must not pass for a live one. */
export function callScreen(context: ScreenContext): TemplateResult {
  const { view, media, say, words } = context;
  const isStill = view.stage !== 'live' && view.stage !== 'settlingIn' && media.remoteTracks.length > 0;
  const tracks = media.remoteTracks
    .filter(({ isMuted, kind }) => kind === 'audio' || !isMuted)
    .map(({ track }) => track);
  return html`<div class="pictures" ?data-still=${isStill}>
    <holdfast-video
      class="remote"
      .tracks=${tracks}
      .label=${say(otherPicture(context))}
      .offText=${say(offText(media))}
      .words=${words}
    ></holdfast-video>
    ${isStill ? html`<p class="still">${say('media.still')}</p>` : nothing}
    <div class="own">
      <holdfast-video
        .tracks=${media.localTracks}
        .label=${say('media.own')}
        .offText=${say('media.own.off')}
        .isOwn=${true}
        .words=${words}
      ></holdfast-video>
    </div>
  </div>`;
}

const offText = ({ remoteTracks, pictures }: ScreenContext['media']): string => {
  if (remoteTracks.length === 0) return 'media.other.none';
  return pictures === 'on' ? 'media.other.off' : 'media.other.unwanted';
};

function otherPicture({ view }: ScreenContext): string {
  if (view.role === 'client') return 'media.other.practitioner';
  return view.role === 'practitioner' ? 'media.other.client' : 'media.other.person';
}
