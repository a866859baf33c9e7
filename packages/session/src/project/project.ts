import { isParticipant, REVIEWING, rolesOf, type Id, type Role, type VaultView } from '@holdfast/protocol';
import { circumstances, clientOf, practitionerOf } from '../step/circumstances.js';
import { roleOf } from '../machines/lead/lead-state.js';
import type { Session } from '../step/session.js';
import { isMediaAllowed } from './media-allowed.js';
import { projectClient } from './client.js';
import { isAlerted, projectCare } from './care.js';
import { projectColleague } from './lead.js';
import { projectParticipant } from './participant.js';
import type { Projection } from './projection.js';
import { projectReview } from './review.js';
import { projectRecording } from './recording.js';

/**
 * What one person's device holds of the session (rules V1, V6). Pure; the same session gives the same bytes.
 *
 * @param vault The words that this person may read: by owner, the keys of `readableKeys` (protocol). Keys and owners
 *   are put in order here, so that equal words are equal bytes.
 * @returns null for a person who is not of this session.
 */
export function project(session: Session, person: Id, vault: VaultView = {}): Projection | null {
  const role = seenAs(session, person);
  // J14: a fellow client is shown what their own session holds.
  if (role === null || role === 'fellowClient') return null;
  const shared = {
    version: 1 as const,
    person,
    client: clientOf(session),
    practitioner: practitionerOf(session),
    drill: session.drill,
    isMinor: session.appointment.isMinor,
    texts: { consent: session.policy.texts.consent, limits: session.policy.texts.limits },
    vault: inOrder(vault),
  };
  if (isParticipant(role)) {
    const { isMinor: _, texts: __, ...own } = shared;
    return projectParticipant(session, role, { ...own, mediaAllowed: isMediaAllowed(session, person) });
  }
  if (role === 'client') return projectClient(session, shared, isMediaAllowed(session, person));
  if (role === 'practitioner')
    return { role, ...shared, care: projectCare(session, isMediaAllowed(session, person)) };
  const colleague = role === 'colleague' ? projectColleague(session, person) : null;
  const review = projectReview(session, { id: person, role });
  // Who looks back needs nobody's words: once the session is closed, an alert of theirs is over, too (F7).
  const isOver = review?.isClosed === true;
  // A duty person acts on a plain page: media is between client and practitioner.
  // D5: a colleague who is asked reads all that they would take over, and no more before.
  const isAsked = colleague === null ? isAlerted(session, person) : colleague.isOffered;
  const care = isAsked && !isOver ? projectCare(session, false) : null;
  const isManagement = rolesOf(session.policy, person, role).includes('management');
  const recording = isManagement ? projectRecording(session) : null;
  return { role, ...shared, care, review, colleague, recording };
}

/** J20: a supervisor who sat in looks back like any other once the session is closed, and not before (J7). */
function seenAs(session: Session, person: Id): Role | null {
  const role = roleOf(session, person);
  if (role === null || !isParticipant(role) || circumstances(session).stage !== 'closed') return role;
  return rolesOf(session.policy, person, role).find((one) => REVIEWING.includes(one)) ?? role;
}

function inOrder(vault: VaultView): Record<Id, VaultView[Id]> {
  const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  return Object.fromEntries(Object.entries(sorted(vault)).map(([owner, words]) => [owner, sorted(words)]));
}
