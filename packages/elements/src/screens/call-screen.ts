import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MediaState, ViewPerson } from '@holdfast/session';
import { isStaff, type ScreenContext } from './screen-context.js';

/** The other person large, others and oneself small. A picture that no longer moves is marked: it must not pass for a live one. */
export function callScreen(context: ScreenContext): TemplateResult {
  const { view, media, say, words } = context;
  const isStill = view.stage !== 'live' && view.stage !== 'settlingIn' && media.remoteTracks.length > 0;
  const shown = media.remoteTracks.filter(({ isMuted, kind }) => kind === 'audio' || !isMuted);
  const thirds = thirdsOf(context);
  const tracks = shown.filter(({ from }) => thirds.every(({ id }) => id !== from)).map(({ track }) => track);
  return html`<div class="pictures" ?data-still=${isStill}>
    <holdfast-video
      class="remote"
      .tracks=${tracks}
      .label=${say(otherPicture(context))}
      .offText=${say(offText(media))}
      .words=${words}
    ></holdfast-video>
    ${thirdPictures(thirds, shown, context)}
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

/** Whoever is there beside this person and the one shown large: for a participant that is the practitioner. */
const thirdsOf = ({ view }: ScreenContext): readonly ViewPerson[] => {
  const large = view.role === 'practitioner' ? 'client' : 'practitioner';
  return view.people.filter(({ id, role }) => id !== view.person && role !== large);
};

const thirdPictures = (
  thirds: readonly ViewPerson[],
  shown: MediaState['remoteTracks'],
  { say, words }: ScreenContext,
): TemplateResult =>
  html`<div class="thirds">
    ${repeat(
      thirds.filter(({ id }) => shown.some(({ from }) => from === id)),
      ({ id }) => id,
      ({ id, role, name }) => {
        const called = name ?? say(`screen.role.${role}`);
        return html`<div>
          <holdfast-video
            .tracks=${shown.filter(({ from }) => from === id).map(({ track }) => track)}
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
