import type { Answer } from '@holdfast/protocol';
import { ANSWERS } from '@holdfast/protocol';
import type { Projection } from '../project/projection.js';
import type { ActionCard } from '../view/types.js';

/**
 * What the practitioner needs when the session server cannot be reached: taken on admission, in memory only, kept
 * until the session is closed (design, "Session server or database gone"; H08).
 */
export function actionCard(
  projection: Projection,
  dutyLine: string | null,
  kept: ActionCard | null,
): ActionCard | null {
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
    dutyLine,
  };
}

const asAnswer = (answer: string | null): Answer | null => ANSWERS.find((known) => known === answer) ?? null;
