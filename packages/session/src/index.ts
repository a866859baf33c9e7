// The devices' entry: what a page needs. It must never import xstate, which the authority alone uses.

// For applications.
export { joinSession } from './device/join-session.js';
export { checkDevice } from './device/device-check.js';
export type { DeviceCheck, DeviceCheckOptions } from './device/device-check.js';
export { SessionError } from './session-error.js';
export type { SessionErrorCode } from './session-error.js';
export { LINE_SILENT_AFTER_MS } from './view/line.js';
export type {
  ActionCard,
  Cannot,
  Choice,
  DeviceState,
  Field,
  Message,
  Notice,
  Preflight,
  ShownFact,
  Stage,
  Task,
  View,
  ViewPerson,
} from './view/types.js';
export type {
  JoinedSession,
  JoinOptions,
  LocalMedia,
  MediaState,
  SendResult,
  SessionEvents,
} from './device/types.js';

// For adapter authors.
export { Listeners } from './device/listeners.js';
export { createFreshPicture } from './device/fresh-picture.js';
export type { FreshPicture } from './device/fresh-picture.js';
export { RoomShares } from './device/room-shares.js';
export type { RoomSharesOptions } from './device/room-shares.js';
export { createTrafficCounters } from './device/traffic-counters.js';
export type { TrafficCounters } from './device/traffic-counters.js';
export { systemClock } from './device/system-clock.js';
export type {
  Clock,
  RemoteTrack,
  SignalChannel,
  VideoConnection,
  VideoConnectionEvents,
  VideoConnectOptions,
  VideoCounters,
  VideoLinkState,
  VideoPort,
} from './ports.js';
