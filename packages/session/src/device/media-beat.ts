/**
 * The heartbeat on the media path: lossy, unordered, 24 bytes. `echo` is what makes one direction prove both.
 *
 * Binary because size is time here: after an outage a video server's data channel may have one packet (1200 bytes) on
 * its way until its timer fires, and that timer has backed off to 8 or 16 s. Measured with a LiveKit server: heartbeats
 * of 150 bytes came back 7.4 s after the picture did, because the backlog filled that packet.
 */
interface MediaBeat {
  /** One page load: a reload counts anew. */
  readonly page: number;
  readonly count: number;
  readonly echo: { readonly page: number; readonly count: number; readonly ageMs: number } | null;
  readonly isVisible: boolean;
  /** Age of the page's last tick: how long it did not run. */
  readonly mainThreadAgeMs: number;
}

/** What a received heartbeat says. */
export interface PeerBeat {
  /** How long ago the other device heard this one; null when it did not yet. */
  readonly heardMeAgoMs: number | null;
  readonly isVisible: boolean;
}

/** Heartbeats of one page with one other device. */
export interface MediaPulse {
  next(atMs: number, isVisible: boolean, mainThreadAgeMs: number): Uint8Array;
  /** Null when it is no heartbeat of another page, or one that came too late to say anything. */
  receive(data: Uint8Array, atMs: number): PeerBeat | null;
}

/** A lossy message can still be late. An echo is worth no more than the age of what it echoes, less this way and back. */
const WAY_AND_BACK_MS = 1000;
/** Own heartbeats whose instants are known: half a minute of them. */
const KNOWN_BEATS = 64;
const LONG_AGO_MS = 60_000;

/** @param name Names this page load; any string. */
export function createMediaPulse(name: string): MediaPulse {
  const page = pageNumber(name);
  let count = 0;
  let heard: { readonly page: number; readonly count: number; readonly atMs: number } | null = null;
  const sentAtMs = new Map<number, number>();
  const heardMeAgo = (echo: NonNullable<MediaBeat['echo']>, atMs: number): number => {
    const sent = sentAtMs.get(echo.count);
    return sent === undefined ? LONG_AGO_MS : Math.max(echo.ageMs, atMs - sent - WAY_AND_BACK_MS);
  };
  return {
    next(atMs, isVisible, mainThreadAgeMs) {
      const echo = heard && { page: heard.page, count: heard.count, ageMs: Math.max(0, atMs - heard.atMs) };
      count += 1;
      sentAtMs.set(count, atMs).delete(count - KNOWN_BEATS);
      return write({ page, count, echo, isVisible, mainThreadAgeMs });
    },
    receive(data, atMs) {
      const beat = read(data);
      if (beat === null || beat.page === page) return null;
      if (heard !== null && heard.page === beat.page && beat.count <= heard.count) return null;
      heard = { page: beat.page, count: beat.count, atMs };
      const heardMeAgoMs = beat.echo?.page === page ? heardMeAgo(beat.echo, atMs) : null;
      return { heardMeAgoMs, isVisible: beat.isVisible };
    },
  };
}

/** 32 bits of a name (FNV-1a): two page loads of one session that share them are not to be expected. */
function pageNumber(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

const VERSION = 1;
const BYTES = 24;
const IS_VISIBLE = 1;
const HAS_ECHO = 2;
const short = (ms: number) => Math.min(Math.round(ms), 0xffff);

function write({ page, count, echo, isVisible, mainThreadAgeMs }: MediaBeat): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(BYTES));
  bytes.setUint8(0, VERSION);
  bytes.setUint8(1, (isVisible ? IS_VISIBLE : 0) | (echo === null ? 0 : HAS_ECHO));
  bytes.setUint16(2, short(mainThreadAgeMs));
  bytes.setUint32(4, page);
  bytes.setUint32(8, count);
  bytes.setUint32(12, echo?.page ?? 0);
  bytes.setUint32(16, echo?.count ?? 0);
  bytes.setUint32(20, Math.round(echo?.ageMs ?? 0));
  return new Uint8Array(bytes.buffer);
}

function read(data: Uint8Array): MediaBeat | null {
  if (data.byteLength !== BYTES || data[0] !== VERSION) return null;
  const bytes = new DataView(data.buffer, data.byteOffset, BYTES);
  const flags = bytes.getUint8(1);
  const echo = { page: bytes.getUint32(12), count: bytes.getUint32(16), ageMs: bytes.getUint32(20) };
  return {
    page: bytes.getUint32(4),
    count: bytes.getUint32(8),
    echo: (flags & HAS_ECHO) === 0 ? null : echo,
    isVisible: (flags & IS_VISIBLE) !== 0,
    mainThreadAgeMs: bytes.getUint16(2),
  };
}
