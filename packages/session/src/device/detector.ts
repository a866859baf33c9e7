import type { Instant, MediaEvidence, Verdict } from '@holdfast/protocol';
import type { VideoLinkState } from '../ports.js';

/** Something that this device noticed, with its instant on one clock (the caller's). */
export type Evidence =
  /** Media is wanted from now on. `hasOwnServer`: the link leads to a video server, not to the other device. */
  | { readonly kind: 'mediaOpened'; readonly hasOwnServer: boolean }
  | { readonly kind: 'mediaClosed' }
  /** A heartbeat of the other device on the media path; `heardMeAgoMs` is its echo of ours, null when it heard none. */
  | { readonly kind: 'peerBeat'; readonly atMs: Instant; readonly heardMeAgoMs: number | null }
  /** The session server answered. */
  | { readonly kind: 'serverHeard'; readonly atMs: Instant }
  /** The other end of the video link answered (STUN, signal pong). */
  | { readonly kind: 'linkAnswered'; readonly atMs: Instant }
  /** Sound or picture of the other person arrived. */
  | { readonly kind: 'mediaArrived'; readonly atMs: Instant }
  | { readonly kind: 'linkChanged'; readonly state: VideoLinkState }
  /** The browser's own word; only `false` means something. */
  | { readonly kind: 'networkChanged'; readonly isOnline: boolean }
  /** Whether the session server hears the other person; null: not known. */
  | { readonly kind: 'peerHeardByServer'; readonly isHeard: boolean | null };

export interface DetectorLimits {
  /** No heartbeats both ways for this long: the media path is silent (policy `suspectAfterMs`). */
  readonly suspectAfterMs: number;
}

/** Plain data: all that the detector remembers. */
export interface Witness {
  readonly media: 'none' | 'wanted';
  readonly hasOwnServer: boolean;
  readonly link: VideoLinkState;
  readonly isOnline: boolean;
  readonly isPeerHeardByServer: boolean | null;
  readonly bothWaysAtMs: Instant | null;
  readonly peerBeatAtMs: Instant | null;
  readonly heardMeAgoMs: number | null;
  readonly serverHeardAtMs: Instant | null;
  readonly linkAnsweredAtMs: Instant | null;
  readonly mediaArrivedAtMs: Instant | null;
}

/** What follows from the evidence at an instant. `verdict` is null when nothing is wrong. */
export interface Detection extends MediaEvidence {
  readonly verdict: Verdict | null;
}

/** What arrived this soon after the last heartbeat may have left before it: no proof that a link outlived it. */
const PROOF_MARGIN_MS = 600;
/** Nothing at all for this long, from anywhere: it is this device's own link. */
const OWN_LINK_AFTER_MS = 2000;
/** The session server is silent (its echo comes every 500 ms). */
const SERVER_SILENT_MS = 2000;
/** A healthy link answers at least every 2.8 s (livekit-facts 6.2). */
const LINK_SILENT_MS = 5000;
/** Direct media is silent and nobody knows better: after this long it is said to be the other side. */
const OTHER_SIDE_AFTER_MS = 4000;

export const noEvidence: Witness = {
  media: 'none',
  hasOwnServer: false,
  link: 'closed',
  isOnline: true,
  isPeerHeardByServer: null,
  bothWaysAtMs: null,
  peerBeatAtMs: null,
  heardMeAgoMs: null,
  serverHeardAtMs: null,
  linkAnsweredAtMs: null,
  mediaArrivedAtMs: null,
};

const latest = (a: Instant | null, b: Instant): Instant => (a === null ? b : Math.max(a, b));

