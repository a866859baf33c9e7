import type { Id } from '@holdfast/protocol';
import type { SupervisionContext } from '../machines/supervision/walked.js';
import { PRACTITIONER, type Walk } from './a-session.js';

/** Pathways that were walked, and of which nobody has said where the reasons are (F9). */
export const unreasonedOf = ({ session }: Walk): readonly Id[] =>
  ((session.charts['supervision:session']?.context as SupervisionContext | undefined)?.walked ?? [])
    .filter(({ rationaleRef }) => rationaleRef === null)
    .map(({ id }) => id);

/** Gives every reference that is owed, so that nothing of it holds back the close. */
export function giveReasons(walk: Walk, by: Id = PRACTITIONER): Walk {
  for (const pathway of unreasonedOf(walk))
    walk.say(by, { type: 'closing.giveRationale', pathway, rationaleRef: 'note-1' });
  return walk;
}
