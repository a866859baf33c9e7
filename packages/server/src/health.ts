import type { WatchdogCondition } from '@holdfast/protocol';
import type { Authority } from './authority/authority.js';
import type { SinkHealth } from './sinks/sink-feeder.js';
import type { SessionKey } from './store/store.js';

/** How the session server is. Safe to log and to show: no identifiers but the names of sinks and the ids of sessions that are unreadable. */
export interface Health {
  /** It can store, and what is due will be done. */
  readonly inCharge: boolean;
  /** Since when `inCharge` is what it is, in milliseconds since the Unix epoch. */
  readonly sinceMs: number;
  /** Sessions that are not closed. */
  readonly openSessions: number;
  /** The latest that any deadline was fired, in milliseconds after it was due. */
  readonly worstLateMs: number;
  /** How each sink stands (H17). */
  readonly sinks: readonly SinkHealth[];
  /** What stands on the screens of the staff now (rule V7), over all open sessions, each once. */
  readonly watchdog: readonly WatchdogCondition[];
  /** Sessions of the store that could not be taken over so far. Their rows are left as they are, and tried again. */
  readonly unreadable: readonly SessionKey[];
}

export function healthOf(authority: Authority): Health {
  const { isInCharge, sinceMs } = authority.charge;
  return {
    inCharge: isInCharge,
    sinceMs,
    openSessions: [...authority.desks].filter((desk) => desk.live.record.isOpen).length,
    worstLateMs: authority.deadlines.worstLateMs,
    sinks: authority.feeders.map((feeder) => feeder.health()),
    watchdog: authority.watchdog.all(),
    unreadable: authority.desks.unreadable,
  };
}
