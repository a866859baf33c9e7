import type { Id, Instant, MediaGrant } from '@holdfast/protocol';
import type { Preflight } from './view/types.js';

/** Time for everything that is not a machine. Only `system-clock.ts` touches the globals. */
export interface Clock {
  /** Milliseconds since the Unix epoch on this machine; never goes back while the process lives. */
  nowMs(): Instant;
  /** Calls once after `delayMs`; on a device from a worker where there is one. Returns its cancel. */
  after(delayMs: number, call: () => void): () => void;
  /** Calls every `everyMs` until cancelled. */
  every(everyMs: number, call: () => void): () => void;
}

/** Numbers that a transport can read of its own traffic, growing from the start of the connection. */
export interface VideoCounters {
  /** RTP packets received from the person who was asked for, or from everybody. */
  readonly receivedPackets: number;
  /** Of those, packets of sound. */
  readonly soundPackets: number;
  /** Packets of sound that were sent and did not arrive. */
  readonly lostSoundPackets: number;
  /** Frames of the picture that were decoded. */
  readonly pictureFrames: number;
  /** STUN answers or signal pongs: the path to whoever is at the other end of *this* link. */
  readonly linkAnswers: number;
}

/** What a transport says of its own link. It is evidence, never a verdict. */
export type VideoLinkState = 'connecting' | 'connected' | 'interrupted' | 'failed' | 'closed';

/** A track of another person. `id` is stable for as long as the track is the same. */
export interface RemoteTrack {
  /** The same for as long as the track is. */
  readonly id: string;
  /** Sound or picture. */
  readonly kind: 'audio' | 'video';
  /** To be shown or played; the transport owns it. */
  readonly track: MediaStreamTrack;
  /** Who sends it turned it off. */
  readonly isMuted: boolean;
  /** Whose it is; null where the transport joins two and it can only be the other side's. */
  readonly from: Id | null;
}

/** What a connection tells its listeners. */
export interface VideoConnectionEvents {
  /** The link changed its state. */
  link: (state: VideoLinkState) => void;
  /** All remote tracks as they are now. */
  tracks: (tracks: readonly RemoteTrack[]) => void;
  /**
   * A lossy message (heartbeats), at most 1 kB, and whose device sent it. Null: the transport joins two, and it can only be
   * the other side's. What comes from nobody that the transport can name is not told.
   */
  message: (data: Uint8Array, from: Id | null) => void;
  /**
   * Kinds of which this session gives a track that is not sent, since another session of the page in the same place gives
   * none (`RoomShares`). A transport that shares nothing never tells it.
   */
  heldBack: (kinds: readonly ('audio' | 'video')[]) => void;
  /** The transport will not come back by itself: ask for a fresh grant and call `renew`. */
  expired: () => void;
}

/** Direct media needs a way to hand descriptions over; transports with a server of their own do not use it. */
export interface SignalChannel {
  /** To another device of the session; refused before the gate is open (H13). */
  send(to: Id, data: unknown): void;
  /** Returns its cancel. */
  onSignal(receive: (from: Id, data: unknown) => void): () => void;
}

/** What a transport is given to connect one device. */
export interface VideoConnectOptions {
  /** From the session server. Nobody gets one before the gate is open (H13). */
  readonly grant: MediaGrant;
  /** For descriptions of direct media. */
  readonly signal: SignalChannel;
  /** All waiting goes through it, so that tests need no time. */
  readonly clock: Clock;
  /** Local tracks to publish; the caller owns them: the transport never stops one. */
  readonly tracks: readonly MediaStreamTrack[];
  /** What this device knows of its link: on a `bad` one little picture is sent and asked for, so that the sound comes through (D02). Default `unknown`. */
  readonly link?: Preflight['connection'];
}

/**
 * One video connection of one device. It heals by itself as long as it can, never ends media on its own, and is
 * told by `hint('networkIsBack')` when other evidence says that the network is back.
 */
export interface VideoConnection {
  /** Adds a listener; it is called for what happens from now on. */
  on<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void;
  /** Takes a listener away; one that was never added is passed over. */
  off<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void;
  /**
   * Lossy and unordered; dropped in silence when there is no path. `to`: to that person only, where the transport joins
   * more than two; otherwise to everybody.
   */
  send(data: Uint8Array, to?: Id): void;
  /** Publishes, replaces (`track`) or unpublishes (null) the track of that kind. */
  setTrack(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void>;
  /**
   * Whether the other person's picture is wanted; at first it is. Not wanted, it is not sent where the transport can, and
   * its track is muted or gone here. Sound goes on.
   */
  receivePictures(isWanted: boolean): void;
  /**
   * Reads the traffic so far. `of`: what arrived of that person only, where the transport joins more than two; answers of
   * the link are of the link in any case.
   */
  counters(of?: Id): Promise<VideoCounters>;
  /** Other evidence says so: try at once. A needless hint does no harm. */
  hint(what: 'networkIsBack' | 'peerIsBack'): void;
  /** Goes on with a fresh grant (new token, new peer device). Keeps tracks. */
  renew(grant: MediaGrant): Promise<void>;
  /** Ends this device's media at once. Idempotent. */
  close(): Promise<void>;
}

/** The port of a video transport: `webrtc`, `livekit`, or a vendor's own. Held to test/contracts/video-port. */
export interface VideoPort {
  /** Which grants it takes. */
  readonly transport: MediaGrant['transport'];
  /** Starts to connect and returns at once. */
  connect(options: VideoConnectOptions): VideoConnection;
}
