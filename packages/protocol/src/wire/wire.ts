/** Version of the messages between a device and the session server. A server refuses others (H25). */
export const WIRE_VERSION = 1;
/** Largest message that a device may send, in bytes of UTF-8. A WebRTC description is about 6 kB. */
export const MAX_MESSAGE_BYTES = 65_536;
/** Heartbeats on the host path and on the media path, in milliseconds (livekit-facts section 5). */
export const HEARTBEAT_EVERY_MS = 500;
