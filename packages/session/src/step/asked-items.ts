import { ITEMS, type Appointment, type ItemName, type Threshold } from '@holdfast/protocol';
import { dateOf } from './date-of.js';
import type { Session } from './session.js';

/** An item that this kind of session asks, and before which threshold it is settled. */
export interface AskedItem {
  readonly item: ItemName;
  readonly settledBefore: Threshold;
}

/**
 * D06, D10: in a first session, and when the day has come on which the client is asked again. Without a time nobody can
 * tell: then it is asked.
 */
function isPreferenceDue({ isFirst, preference, startsAtMs }: Appointment): boolean {
  if (isFirst) return true;
  if (preference === null) return false;
  return startsAtMs === null || dateOf(startsAtMs) >= preference.reviewOn;
}

/** The items of this session, in the order of the protocol: those that the policy lists for its kind (B01). */
export function askedItems({
  policy,
  appointment,
}: Pick<Session, 'policy' | 'appointment'>): readonly AskedItem[] {
  const items = policy.sessionTypes[appointment.type]?.items ?? {};
  return ITEMS.flatMap((item) => {
    const asked = items[item];
    const isLeftOut = item === 'preferences' && !isPreferenceDue(appointment);
    return asked === undefined || isLeftOut ? [] : [{ item, settledBefore: asked.settledBefore }];
  });
}
