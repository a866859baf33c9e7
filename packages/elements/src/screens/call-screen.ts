import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { picturesOf, type Pictures } from './pictures.js';
import { isStaff, type ScreenContext } from './screen-context.js';

/** The other person large, others and oneself small. A picture that no longer moves is marked: it must not pass for a live one. */
export function callScreen(context: ScreenContext): TemplateResult {
  const { view, media, say, words } = context;
  const isStill = view.stage !== 'live' && view.stage !== 'settlingIn' && media.remoteTracks.length > 0;
  const { large, thirds } = picturesOf(view, media.remoteTracks);
  return html`<div class="pictures" ?data-still=${isStill}>
    <holdfast-video
      class="remote"
      .tracks=${large}
      .label=${say(otherPicture(context))}
      .offText=${say(offText(media))}
      .words=${words}
    ></holdfast-video>
    ${thirdPictures(thirds, context)} ${isStill ? html`<p class="still">${say('media.still')}</p>` : nothing}
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

const thirdPictures = (thirds: Pictures['thirds'], { say, words }: ScreenContext): TemplateResult =>
  html`<div class="thirds">
    ${repeat(
      thirds,
      ({ person }) => person.id,
      ({ person: { role, name }, tracks }) => {
        const called = name ?? say(`screen.role.${role}`);
        return html`<div>
          <holdfast-video
            .tracks=${tracks}
            .label=${called}
            .offText=${called}
            .words=${words}
          ></holdfast-video>
          <p class="called" aria-hidden="true">${called}</p>
        </div>`;
      },
    )}
  </div>`;

const offText = ({ remoteTracks, pictures }: ScreenContext['media']): string => {
  if (remoteTracks.length === 0) return 'media.other.none';
  return pictures === 'on' ? 'media.other.off' : 'media.other.unwanted';
};

function otherPicture({ view }: ScreenContext): string {
  if (!isStaff(view)) return 'media.other.practitioner';
  return view.role === 'practitioner' ? 'media.other.client' : 'media.other.person';
}
