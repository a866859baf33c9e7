import type { Id, MediaGrant } from '@holdfast/protocol';
import { Listeners } from '../device/listeners.js';
import { RoomShares } from '../device/room-shares.js';
import type {
  Clock,
  RemoteTrack,
  VideoConnection,
  VideoConnectionEvents,
  VideoConnectOptions,
  VideoCounters,
  VideoLinkState,
  VideoPort,
} from '../ports.js';

/** How a device's way to the video server behaves. */
export interface FakeWay {
  /** Nothing gets through. */
  readonly isCut: boolean;
  /** Of every message, in milliseconds, one way. */
  readonly delayMs: number;
  /** Share of the lossy messages that get lost, 0 to 1. */
  readonly loss: number;
}

/** How the fake video server behaves. */
export interface FakeVideoOptions {
  /** The devices' clock. */
  readonly clock: Clock;
  /** Decides which messages are lost: 0 to 1, in the order of sending. Default: every time 0.5. */
  readonly random?: () => number;
}

const STUN_EVERY_MS = 2500;
const PACKETS_EVERY_MS = 500;
/** When a real browser's ICE says so (livekit-facts 6.3). */
const INTERRUPTED_AFTER_MS = 6000;
const FAILED_AFTER_MS = 16_000;

/**
 * A video server without video: devices in a room hear each other's messages and see each other's tracks, with cuts,
 * delays and loss by name. Behaves as real transports do: an outage below 15 s heals by itself, a longer one when the
 * transport is told that the network is back.
 */
export class FakeVideo {
  readonly #options: FakeVideoOptions;
  readonly #ways = new Map<string, FakeWay>();
  readonly #connections = new Set<FakeConnection>();
  readonly #frozen = new Set<string>();
  /** Set it to false and nothing gets through for anybody. */
  isServerUp = true;

  constructor(options: FakeVideoOptions) {
    this.#options = options;
  }

  /**
   * The port of one device: of one page. With a person it behaves as a server that knows people: messages and traffic are
   * told apart, a person has one place in a room, which the newest takes, and connections through this port share it.
   * Without, as a transport that joins two.
   */
  port(device: string, person: Id | null = null): VideoPort {
    const connect = (options: VideoConnectOptions): VideoConnection => {
      const connection = new FakeConnection(device, person, options, this);
      this.#connections.add(connection);
      return connection;
    };
    const shares = new RoomShares({ placeOf: ({ room }) => room, connect });
    return {
      transport: 'fake',
      connect: person === null ? connect : (options) => shares.connect(options),
    };
  }

  /** Nothing of that device gets through. */
  cut(device: string): void {
    this.set(device, { isCut: true });
  }

  /** Messages of that device get through again. */
  heal(device: string): void {
    this.set(device, { isCut: false });
  }

  /** Changes the way of that device; what is not named stays. */
  set(device: string, way: Partial<FakeWay>): void {
    this.#ways.set(device, { ...this.wayOf(device), ...way });
  }

  /** Of that device nothing of this kind is sent any more although its link is up, or it is again. */
  freeze(device: string, kind: 'audio' | 'video', isFrozen = true): void {
    const key = `${device} ${kind}`;
    if (isFrozen) this.#frozen.add(key);
    else this.#frozen.delete(key);
  }

  /** Whether that device's camera, or microphone, hangs. */
  isFrozen(device: string, kind: 'audio' | 'video'): boolean {
    return this.#frozen.has(`${device} ${kind}`);
  }

