import type { Expiry, ItemName } from '@holdfast/protocol';
import { clientOf } from '../../step/circumstances.js';
import { isEmitted, type Message } from '../../step/concept.js';
import type { Session } from '../../step/session.js';
import { stateName } from '../../step/state-name.js';

/** They were here and are not now: whoever comes back from it has rejoined. A suspicion, or a reload, is no return. */
const AWAY: readonly string[] = ['gone', 'left', 'exited'];
/** See {@link AWAY}. */
export const isAway = (presence: string): boolean => AWAY.includes(presence);

/** What makes this item's answer old in this session, by the policy (H15, H24). */
export const asksAgainOn = (
  item: ItemName,
  { policy, appointment }: Pick<Session, 'policy' | 'appointment'>,
): readonly Expiry[] => policy.sessionTypes[appointment.type]?.items[item]?.asksAgainOn ?? [];

/** A fact that says that the client is there, with the presence that they had until now. */
function ofClient(message: Message, session: Session): readonly Expiry[] {
  const client = clientOf(session);
  const isTheirs =
    message.type === 'media.reported'
      ? 'state' in message && message.state === 'up' && message.client === client
      : (message.type === 'device.joined' || message.type === 'device.heard') &&
        'person' in message &&
        message.person === client;
  if (!isTheirs) return [];
  const isBack = isAway(stateName(session.charts[`presence:${client}`]?.value ?? 'none'));
  return [
    ...(message.type === 'device.joined' ? ['anotherDevice' as const] : []),
    ...(isBack ? ['rejoin' as const] : []),
  ];
}

/** What a message makes old, in the policy's words; empty for a message that makes nothing old. */
export function expiriesOf(message: Message, session: Session): readonly Expiry[] {
  if (!isEmitted(message)) return ofClient(message, session);
  switch (message.type) {
    case 'item.answered':
    case 'item.reopened':
      // I7: a place that is given anew is read back anew (H04).
      if (message.subject?.id === 'location') return ['newPlace'];
      // I14: the contact who was named may be the guardian who is the risk (H30).
      return message.subject?.id === 'guardianConsent' && message.outcome === 'notSafe'
        ? ['guardianNotSafe']
        : [];
    case 'crisis.opened':
      return ['crisis'];
    case 'call.movedToVideo':
    case 'channel.changed':
      return ['channelSwitch'];
    // U6, Q9: who is in the room after a pause is not known from before it (A04, H15).
    case 'pause.ended':
    case 'privacy.resolved':
      return ['afterPause'];
    default:
      return [];
  }
}
