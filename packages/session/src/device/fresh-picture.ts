import type { Clock, VideoCounters } from '../ports.js';

/** After a gap in what arrives from the other side, makes this side's encoder send a whole picture. */
export interface FreshPicture {
  /** A message of the other side arrived: the path is there. */
  heard(): void;
  /** What was counted of the path, each time that it is counted. */
  counted(counters: VideoCounters): void;
}

/** Two heartbeats and a half: shorter gaps are loss, which the decoder repairs by itself. */
const GAP_MS = 1250;
/** The first one may come before the way back to the other side is open. */
const AGAIN_AFTER_MS = 300;

interface KeyFrameOptions {
  readonly encodingOptions: readonly { readonly keyFrame: true }[];
}

/**
 * For adapters of `VideoPort` over WebRTC. A decoder that lost packets asks again for each for about a second before it
 * asks for a whole picture; a sender that knows that the path was gone need not wait for that. Chromium does it on
 * `encodingOptions` of `setParameters` (webrtc-extensions), other browsers ignore them and heal as before.
 *
 * @param senders The senders of this side's picture, as they are then.
 */
export function createFreshPicture(clock: Clock, senders: () => readonly RTCRtpSender[]): FreshPicture {
  let lastMs: number | null = null;
  let packets = 0;
  const send = () => senders().forEach((sender) => void sendKeyFrame(sender));
  const heard = () => {
    const nowMs = clock.nowMs();
    const isBack = lastMs !== null && nowMs - lastMs > GAP_MS;
    lastMs = nowMs;
    if (!isBack) return;
    send();
    clock.after(AGAIN_AFTER_MS, send);
  };
  return {
    heard,
    counted: ({ receivedPackets }) => {
      if (receivedPackets > packets) heard();
      packets = receivedPackets;
    },
  };
}

/** What Chromium takes beside the parameters; others ignore it. */
interface KeyFrameSender {
  setParameters(parameters: RTCRtpSendParameters, options: KeyFrameOptions): Promise<void>;
}

async function sendKeyFrame(sender: RTCRtpSender): Promise<void> {
  const asked: KeyFrameSender = sender;
  try {
    const parameters = sender.getParameters();
    await asked.setParameters(parameters, {
      encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })),
    });
  } catch {
    // A sender that was just stopped has no picture to send.
  }
}
