import {
  HEARTBEAT_EVERY_MS,
  type Id,
  type MediaEvidence,
  type MediaGrant,
  type Verdict,
} from '@holdfast/protocol';
import type { Preflight } from '../view/types.js';
import type {
  Clock,
  RemoteTrack,
  SignalChannel,
  VideoConnection,
  VideoCounters,
  VideoLinkState,
  VideoPort,
} from '../ports.js';
import { detect, noEvidence, witness, type Detection, type Evidence, type Witness } from './detector.js';
import type { PageMedia } from './local-media.js';
import { createMediaPulse, type MediaPulse } from './media-beat.js';

export interface MediaSessionOptions {
  readonly clock: Clock;
  readonly ports: readonly VideoPort[];
  readonly signal: SignalChannel;
  /** This page load. */
  readonly page: Id;
  readonly suspectAfterMs: number;
  /** What is known of the link now. */
  readonly link: () => Preflight['connection'];
  readonly isVisible: () => boolean;
  /** The other end of this person's contact: heartbeats go there and count from there only (P16); null: nowhere (J11). */
  readonly peer: () => Id | null;
  /** What goes out and whether pictures are wanted; it shows what comes in, and what is held back. */
  readonly media: Pick<PageMedia, 'tracks' | 'wantsPictures' | 'showRemote' | 'holdBack'>;
  /** The transport was counted, with media up or not. */
  readonly onCounted: (counters: VideoCounters) => void;
  /** State or verdict changed: worth a fact. */
  readonly onDetection: (detection: Detection) => void;
  /** The transport needs a fresh grant. */
  readonly onExpired: () => void;
}

/** Silence after which a network that is back is worth a hint to the transport. */
const HINT_AFTER_MS = 3000;
/** How long the browser has to read its counters. */
const COUNT_WITHIN_MS = 5000;
/** An answer to the first heartbeat after a silence does not wait for its turn, but two are not sent at once. */
const ANSWER_AFTER_MS = 100;

/** Into silence heartbeats go less often: what piles up behind a dead path delays what comes after it. */
const beatEveryMs = (silentForMs: number): number =>
  silentForMs < 2000
    ? HEARTBEAT_EVERY_MS
    : silentForMs < 7000
      ? 2 * HEARTBEAT_EVERY_MS
      : 4 * HEARTBEAT_EVERY_MS;

/** One device's media: the transport's connection, its heartbeats, and what the detector makes of it all. */
export class MediaSession {
  readonly #options: MediaSessionOptions;
  readonly #cancelBeats: () => void;
  #pulse: MediaPulse;
  #connection: VideoConnection | null = null;
  #port: VideoPort | null = null;
  #seen: Witness = noEvidence;
  #detection: Detection = { state: 'none', lastBothWaysAtMs: null, verdict: null };
  #counters: VideoCounters | null = null;
  #countedPeer: Id | null = null;
  #tickedAtMs: number;
  #sentAtMs = 0;
  #countedAtMs = 0;
  #countingSinceMs: number | null = null;

  constructor(options: MediaSessionOptions) {
    this.#options = options;
    this.#pulse = createMediaPulse(options.page);
    this.#tickedAtMs = options.clock.nowMs();
    this.#cancelBeats = options.clock.every(HEARTBEAT_EVERY_MS, () => this.#tick());
  }

  /** On this device's clock. */
  get evidence(): MediaEvidence {
    const { state, lastBothWaysAtMs } = this.#detection;
    return { state, lastBothWaysAtMs };
  }

  get verdict(): Verdict | null {
    return this.#detection.verdict;
  }

  /** Connects, or goes on with a fresh grant. False when this page has no transport for it. */
  use(grant: MediaGrant): boolean {
    if (this.#connection !== null && this.#port?.transport === grant.transport) {
      // A grant that the transport cannot use leaves it as it is; it asks for another one.
      this.#connection.renew(grant).catch(() => undefined);
      return true;
    }
    const port = this.#options.ports.find(({ transport }) => transport === grant.transport);
    if (port === undefined) return false;
    this.close();
    this.#port = port;
    this.#note({ kind: 'mediaOpened', hasOwnServer: !('peer' in grant) });
    this.#listen(port, grant);
    return true;
  }

  setTrack(kind: 'audio' | 'video', track: MediaStreamTrack | null): void {
    void this.#connection?.setTrack(kind, track);
  }

  receivePictures(isWanted: boolean): void {
    this.#connection?.receivePictures(isWanted);
  }

  note(evidence: Evidence): void {
    this.#note(evidence);
  }

