import { HoldfastSession } from '@holdfast/elements';
import type { VideoPort } from '@holdfast/session';
import { WebRtcVideo } from '@holdfast/webrtc';

/** LiveKit is a large script: only sessions that use it load it. */
async function livekitVideo(): Promise<VideoPort[]> {
  if (location.pathname !== '/livekit') return [];
  const address = '/livekit-video.js';
  const { video } = (await import(address)) as typeof import('./livekit-video.js');
  return [video];
}

const screen = document.querySelector('holdfast-session');
if (screen instanceof HoldfastSession) {
  screen.video = [new WebRtcVideo(), ...(await livekitVideo())];
  screen.link = location.href;
}
