import type { MediaState, View, ViewPerson } from '@holdfast/session';

/** Whose tracks are shown and played where, on the page of one person. */
export interface Pictures {
  /** The other end of this person's contact, shown large: of a client the practitioner, of everybody else too. */
  readonly large: readonly MediaStreamTrack[];
  /** Whoever else is there and sends something, shown small. */
  readonly thirds: readonly { readonly person: ViewPerson; readonly tracks: readonly MediaStreamTrack[] }[];
}

/**
 * Each is shown and played as who they are. What arrives of somebody whom the view does not name as there is neither: the
 * session server says that somebody is outside before the video server has put them out (J11).
 */
export function picturesOf(
  view: Pick<View, 'role' | 'person' | 'people'>,
  remoteTracks: MediaState['remoteTracks'],
): Pictures {
  const shownLarge = view.role === 'practitioner' ? 'client' : 'practitioner';
  const shown = remoteTracks.filter(({ isMuted, kind }) => kind === 'audio' || !isMuted);
  const tracksOf = (isTheirs: (from: string | null) => boolean) =>
    shown.filter(({ from }) => isTheirs(from)).map(({ track }) => track);
  const others = view.people.filter(({ id }) => id !== view.person);
  const large = others.filter(({ role }) => role === shownLarge);
  return {
    // A transport between two names nobody.
    large: tracksOf((from) => from === null || large.some(({ id }) => id === from)),
    thirds: others
      .filter(({ role }) => role !== shownLarge)
      .map((person) => ({ person, tracks: tracksOf((from) => from === person.id) }))
      .filter(({ tracks }) => tracks.length > 0),
  };
}
