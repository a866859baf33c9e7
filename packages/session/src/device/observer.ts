import type { Instant, Picture, Sound } from '@holdfast/protocol';
import type { RemoteTrack, VideoCounters } from '../ports.js';

/** One look at what arrives from the other person, on one clock (the caller's). */
export interface Glance {
  readonly atMs: Instant;
  readonly counters: VideoCounters;
  readonly tracks: readonly RemoteTrack[];
  /** Pictures are wanted here: off to save data, nothing that is missing is a fault of theirs. */
  readonly wantsPictures: boolean;
  /** The page is on the screen: browsers draw nothing for one that is not. */
  readonly isVisible: boolean;
}

/** What reaches this device, and since when each of the two is so. */
export interface Reached {
  readonly picture: Picture;
  readonly pictureSinceMs: Instant;
  readonly sound: Sound;
  readonly soundSinceMs: Instant;
}

/** Frames and packets that stop for this long have stopped: shorter gaps are in every call. */
const STOPPED_AFTER_MS = 2000;
/** What is poor is poor over this long. */
const WINDOW_MS = 4000;
const POOR_FRAMES_A_SECOND = 5;
/** One packet of sound in ten: words are lost. */
const POOR_LOSS = 0.1;
/** Silence is sent sparingly by some: below so many packets in the window nothing is said of loss. */
const FEWEST_PACKETS = 20;

interface Kept {
  readonly glance: Glance;
  readonly frameAtMs: Instant;
  readonly packetAtMs: Instant;
}

/** Sees what arrives from the other person: flow, not the state of a link (H11). Reads no clock. */
export interface Observer {
  /** Null while there is nothing to say yet. */
  look(glance: Glance): Reached | null;
  /** What was counted before says nothing of what comes: media was away. */
  startAnew(): void;
}

export function createObserver(): Observer {
  let window: Kept[] = [];
  let reached: Reached | null = null;
  let begunAtMs = 0;
  return {
    look(glance) {
      const { atMs } = glance;
      const last = window.at(-1);
      if (last === undefined) begunAtMs = atMs;
      window = [...window.filter((kept) => atMs - kept.glance.atMs <= WINDOW_MS), keep(glance, last)];
      // Nobody judges in the first moments.
      if (atMs - begunAtMs < STOPPED_AFTER_MS) return reached;
      reached = settled(reached, pictureIn(window, reached), soundIn(window), atMs);
      return reached;
    },
    startAnew() {
      window = [];
    },
  };
}

function keep(glance: Glance, last: Kept | undefined): Kept {
  const { atMs, counters } = glance;
  if (last === undefined) return { glance, frameAtMs: atMs, packetAtMs: atMs };
  const before = last.glance.counters;
  const isFresh = (kind: 'audio' | 'video') => isSent(last.glance, kind) !== isSent(glance, kind);
  return {
    glance,
    frameAtMs: counters.pictureFrames > before.pictureFrames || isFresh('video') ? atMs : last.frameAtMs,
    packetAtMs: counters.soundPackets > before.soundPackets || isFresh('audio') ? atMs : last.packetAtMs,
  };
}

const trackOf = ({ tracks }: Glance, kind: 'audio' | 'video'): RemoteTrack | undefined =>
  tracks.find((track) => track.kind === kind);
const isSent = (glance: Glance, kind: 'audio' | 'video'): boolean => trackOf(glance, kind)?.isMuted === false;

type Part<T> = readonly [T, Instant | null];

/** With the instant since when, where that is known better than by this look. */
function pictureIn(window: readonly Kept[], reached: Reached | null): Part<Picture> {
  const [first, last] = [window[0], window.at(-1)];
  if (first === undefined || last === undefined) return ['off', null];
  const { glance, frameAtMs } = last;
  if (!glance.wantsPictures) return ['offByChoice', null];
  if (!isSent(glance, 'video')) return ['off', null];
  if (!glance.isVisible) return [reached?.picture ?? 'seen', null];
  if (glance.atMs - frameAtMs >= STOPPED_AFTER_MS) return ['frozen', frameAtMs];
  const seconds = (glance.atMs - first.glance.atMs) / 1000;
  const wasSentAllAlong = window.every((kept) => isSent(kept.glance, 'video') && kept.glance.isVisible);
  if (seconds < WINDOW_MS / 1000 || !wasSentAllAlong) return ['seen', null];
  const frames = glance.counters.pictureFrames - first.glance.counters.pictureFrames;
  return [frames / seconds < POOR_FRAMES_A_SECOND ? 'poor' : 'seen', null];
}

function soundIn(window: readonly Kept[]): Part<Sound> {
  const [first, last] = [window[0], window.at(-1)];
  if (first === undefined || last === undefined) return ['gone', null];
  const { glance, packetAtMs } = last;
  const track = trackOf(glance, 'audio');
  if (track?.isMuted === true) return ['muted', null];
  if (track === undefined) return ['gone', null];
  if (glance.atMs - packetAtMs >= STOPPED_AFTER_MS) return ['gone', packetAtMs];
  const arrived = glance.counters.soundPackets - first.glance.counters.soundPackets;
  const lost = glance.counters.lostSoundPackets - first.glance.counters.lostSoundPackets;
  const all = arrived + lost;
  return [all >= FEWEST_PACKETS && lost / all > POOR_LOSS ? 'poor' : 'heard', null];
}

/** What stays as it is stays since when it was. */
const settled = (
  reached: Reached | null,
  [picture, pictureAtMs]: Part<Picture>,
  [sound, soundAtMs]: Part<Sound>,
  atMs: Instant,
): Reached => ({
  picture,
  pictureSinceMs: reached?.picture === picture ? reached.pictureSinceMs : (pictureAtMs ?? atMs),
  sound,
  soundSinceMs: reached?.sound === sound ? reached.soundSinceMs : (soundAtMs ?? atMs),
});