  /** The host path came back, or the browser says so. */
  networkIsBack(): void {
    if (this.#silentForMs() > HINT_AFTER_MS) this.#connection?.hint('networkIsBack');
    this.#beatNow();
  }

  peerIsBack(): void {
    if (this.#silentForMs() > HINT_AFTER_MS) this.#connection?.hint('peerIsBack');
    this.#beatNow();
  }

  /** Media of this device ends now; a later grant starts anew. */
  close(): void {
    const connection = this.#connection;
    this.#connection = null;
    this.#counters = null;
    if (connection === null) return;
    void connection.close();
    this.#options.media.showRemote([]);
    this.#options.media.holdBack([]);
    this.#note({ kind: 'mediaClosed' });
  }

  dispose(): void {
    this.#cancelBeats();
    this.close();
  }

  #listen(port: VideoPort, grant: MediaGrant): void {
    const { clock, signal, media, link } = this.#options;
    const connection = port.connect({ grant, signal, clock, tracks: media.tracks, link: link() });
    this.#connection = connection;
    if (!media.wantsPictures) connection.receivePictures(false);
    const whileUsed =
      <A>(call: (argument: A) => void) =>
      (argument: A) => {
        if (this.#connection === connection) call(argument);
      };
    connection.on(
      'link',
      whileUsed((state: VideoLinkState) => {
        this.#note({ kind: 'linkChanged', state });
        if (state === 'connected') this.#beat();
      }),
    );
    connection.on(
      'tracks',
      whileUsed((tracks: readonly RemoteTrack[]) => media.showRemote(tracks)),
    );
    connection.on(
      'heldBack',
      whileUsed((kinds: readonly ('audio' | 'video')[]) => media.holdBack(kinds)),
    );
    connection.on('message', (data, from) => connection === this.#connection && this.#onMessage(data, from));
    connection.on('expired', () => connection === this.#connection && this.#options.onExpired());
  }

  #onMessage(data: Uint8Array, from: Id | null): void {
    const peer = this.#options.peer();
    if (peer === null || (from !== null && from !== peer)) return;
    const atMs = this.#options.clock.nowMs();
    const beat = this.#pulse.receive(data, atMs);
    if (beat === null) return;
    const wasUp = this.#detection.state === 'up';
    this.#note({ kind: 'peerBeat', atMs, heardMeAgoMs: beat.heardMeAgoMs });
    if (!wasUp) this.#beatNow();
  }

  #beatNow(): void {
    if (this.#options.clock.nowMs() - this.#sentAtMs >= ANSWER_AFTER_MS) this.#beat();
  }

  #beat(): void {
    const { clock, isVisible, peer } = this.#options;
    const to = peer();
    if (to === null) return;
    this.#sentAtMs = clock.nowMs();
    const beat = this.#pulse.next(this.#sentAtMs, isVisible(), this.#sentAtMs - this.#tickedAtMs);
    this.#connection?.send(beat, to);
  }

  #tick(): void {
    const atMs = this.#options.clock.nowMs();
    // Half a beat of slack: a timer that is a little early or late must not skip a turn.
    const isDue = atMs - this.#sentAtMs >= beatEveryMs(this.#silentForMs()) - HEARTBEAT_EVERY_MS / 2;
    if (isDue) this.#beat();
    this.#tickedAtMs = atMs;
    void this.#count(this.#connection);
    this.#judge();
  }

  /** Counters only grow: what grew since the last look is evidence. */
  async #count(connection: VideoConnection | null): Promise<void> {
    if (connection === null || this.#isCounting()) return;
    this.#countingSinceMs = this.#options.clock.nowMs();
    const peer = this.#options.peer();
    const counters = await connection.counters(peer ?? undefined).catch(() => null);
    this.#countingSinceMs = null;
    // Sums of another person say nothing of what grew.
    const before = peer === this.#countedPeer ? this.#counters : null;
    if (counters === null || connection !== this.#connection) return;
    this.#counters = counters;
    this.#countedPeer = peer;
    this.#options.onCounted(counters);
    // What grew did so since the look before: as proof of life it is no younger than that.
    const atMs = this.#countedAtMs;
    this.#countedAtMs = this.#options.clock.nowMs();
    if (before === null) return;
    if (counters.linkAnswers > before.linkAnswers) this.#note({ kind: 'linkAnswered', atMs });
    if (counters.receivedPackets > before.receivedPackets) {
      this.#note({ kind: 'mediaArrived', atMs });
      // The picture is back before the heartbeats: theirs need not wait for ours.
      if (this.#silentForMs() > 0) this.#beatNow();
    }
  }

  /** A browser that never answers is asked again. */
  #isCounting(): boolean {
    const sinceMs = this.#countingSinceMs;
    return sinceMs !== null && this.#options.clock.nowMs() - sinceMs < COUNT_WITHIN_MS;
  }

  #silentForMs(): number {
    if (this.#connection === null || this.#detection.state !== 'silent') return 0;
    return this.#options.clock.nowMs() - (this.#detection.lastBothWaysAtMs ?? 0);
  }

  #note(evidence: Evidence): void {
    this.#seen = witness(this.#seen, evidence);
    this.#judge();
  }

  #judge(): void {
    const before = this.#detection;
    this.#detection = detect(this.#seen, this.#options, this.#options.clock.nowMs());
    const hasChanged = this.#detection.state !== before.state || this.#detection.verdict !== before.verdict;
    if (hasChanged) this.#options.onDetection(this.#detection);
  }
}
