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
        return message.subject?.id === 'location' ? 'newPlace' : null;
      case 'crisis.opened':
        return 'crisis';
      case 'call.movedToVideo':
      case 'channel.changed':
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

/** Which items a message concerns: the one that it names, or those whose answer it makes old. */
function concerns(message: Message, session: Session): readonly ItemName[] {
  if (isEmitted(message)) {
    if (message.type === 'consent.withdrawn') return ['consent'];
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
