// For applications.
export { livekitVideo } from './livekit-video.js';
export type { LiveKitVideoOptions } from './livekit-video.js';
