import type { Id } from '@holdfast/protocol';
import type { ParticipantProjection } from '../project/participant-projection.js';
import type { Care, Projection, StaffProjection } from '../project/projection.js';

/** Another participant: seen and heard in the room, and no side of contact (J11). */
export const isParticipant = (projection: Projection): projection is ParticipantProjection =>
  'place' in projection;

/** The policy's staff have no media of their own: they act on a plain page. */
const isStaff = (projection: Projection): projection is StaffProjection =>
  'care' in projection && projection.role !== 'practitioner';

const careOf = (projection: Projection): Care | null => ('care' in projection ? projection.care : null);

/** Whether the session server hears the other side of this person's media; null when it is not known yet. */
export function isOtherSideHeard(projection: Projection): boolean | null {
  if (projection.role === 'client') {
    const presence = projection.people.find(({ id }) => id === projection.practitioner)?.presence;
    return presence === undefined || presence === 'notYet' ? null : presence === 'here';
  }
  const presence = careOf(projection)?.people.find(({ id }) => id === projection.client)?.presence;
  return presence === undefined || presence === 'notYet' ? null : presence === 'alive';
}

/**
 * Who is at the other end of this person's contact: heartbeats go to them, and theirs alone count (P16). Null for
 * everybody else in the room (J11).
 */
export function peerOf(projection: Projection | null): Id | null {
  if (projection?.role === 'client') return projection.practitioner;
  return projection?.role === 'practitioner' ? projection.client : null;
}

/** Whether client and staff talk by phone now (P13). */
export const isByPhone = (projection: Projection): boolean =>
  (projection.role === 'client' ? projection.contact : careOf(projection)?.contact.state) === 'byPhone';

/** Whether picture and sound are off both ways (U1). */
export function isPaused(projection: Projection): boolean {
  if (projection.role === 'client') return projection.pause !== 'none';
  return isParticipant(projection) ? projection.isPaused : (projection.care?.pause.isPaused ?? false);
}

/** As if the session server had paused already: who needs a pause waits for nobody (U6). */
export function asPaused(projection: Projection): Projection {
  if (isPaused(projection)) return projection;
  if (projection.role === 'client') return { ...projection, pause: 'paused' };
  if (isStaff(projection) || isParticipant(projection)) return projection;
  const { care } = projection;
  return { ...projection, care: { ...care, pause: { ...care.pause, isPaused: true } } };
}
/** Whether they talk with sound only (A06). */
export const isSoundOnly = (projection: Projection): boolean =>
  (projection.role === 'client' ? projection.channel : careOf(projection)?.channel.is) === 'audioOnly';

/** Whether this person may have media now. A duty person has none of their own. */
export function isMediaAllowed(projection: Projection): boolean {
  if (projection.role === 'client' || isParticipant(projection)) return projection.mediaAllowed;
  return projection.role === 'practitioner' && projection.care.mediaAllowed;
}

/**
 * Whether this person, of client and practitioner, has left or exited, on whichever of their pages they said so (P4). A
 * client's device that is there to read that its person is away, without media in a call, reads nothing else.
 */
export function hasGone(projection: Projection): boolean {
  if (isStaff(projection)) return false;
  if (isParticipant(projection)) return projection.place === 'left';
  const isOwn = ({ id }: { readonly id: string }): boolean => id === projection.person;
  if (projection.role === 'practitioner')
    return ['left', 'exited'].includes(projection.care.people.find(isOwn)?.presence ?? '');
  const { stage, mediaAllowed, people } = projection;
  const isCall = stage === 'settingUp' || stage === 'live';
  return isCall && !mediaAllowed && people.find(isOwn)?.presence === 'away';
}

/** Nothing is left to come back for: closed, and for a client from the end on (V1: what is still owed is not theirs to see). */
export const isOver = (projection: Projection): boolean =>
  'stage' in projection ? projection.stage === 'ended' : projection.care?.stage === 'closed';

/** Silence before contact is called lost. A duty person has no media of their own. */
export const lostAfterMs = (projection: Projection): number =>
  projection.role === 'client' ? projection.lostAfterMs : (careOf(projection)?.lostAfterMs ?? 0);

/** Silence on the media path before this device reports it. */
export const suspectAfterMs = (projection: Projection): number =>
  projection.role === 'client' ? projection.suspectAfterMs : (careOf(projection)?.suspectAfterMs ?? 0);

/** As if the session server had closed media already: the person's own word is enough for that (G7). */
export function withoutMedia(projection: Projection): Projection {
  if (projection.role === 'client' || isParticipant(projection))
    return { ...projection, mediaAllowed: false };
  if (isStaff(projection)) return projection;
  return { ...projection, care: { ...projection.care, mediaAllowed: false } };
}

/** What is left of it in a session that is closed: nothing to do, nothing that is open, and nobody's words (H18). */
export function asClosed(projection: Projection): Projection {
  if (projection.role === 'client')
    return { ...projection, stage: 'ended', feedback: 'notYet', mediaAllowed: false, vault: {} };
  if (isParticipant(projection)) return { ...projection, stage: 'ended', mediaAllowed: false, vault: {} };
  if (projection.role === 'practitioner')
    return { ...projection, care: closedCare(projection.care), vault: {} };
  const colleague = projection.colleague && { ...projection.colleague, isOffered: false, isLeadGone: false };
  return {
    ...projection,
    colleague,
    care: projection.care && closedCare(projection.care),
    review: null,
    vault: {},
  };
}

const closedCare = (care: Care): Care => ({
  ...care,
  stage: 'closed',
  mediaAllowed: false,
  run: null,
  contact: { ...care.contact, deadlines: {} },
  help: { ...care.help, deadlines: {} },
  pause: { ...care.pause, deadlines: {} },
  signal: { ...care.signal, isUnseen: false, deadlines: {} },
  privacy: { ...care.privacy, step: 'none', deadlines: {} },
});
