// For applications: builders and fakes for the tests of hosts and adapters.
export { FakeClock } from './fake-clock.js';
export { checkDeviceOn } from '../device/device-check.js';
export { joinOn } from '../device/join-session.js';
export type { Platform } from '../device/platform.js';
export { FakeServer, fakePage, fakeStorage } from './fake-server.js';
export type { FakePage, FakeServerOptions } from './fake-server.js';
export { FakeVideo } from './fake-video.js';
export type { FakeVideoOptions, FakeWay } from './fake-video.js';
export {
  aLiveSession,
  aSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  deviceOf,
  DUTY,
  PRACTITIONER,
  SETTLED_BY_TALKING,
  Walk,
} from './a-session.js';
export type { SessionOptions } from './a-session.js';
export { aLiveMeeting, aWaitingMeeting, FELLOWS, MeetingWalk } from './a-meeting.js';
export { giveReasons, unreasonedOf } from './reasons.js';
export { ANSWERS } from './answers.js';
export { screenOf } from './a-screen.js';
export { admitted, atTheDoor, NEEDED, PARTICIPANTS, theirConsent } from './a-participant.js';
