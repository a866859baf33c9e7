import { ITEM_RULES, type ItemName } from '@holdfast/protocol';
import { askedItems } from '../../step/asked-items.js';
import { isEmitted, type Concept, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { asksAgainOn, expiriesOf } from './expiries.js';
import { itemMachine } from './item.machine.js';

/** What concerns one item and makes nothing old. */
const ONE_ITEM: Readonly<Partial<Record<string, ItemName>>> = {
  'consent.withdrawn': 'consent',
  'risk.raised': 'localRoute',
  'risk.lowered': 'localRoute',
  'route.tested': 'escalationRoute',
};

/** Which items a message concerns: the one that it names, or those whose answer it makes old. */
function concerns(message: Message, session: Session): readonly ItemName[] {
  if (isEmitted(message)) {
    const one = ONE_ITEM[message.type];
    if (one !== undefined) return [one];
  } else if ('item' in message) return [message.item];
  const expiries = expiriesOf(message, session);
  if (expiries.length === 0) return [];
  return (
    askedItems(session)
      .map(({ item }) => item)
      // A place that is given is not made old by being given.
      .filter((item) => !isEmitted(message) || message.subject?.id !== item)
      .filter((item) => asksAgainOn(item, session).some((expiry) => expiries.includes(expiry)))
      // V1: what a client's device holds does not tell that a pathway was settled.
      .filter(
        (item) => message.type !== 'privacy.resolved' || !ITEM_RULES[item].answeredBy.includes('client'),
      )
  );
}

/** Set-up items, one chart each. */
export const itemConcept: Concept = {
  name: 'item',
  machine: itemMachine,
  startsWith: (session) => askedItems(session as Session).map(({ item }) => item),
  concerns: (message, session) =>
    concerns(message, session).filter((item) => session.charts[`item:${item}`] !== undefined),
};