  /** The video server ends these connections: each needs a fresh grant. */
  expire(device: string): void {
    for (const connection of this.#connections) if (connection.device === device) connection.expire();
  }

  /** How that device's way behaves. At first: not cut, 20 ms, no loss. */
  wayOf(device: string): FakeWay {
    return this.#ways.get(device) ?? { isCut: false, delayMs: 20, loss: 0 };
  }

  /** Whether that device reaches the video server. */
  reaches(device: string): boolean {
    return this.isServerUp && !this.wayOf(device).isCut;
  }

  /** Everybody else in the same room; the connections ask. */
  othersOf(connection: FakeConnection): FakeConnection[] {
    return [...this.#connections].filter(
      (other) => other !== connection && other.isIn && other.room === connection.room && connection.isIn,
    );
  }

  /** A connection comes in; it calls this. Whoever has its person's place is thrown out. */
  enter(connection: FakeConnection): void {
    if (connection.person === null) return;
    for (const other of this.othersOf(connection)) if (other.person === connection.person) other.expire();
  }

  /** A connection was closed; it calls this. */
  forget(connection: FakeConnection): void {
    this.#connections.delete(connection);
  }

  /** Everybody else in the room looks again at who sends what. */
  changed(): void {
    for (const connection of this.#connections) connection.showTracks();
  }

  /** Whether the next lossy message on that way gets lost. */
  isLost(way: FakeWay): boolean {
    return (this.#options.random?.() ?? 0.5) < way.loss;
  }
}

interface Arrived {
  readonly person: Id | null;
  readonly sound: number;
  readonly frames: number;
}

/** Where people are not known there is only the other side. */
const isOf = ({ person }: { readonly person: Id | null }, wanted: Id | undefined): boolean =>
  wanted === undefined || person === null || person === wanted;

class FakeConnection implements VideoConnection {
  readonly device: string;
  readonly person: Id | null;
  readonly tracks = new Map<'audio' | 'video', MediaStreamTrack | null>();
  /** As the others have it: muted it is still the same track, and another one has another id. */
  readonly sent = new Map<'audio' | 'video', Pick<RemoteTrack, 'id' | 'track'>>();
  readonly #options: VideoConnectOptions;
  readonly #video: FakeVideo;
  readonly #listeners = new Listeners<VideoConnectionEvents>();
  readonly #cancels: (() => void)[];
  #grant: MediaGrant;
  #state: VideoLinkState = 'connecting';
  #badSinceMs: number | null = null;
  #isExpired = false;
  #shown = '';
  #sentTracks = 0;
  #wantsPictures = true;
  #linkAnswers = 0;
  /** By whose it is, so that a page that was loaded anew goes on with the sums of its person. */
  readonly #arrived = new Map<string, Arrived>();

  constructor(device: string, person: Id | null, options: VideoConnectOptions, video: FakeVideo) {
    this.device = device;
    this.person = person;
    this.#options = options;
    this.#video = video;
    this.#grant = options.grant;
    for (const track of options.tracks) this.#put(track.kind as 'audio' | 'video', track);
    const { clock } = options;
    this.#cancels = [
      clock.after(2 * video.wayOf(device).delayMs, () => this.#enter()),
      clock.every(PACKETS_EVERY_MS, () => this.#look()),
      clock.every(STUN_EVERY_MS, () => this.#answer()),
    ];
  }

  get room(): string {
    return this.#grant.room;
  }

  get isIn(): boolean {
    return this.#state === 'connected' || this.#state === 'interrupted';
  }

  on<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void {
    this.#listeners.add(event, listener);
  }

  off<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void {
    this.#listeners.remove(event, listener);
  }

  send(data: Uint8Array, to?: Id): void {
    if (!this.isIn || !this.#video.reaches(this.device)) return;
    for (const other of this.#video.othersOf(this)) if (isOf(other, to)) this.#sendTo(other, data.slice());
  }

  async setTrack(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void> {
    this.#put(kind, track);
    this.#video.changed();
  }

  receivePictures(isWanted: boolean): void {
    this.#wantsPictures = isWanted;
    this.showTracks();
  }

  async counters(of?: Id): Promise<VideoCounters> {
    const [sums, answers] = [{ sound: 0, frames: 0 }, this.#linkAnswers];
    for (const { person, sound, frames } of this.#arrived.values()) {
      if (!isOf({ person }, of)) continue;
      sums.sound += sound;
      sums.frames += frames;
    }
    return {
      receivedPackets: sums.sound + sums.frames,
      soundPackets: sums.sound,
      lostSoundPackets: 0,
      pictureFrames: sums.frames,
      linkAnswers: answers,
    };
  }

  hint(): void {
    if (!this.#isExpired && !this.isIn && this.#state !== 'closed')
      this.#options.clock.after(2 * this.#video.wayOf(this.device).delayMs, () => this.#enter());
  }

  async renew(grant: MediaGrant): Promise<void> {
    this.#grant = grant;
    this.#isExpired = false;
    this.hint();
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    for (const cancel of this.#cancels) cancel();
    this.#setState('closed');
    this.#listeners.clear();
    this.#video.forget(this);
    this.#video.changed();
  }

  expire(): void {
    this.#isExpired = true;
    this.#setState('failed');
    this.#listeners.tell('expired');
    this.#video.changed();
  }

  showTracks(): void {
    // What was seen last stays on the screen while the connection is away.
    if (!this.isIn) return;
    const tracks = this.#video.othersOf(this).flatMap((other) =>
      [...other.sent].map(([kind, { id, track }]): RemoteTrack => ({
        id,
        kind,
        track,
        isMuted: other.tracks.get(kind) === null || (kind === 'video' && !this.#wantsPictures),
        from: other.person,
      })),
    );
    const shown = JSON.stringify(tracks.map(({ id, isMuted }) => [id, isMuted]));
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#listeners.tell('tracks', tracks);
  }

  #put(kind: 'audio' | 'video', track: MediaStreamTrack | null): void {
    this.tracks.set(kind, track);
    const before = this.sent.get(kind);
    if (before !== undefined && (track === null || track === before.track)) return;
    const id = `${this.device}.${kind}.${(this.#sentTracks += 1)}`;
    this.sent.set(kind, { id, track: track ?? ({ kind } as MediaStreamTrack) });
  }

  #sendTo(other: FakeConnection, data: Uint8Array): void {
    const mine = this.#video.wayOf(this.device);
    const theirs = this.#video.wayOf(other.device);
    if (this.#video.isLost(mine) || this.#video.isLost(theirs)) return;
    this.#options.clock.after(mine.delayMs + theirs.delayMs, () => {
      if (other.isIn && this.#video.reaches(other.device))
        other.#listeners.tell('message', data, this.person);
    });
  }

  #enter(): void {
    if (this.#state === 'closed' || this.#isExpired || !this.#video.reaches(this.device)) return;
    this.#badSinceMs = null;
    const wasIn = this.isIn;
    this.#setState('connected');
    if (!wasIn) this.#video.enter(this);
    this.#video.changed();
  }

  #look(): void {
    if (this.#isExpired) return;
    const nowMs = this.#options.clock.nowMs();
    if (this.#video.reaches(this.device)) {
      for (const other of this.#video.othersOf(this)) this.#count(other);
      if (this.#state !== 'failed') this.#enter();
      return;
    }
    this.#badSinceMs ??= nowMs;
    if (!this.isIn) return;
    if (nowMs - this.#badSinceMs >= FAILED_AFTER_MS) this.#setState('failed');
    else if (nowMs - this.#badSinceMs >= INTERRUPTED_AFTER_MS) this.#setState('interrupted');
  }

  #count(other: FakeConnection): void {
    if (!this.#video.reaches(other.device)) return;
    const isSent = (kind: 'audio' | 'video'): boolean =>
      (other.tracks.get(kind) ?? null) !== null && !this.#video.isFrozen(other.device, kind);
    const key = other.person ?? other.device;
    const before = this.#arrived.get(key) ?? { person: other.person, sound: 0, frames: 0 };
    this.#arrived.set(key, {
      ...before,
      sound: before.sound + (isSent('audio') ? 25 : 0),
      frames: before.frames + (this.#wantsPictures && isSent('video') ? 8 : 0),
    });
  }

  #answer(): void {
    if (this.isIn && this.#video.reaches(this.device)) this.#linkAnswers += 1;
  }

  #setState(state: VideoLinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#listeners.tell('link', state);
  }
}
