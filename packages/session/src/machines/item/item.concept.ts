import { ITEMS, type ItemName } from '@holdfast/protocol';
import { isEmitted, type Concept, type Message } from '../../step/concept.js';
import { itemMachine } from './item.machine.js';

/** Which items a message concerns: the one that it names, or those whose answer it makes old. */
function concerns(message: Message, clients: readonly string[]): readonly ItemName[] {
  if (isEmitted(message)) {
    switch (message.type) {
      case 'item.answered':
      case 'item.reopened':
        // I7: a place that is given anew is read back anew (H04).
        return message.subject?.id === 'location' ? ['locationConfirmed'] : [];
      case 'crisis.opened':
        return ['locationConfirmed'];
      case 'call.movedToVideo':
        return ['clientPrivacy'];
      case 'consent.withdrawn':
        return ['consent'];
      default:
        return [];
    }
  }
  switch (message.type) {
    case 'item.answer':
    case 'item.reopen':
    case 'item.override':
      return [message.item];
    case 'device.joined':
      return clients.includes(message.person) ? ['clientPrivacy'] : [];
    default:
      return [];
  }
}

/** Set-up items, one chart each. */
export const itemConcept: Concept = {
  name: 'item',
  machine: itemMachine,
  startsWith: () => ITEMS,
  concerns: (message, session) =>
    concerns(
      message,
      session.people.filter((person) => person.role === 'client').map((person) => person.id),
    ),
};
