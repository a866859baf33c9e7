import type { Projection } from '../project/projection.js';

/** Whether the session server hears the other side of this person's media; null when it is not known yet. */
export function isOtherSideHeard(projection: Projection): boolean | null {
  if (projection.role === 'client') {
    const presence = projection.people.find(({ id }) => id === projection.practitioner)?.presence;
    return presence === undefined || presence === 'notYet' ? null : presence === 'here';
  }
  const presence = projection.care?.people.find(({ id }) => id === projection.client)?.presence;
  return presence === undefined || presence === 'notYet' ? null : presence === 'alive';
}

/** Whether client and staff talk by phone now (P13). */
export const isByPhone = (projection: Projection): boolean =>
  (projection.role === 'client' ? projection.contact : projection.care?.contact.state) === 'byPhone';

/** Whether this person may have media now. A duty person has none of their own. */
export function isMediaAllowed(projection: Projection): boolean {
  if (projection.role === 'client') return projection.mediaAllowed;
  return projection.role === 'practitioner' && (projection.care?.mediaAllowed ?? false);
}

/** Nothing is left to come back for: closed, and for a client from the end on (V1: what is still owed is not theirs to see). */
export const isOver = (projection: Projection): boolean =>
  projection.role === 'client' ? projection.stage === 'ended' : projection.care?.stage === 'closed';

/** Silence before contact is called lost. A duty person has no media of their own. */
export const lostAfterMs = (projection: Projection): number =>
  projection.role === 'client' ? projection.lostAfterMs : (projection.care?.lostAfterMs ?? 0);

/** Silence on the media path before this device reports it. */
export const suspectAfterMs = (projection: Projection): number =>
  projection.role === 'client' ? projection.suspectAfterMs : (projection.care?.suspectAfterMs ?? 0);
