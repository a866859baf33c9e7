import type { PresenceContext } from '../machines/presence/presence.machine.js';
import type { Session } from '../step/session.js';
import { stateName } from '../step/state-name.js';
import type { Nearness } from './client-projection.js';

const NEARNESS: Readonly<Record<string, Nearness>> = {
  alive: 'here',
  suspected: 'here',
  notYet: 'notYet',
  none: 'notYet',
};

/**
 * How those who are no staff see others. A page that goes may be a reload, and how long it is waited for depends on risk:
 * for them it is away at once, so that the frames of both sessions are the same (V1).
 */
export function nearness(session: Session, person: string): Nearness {
  const chart = session.charts[`presence:${person}`];
  const isGoing = chart?.value === 'suspected' && (chart.context as unknown as PresenceContext).isUnloading;
  return isGoing ? 'away' : (NEARNESS[stateName(chart?.value ?? 'none')] ?? 'away');
}
