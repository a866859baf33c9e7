import type { Answer } from '@holdfast/protocol';
import { ANSWERS } from '@holdfast/protocol';
import type { Projection } from '../project/projection.js';
import type { ActionCard } from '../view/types.js';

/**
 * What the practitioner needs when the session server cannot be reached: taken on admission, in memory only, kept
 * until the session is closed (design, "Session server or database gone"; H08).
 */
export function actionCard(projection: Projection, kept: ActionCard | null): ActionCard | null {
  if (projection.role !== 'practitioner') return null;
  const { care, vault } = projection;
  if (care.stage === 'closed') return null;
  if (!care.isAdmitted) return kept;
  const find = (name: string) => care.items.find(({ item }) => item === name);
  return {
    vault,
    mayRing: care.mayRing,
    mayLeaveMessage: find('callBackNumber')?.flags.safeToLeaveMessage ?? false,
    contactAnswer: asAnswer(find('emergencyContact')?.answer ?? null),
    // The host names a duty line with the arrangements; until then the duty role is reached by its alert only.
    dutyLine: null,
  };
}

const asAnswer = (answer: string | null): Answer | null => ANSWERS.find((known) => known === answer) ?? null;

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
