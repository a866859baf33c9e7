import type { Id } from '@holdfast/protocol';
import type { Session } from '../../step/session.js';
import type { ItemContext } from '../item/answers.js';
import { safeguardingOf } from './safeguarding-state.js';

type Seen = Pick<Session, 'charts' | 'appointment'>;

/** Whether a person said that nothing may go to a guardian (H30). */
export const isGuardianException = (session: Seen, client: Id): boolean =>
  safeguardingOf(session, client)?.context.isGuardianException ?? false;

/** Said to be a guardian's; a minor's that nobody said it of may be one (on doubt, the safer state). */
const mayBeGuardians = ({ appointment }: Seen, flag: boolean | undefined): boolean =>
  flag ?? appointment.isMinor;

const flagsOf = (session: Seen, item: 'callBackNumber' | 'emergencyContact'): ItemContext['flags'] =>
  (session.charts[`item:${item}`]?.context as ItemContext | undefined)?.flags ?? {};

/** Rule S7: under the exception a number that may be a guardian's is blocked like one that is not safe to ring. */
export function isNumberGuarded(session: Seen, client: Id): boolean {
  const { isOwnNumber } = flagsOf(session, 'callBackNumber');
  const isSomebodyElses = isOwnNumber === undefined ? undefined : !isOwnNumber;
  return isGuardianException(session, client) && mayBeGuardians(session, isSomebodyElses);
}

/** Rule S7: and an emergency contact who is a guardian like one who is not safe to contact. */
export const isContactGuarded = (session: Seen, client: Id): boolean =>
  isGuardianException(session, client) &&
  mayBeGuardians(session, flagsOf(session, 'emergencyContact').isGuardian);
