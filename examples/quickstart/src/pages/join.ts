import { HoldfastSession } from '@holdfast/elements';
import type { VideoPort } from '@holdfast/session';
import { PracticeVideo } from '@holdfast/session/practice';
import { WebRtcVideo } from '@holdfast/webrtc';

/** LiveKit is a large script: only sessions that use it load it, and the first screen does not wait for it. */
async function videos(): Promise<VideoPort[]> {
  if (location.pathname !== '/livekit') return [new WebRtcVideo(), new PracticeVideo()];
  const address = '/livekit-video.js';
  const { video } = (await import(address)) as typeof import('./livekit-video.js');
  return [new WebRtcVideo(), video];
}

const screen = document.querySelector('holdfast-session');
if (screen instanceof HoldfastSession) {
  screen.video = videos();
  screen.link = location.href;
  // Another link of the same page changes only what stands after the #: without this the browser would show the old page.
  addEventListener('hashchange', () => location.reload());
}
