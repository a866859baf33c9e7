import type { VideoConnectOptions } from '@holdfast/session';
import {
  AudioPresets,
  type ReconnectPolicy,
  type RoomConnectOptions,
  type RoomOptions,
} from 'livekit-client';

/** Longer than any ladder: LiveKit's own policy would give up after 205 to 219 s and never come back (livekit-facts 1.3). */
const KEEPS_TRYING_MS = 2 * 60 * 60_000;
/** A video server that starts again is found this soon. */
const LONGEST_PAUSE_MS = 2500;

/**
 * LiveKit's own way back, for what nobody else notices: a lost signal socket under living media, a video server that
 * starts again. Each try that meets a dead network takes 15 s by itself and counts against the page's sockets, so the
 * pauses are short but not hurried; `hint('networkIsBack')` is what is quick.
 */
export const reconnectPolicy: ReconnectPolicy = {
  nextRetryDelayInMs({ retryCount, elapsedMs }) {
    if (elapsedMs > KEEPS_TRYING_MS) return null;
    if (retryCount === 0) return 0;
    const pauseMs = Math.min(250 * 2 ** retryCount, LONGEST_PAUSE_MS);
    return Math.round(pauseMs * (0.7 + 0.6 * Math.random()));
  },
};

export const ROOM_OPTIONS: RoomOptions = {
  reconnectPolicy,
  // A page that goes away says so through the session server: LiveKit's own leave looks like hanging up.
  disconnectOnPageLeave: false,
  // The tracks belong to the session: otherwise every new room would switch the camera off.
  stopLocalTrackOnUnpublish: false,
  // The other side's picture is drawn by the host's own elements, which LiveKit does not know.
  adaptiveStream: false,
  dynacast: true,
};

/**
 * For a bad link (D02): sound without a second copy of it, and one small picture, which together fit through 150 kbit/s.
 * LiveKit's own choice (music sent twice, 125 to 500 kbit/s of picture) fills such a link until neither sound nor signs of
 * life come through it.
 */
const SMALL: RoomOptions['publishDefaults'] = {
  audioPreset: AudioPresets.speech,
  red: false,
  simulcast: false,
  videoEncoding: { maxBitrate: 60_000, maxFramerate: 12 },
};

/** For a device that knows this of its link. */
export const roomOptions = (link: VideoConnectOptions['link']): RoomOptions =>
  link === 'bad' ? { ...ROOM_OPTIONS, publishDefaults: SMALL } : ROOM_OPTIONS;

export const CONNECT_OPTIONS: RoomConnectOptions = {
  autoSubscribe: true,
  maxRetries: 0,
  websocketTimeout: 10_000,
};

/** The pause before the next new room, after `failures` in a row. */
export const rebuildPauseMs = (failures: number): number => Math.min(500 * 2 ** failures, 5000);
