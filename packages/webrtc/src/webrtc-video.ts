import type { VideoConnectOptions, VideoConnection, VideoPort } from '@holdfast/session';
import { PeerLink } from './peer-link.js';

/** Settings of direct media. */
export interface WebRtcVideoOptions {
  /** Makes the peer connection. Default: the browser's own. */
  readonly createPeer?: (configuration: RTCConfiguration) => RTCPeerConnection;
}

/**
 * Video straight from device to device. The session server hands the descriptions over; media goes through nobody, or
 * through the host's relay (`relayOnly` in the grant: direct media shows each home's address to the other).
 */
export class WebRtcVideo implements VideoPort {
  /** Takes grants of direct media. */
  readonly transport = 'webrtc';
  readonly #createPeer: (configuration: RTCConfiguration) => RTCPeerConnection;

  constructor(options: WebRtcVideoOptions = {}) {
    this.#createPeer = options.createPeer ?? ((configuration) => new RTCPeerConnection(configuration));
  }

  /** Starts to connect and returns at once; the ICE servers are in the grant. */
  connect(options: VideoConnectOptions): VideoConnection {
    return new PeerLink(options, this.#createPeer);
  }
}
