import { Id, type FellowReport } from '@holdfast/protocol';
import * as z from 'zod/mini';
import { meetingNeeds, meetingOf } from '../machines/meeting/meeting-state.js';
import { clientOf } from '../step/circumstances.js';
import type { Session } from '../step/session.js';
import { isMediaAllowed } from './media-allowed.js';

/** A joint meeting, for staff: where this client is, and what each said of the other (J15). */
export const MeetingProjection = z.strictObject({
  isInside: z.boolean(),
  /** Why they wait outside; null before they were ever brought in, and inside. */
  because: z.nullable(z.enum(['practitioner', 'fellow', 'left'])),
  /** What must be settled before this client comes in. */
  missing: z.array(z.enum(['clientAgrees', 'fellowAgrees'])),
  fellows: z.array(
    z.strictObject({
      id: Id,
      isInside: z.boolean(),
      clientSays: z.enum(['notAsked', 'agrees', 'refuses']),
      /** They agreed that this client is there. */
      agrees: z.boolean(),
    }),
  ),
});
/** What the schema {@link MeetingProjection} lets through. */
export type MeetingProjection = z.infer<typeof MeetingProjection>;

/** Null in a session of one client. */
export function projectMeeting(session: Session): MeetingProjection | null {
  const found = meetingOf(session);
  if (found === null) return null;
  const { isInside, context } = found;
  const fellows = Object.entries(context.fellows)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, fellow]) => ({
      id,
      isInside: fellow.isInside,
      clientSays: fellow.clientSays,
      agrees: fellow.agrees,
    }));
  return { isInside, because: context.because, missing: isInside ? [] : [...meetingNeeds(context)], fellows };
}

/** What this session says of its client to the session of a fellow client: as much as those in the room see (J14). */
export function fellowReport(session: Session, to: Id): FellowReport | null {
  const found = meetingOf(session);
  if (found === null) return null;
  const { fellows, alone } = found.context;
  return {
    isInside: isMediaAllowed(session, clientOf(session)),
    agrees: fellows[to]?.clientSays === 'agrees',
    alone,
  };
}

/**
 * Who may be in the room that the sessions of a joint meeting share: whom their own session lets in, and every other
 * session whose client is in it, too. Read from all of them at once: nobody waits for a report to go round (J16).
 */
export function mayBeInMeeting(session: Session, others: readonly Session[], person: Id): boolean {
  if (!isMediaAllowed(session, person)) return false;
  return others.every((other) => {
    const client = clientOf(other);
    if (!isMediaAllowed(other, client)) return true;
    return person === clientOf(session)
      ? isWelcome(session, other)
      : other.people.some(({ id }) => id === person) && isMediaAllowed(other, person);
  });
}

/** The client of `other` agreed that the client of `session` is there, and has not asked to be alone since. */
function isWelcome(session: Session, other: Session): boolean {
  const theirs = meetingOf(other)?.context;
  const known = meetingOf(session)?.context.fellows[clientOf(other)];
  const says = theirs?.fellows[clientOf(session)]?.clientSays;
  return theirs !== undefined && says === 'agrees' && (known?.alone ?? 0) >= theirs.alone;
}
