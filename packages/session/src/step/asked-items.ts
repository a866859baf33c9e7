import { ITEMS, type ItemName, type Threshold } from '@holdfast/protocol';
import type { Session } from './session.js';

/** An item that this kind of session asks, and before which threshold it is settled. */
export interface AskedItem {
  readonly item: ItemName;
  readonly settledBefore: Threshold;
}

/** The items of this session, in the order of the protocol: those that the policy lists for its kind (B01). */
export function askedItems({
  policy,
  appointment,
}: Pick<Session, 'policy' | 'appointment'>): readonly AskedItem[] {
  const items = policy.sessionTypes[appointment.type]?.items ?? {};
  return ITEMS.flatMap((item) => {
    const asked = items[item];
    return asked === undefined ? [] : [{ item, settledBefore: asked.settledBefore }];
  });
}
