// For applications.
export { LiveKitVideo } from './livekit-video.js';
export type { LiveKitVideoOptions } from './livekit-video.js';
