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

export const isMediaAllowed = (projection: Projection): boolean =>
  projection.role === 'client' ? projection.mediaAllowed : (projection.care?.mediaAllowed ?? false);

/** Silence before contact is called lost. A duty person has no media of their own. */
export const lostAfterMs = (projection: Projection): number =>
  projection.role === 'client' ? projection.lostAfterMs : (projection.care?.lostAfterMs ?? 0);
