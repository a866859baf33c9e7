// For applications: the video port of practice rooms, for the page.
export { PracticeVideo } from './practice-video.js';
export type { PracticeVideoOptions } from './practice-video.js';
export type { DrawnTrack, DrawTrack } from './drawn-track.js';

// For adapter authors: a device that is played.
export { Air } from './air.js';
export { joinWithoutPage } from './join-without-page.js';
export type { DeviceWithoutPage, Wire, WithoutPageOptions } from './join-without-page.js';
export type { LineSocket } from '../device/line.js';
