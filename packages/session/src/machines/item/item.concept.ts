import type { Expiry, ItemName } from '@holdfast/protocol';
import { askedItems } from '../../step/asked-items.js';
import { isEmitted, type Concept, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { itemMachine } from './item.machine.js';

/** What a message makes old, in the policy's words; null for a message that makes nothing old. */
function expiryOf(message: Message, session: Session): Expiry | null {
  if (isEmitted(message)) {
    switch (message.type) {
      case 'item.answered':
      case 'item.reopened':
        // I7: a place that is given anew is read back anew (H04).
        if (message.subject?.id === 'location') return 'newPlace';
        // I14: the contact who was named may be the guardian who is the risk (H30).
        return message.subject?.id === 'guardianConsent' && message.outcome === 'notSafe'
          ? 'guardianNotSafe'
          : null;
      case 'crisis.opened':
        return 'crisis';
      case 'call.movedToVideo':
        return 'channelSwitch';
      default:
        return null;
    }
  }
  const isClients =
    message.type === 'device.joined' &&
    session.people.some(({ id, role }) => id === message.person && role === 'client');
  return isClients ? 'anotherDevice' : null;
}

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
  const expiry = expiryOf(message, session);
  if (expiry === null) return [];
  const items = session.policy.sessionTypes[session.appointment.type]?.items ?? {};
  return askedItems(session)
    .map(({ item }) => item)
    .filter((item) => items[item]?.asksAgainOn.includes(expiry));
}

/** Set-up items, one chart each. */
export const itemConcept: Concept = {
  name: 'item',
  machine: itemMachine,
  startsWith: (session) => askedItems(session as Session).map(({ item }) => item),
  concerns: (message, session) =>
    concerns(message, session).filter((item) => session.charts[`item:${item}`] !== undefined),
};
