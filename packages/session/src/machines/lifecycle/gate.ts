import { ITEM_RULES, type ItemName } from '@holdfast/protocol';
import { askedItems } from '../../step/asked-items.js';
import type { Circumstances, GateState } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { isSettled } from '../item/answers.js';
import type { LifecycleContext } from './lifecycle.machine.js';

/**
 * The gate at its two thresholds (rules G1, G2; A08, H13, H14). `media` needs the items that the policy wants before
 * any media; `live` needs every item. An override with a reason passes the threshold and leaves the items as tasks.
 */
export function gateOf(session: Pick<Session, 'charts' | 'policy' | 'appointment'>): Circumstances['gate'] {
  const open = askedItems(session).filter(({ item }) => {
    if (ITEM_RULES[item].isUncounted === true) return false;
    const chart = session.charts[`item:${item}`];
    return chart === undefined || !isSettled(chart);
  });
  const unsettled = open.map(({ item }) => item);
  const early = open.filter(({ settledBefore }) => settledBefore === 'media').map(({ item }) => item);
  const context = session.charts['lifecycle:session']?.context as LifecycleContext | undefined;
  const state = (missing: readonly ItemName[], reason: string | null | undefined): GateState =>
    missing.length === 0 ? 'settled' : reason == null ? 'open' : 'overridden';
  return {
    media: state(early, context?.overridden.media),
    live: state(unsettled, context?.overridden.live),
    missing: { media: early, live: unsettled },
  };
}
