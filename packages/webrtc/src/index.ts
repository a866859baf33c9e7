// For applications.
export { WebRtcVideo } from './webrtc-video.js';
export type { WebRtcVideoOptions } from './webrtc-video.js';
