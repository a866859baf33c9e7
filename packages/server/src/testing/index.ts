// For applications' tests.
export { memoryStore } from '../store/memory-store.js';
export { breakableStore } from './breakable-store.js';
export type { BreakableStore } from './breakable-store.js';
export { fakeAlert } from './fake-alert.js';
export type { FakeAlert } from './fake-alert.js';
export { fakeSink } from './fake-sink.js';
export type { FakeSink } from './fake-sink.js';
export { fakeVideoServer } from './fake-video-server.js';
export type { FakeVideoServer, VideoServerCall } from './fake-video-server.js';
export { connectTestDevice } from './test-device.js';
export type { TestDevice, TestDeviceOptions } from './test-device.js';
export { practiceWorld } from './practice-world.js';
export type { Conduct, PracticeWorld } from './practice-world.js';