/** Adds one piece of evidence. Evidence that arrives out of order never takes anything back. */
export function witness(seen: Witness, evidence: Evidence): Witness {
  switch (evidence.kind) {
    case 'mediaOpened':
      return { ...seen, media: 'wanted', hasOwnServer: evidence.hasOwnServer, link: 'connecting' };
    case 'mediaClosed':
      // The next media starts with no contact of its own; what is known of the host path stays.
      return {
        ...noEvidence,
        isOnline: seen.isOnline,
        serverHeardAtMs: seen.serverHeardAtMs,
        isPeerHeardByServer: seen.isPeerHeardByServer,
      };
    case 'peerBeat':
      return withPeerBeat(seen, evidence.atMs, evidence.heardMeAgoMs);
    case 'serverHeard':
      return { ...seen, serverHeardAtMs: latest(seen.serverHeardAtMs, evidence.atMs) };
    case 'linkAnswered':
      return { ...seen, linkAnsweredAtMs: latest(seen.linkAnsweredAtMs, evidence.atMs) };
    case 'mediaArrived':
      return { ...seen, mediaArrivedAtMs: latest(seen.mediaArrivedAtMs, evidence.atMs) };
    case 'linkChanged':
      return { ...seen, link: evidence.state };
    case 'networkChanged':
      return { ...seen, isOnline: evidence.isOnline };
    case 'peerHeardByServer':
      return { ...seen, isPeerHeardByServer: evidence.isHeard };
  }
}

function withPeerBeat(seen: Witness, atMs: Instant, heardMeAgoMs: number | null): Witness {
  if (seen.peerBeatAtMs !== null && atMs < seen.peerBeatAtMs) return seen;
  // The last moment of which both directions are known: when the other device last heard this one.
  const bothWaysAtMs =
    heardMeAgoMs === null ? seen.bothWaysAtMs : latest(seen.bothWaysAtMs, Math.max(0, atMs - heardMeAgoMs));
  return { ...seen, peerBeatAtMs: atMs, heardMeAgoMs, bothWaysAtMs };
}

/** Pure: reads no clock. The verdict changes words and who is alerted, never the ladder's own clock (design). */
export function detect(seen: Witness, limits: DetectorLimits, atMs: Instant): Detection {
  const state = mediaState(seen, limits, atMs);
  const verdict =
    state === 'silent' ? blame(seen, atMs) : state === 'up' && isServerSilent(seen, atMs) ? 'ours' : null;
  return { state, lastBothWaysAtMs: seen.bothWaysAtMs, verdict };
}

function mediaState(
  seen: Witness,
  { suspectAfterMs }: DetectorLimits,
  atMs: Instant,
): MediaEvidence['state'] {
  if (seen.media === 'none') return 'none';
  if (seen.bothWaysAtMs === null || seen.peerBeatAtMs === null) return 'connecting';
  const iHear = atMs - seen.peerBeatAtMs <= suspectAfterMs;
  const theyHear = seen.heardMeAgoMs !== null && seen.heardMeAgoMs <= suspectAfterMs;
  return iHear && theyHear ? 'up' : 'silent';
}

const isServerSilent = (seen: Witness, atMs: Instant): boolean =>
  seen.serverHeardAtMs === null || atMs - seen.serverHeardAtMs > SERVER_SILENT_MS;

/** Whose fault is the silence? Only evidence newer than the other side's last heartbeat proves anything. */
function blame(seen: Witness, atMs: Instant): Verdict {
  if (!seen.isOnline) return 'me';
  const gapMs = seen.peerBeatAtMs ?? 0;
  const isNewer = (instant: Instant | null) => instant !== null && instant > gapMs + PROOF_MARGIN_MS;
  // And only while it is fresh: a path that outlived the other side by a second may be gone by now.
  const isFresh = (instant: Instant | null, forMs: number) =>
    isNewer(instant) && atMs - (instant ?? 0) <= forMs;
  const hostPathLives = isFresh(seen.serverHeardAtMs, SERVER_SILENT_MS);
  const linkLives =
    isFresh(seen.linkAnsweredAtMs, LINK_SILENT_MS) || isFresh(seen.mediaArrivedAtMs, SERVER_SILENT_MS);
  const silentForMs = atMs - gapMs;
  if (!hostPathLives && !linkLives) return silentForMs >= OWN_LINK_AFTER_MS ? 'me' : 'unknown';
  if (linkLives) return 'them';
  if (seen.isPeerHeardByServer === false) return 'them';
  if (seen.hasOwnServer) return isLinkGone(seen, atMs) ? 'videoServer' : 'unknown';
  return seen.isPeerHeardByServer === null && silentForMs >= OTHER_SIDE_AFTER_MS ? 'them' : 'unknown';
}

function isLinkGone(seen: Witness, atMs: Instant): boolean {
  if (seen.link === 'failed' || seen.link === 'closed' || seen.link === 'interrupted') return true;
  return atMs - (seen.linkAnsweredAtMs ?? 0) > LINK_SILENT_MS;
}
