import type { Id, MediaGrant } from '@holdfast/protocol';
import { Listeners } from '@holdfast/session';
import type {
  RemoteTrack,
  VideoConnection,
  VideoConnectionEvents,
  VideoConnectOptions,
  VideoCounters,
  VideoLinkState,
} from '@holdfast/session';
import {
  ConnectionError,
  ConnectionErrorReason,
  ConnectionState,
  DisconnectReason,
  RoomEvent,
  Track,
  VideoQuality,
  type Room,
} from 'livekit-client';
import { MessagePath } from './message-path.js';
import { roomGrant, type RoomGrant } from './place-of.js';
import { CONNECT_OPTIONS, rebuildPauseMs } from './room-options.js';
import { RoomTraffic } from './room-traffic.js';

type Kind = 'audio' | 'video';
type SentBy = [{ readonly identity: Id }?, unknown?, string?, unknown?, string?];

const TOPIC = 'hf.hb';
const SOURCE: Readonly<Record<Kind, Track.Source>> = {
  audio: Track.Source.Microphone,
  video: Track.Source.Camera,
};
const LOOK_EVERY_MS = 1000;
/** Most outages heal by themselves, ICE with them, within a tenth of a second: nothing is torn down before this. */
const LEAVE_ALONE_MS = 15_000;
/** After a hint a young outage gets this long to heal by itself. */
const HEAL_WITHIN_MS = 3000;
/** A room that was just begun is not begun anew. */
const YOUNG_ROOM_MS = 2500;
/** How long the session server has for a fresh grant. */
const GRANT_WITHIN_MS = 3000;
/** Who holds a place this long is not in a fight about it. */
const UNDISPUTED_MS = 60_000;

/**
 * One device's place in a LiveKit room, through as many `Room`s as it takes: livekit-client's own way back is slow to
 * start (13 to 17 s), slow to notice that the network is back (up to 15 s), and final when it gives up. So whatever ends
 * a room for good, or is stuck when the network is back, is answered by a new room with the same tracks.
 */
export class RoomLink implements VideoConnection {
  readonly #options: VideoConnectOptions;
  readonly #createRoom: () => Room;
  readonly #listeners = new Listeners<VideoConnectionEvents>();
  readonly #local: Record<Kind, MediaStreamTrack | null> = { audio: null, video: null };
  readonly #traffic: RoomTraffic;
  readonly #cancelLook: () => void;
  #publishing: Record<Kind, Promise<void>> = { audio: Promise.resolve(), video: Promise.resolve() };
  #wantsPictures = true;
  #grant: RoomGrant;
  #room: Room;
  #state: VideoLinkState = 'connecting';
  /** The room has let us in: tracks can be announced, before the path for them stands. */
  #isIn = false;
  /** So often in a row the place went to another connection of the same person, with the grant that we have. */
  #displaced = 0;
  #startedAtMs = 0;
  #badSinceMs: number | null = null;
  #messages = new MessagePath();
  #hintedAtMs: number | null = null;
  #failures = 0;
  #cancelRebuild: () => void = () => undefined;
  #isClosed = false;

  constructor(options: VideoConnectOptions, createRoom: () => Room) {
    this.#options = options;
    this.#createRoom = createRoom;
    this.#grant = roomGrant(options.grant);
    for (const track of options.tracks) this.#local[track.kind as Kind] = track;
    this.#traffic = new RoomTraffic(options.clock, () => this.#pictureSenders());
    this.#room = this.#start();
    this.#cancelLook = options.clock.every(LOOK_EVERY_MS, () => this.#look());
  }

  on<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void {
    this.#listeners.add(event, listener);
  }

  off<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void {
    this.#listeners.remove(event, listener);
  }

  send(data: Uint8Array, to?: Id): void {
    if (this.#room.state !== ConnectionState.Connected) return;
    const only = to === undefined ? {} : { destinationIdentities: [to] };
    this.#room.localParticipant
      .publishData(new Uint8Array(data), { reliable: false, topic: TOPIC, ...only })
      .catch(() => undefined);
  }

  async setTrack(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    this.#local[kind] = track;
    await this.#publish(kind);
  }

  receivePictures(isWanted: boolean): void {
    this.#wantsPictures = isWanted;
    this.#choosePictures();
    this.#showTracks();
  }

  /**
   * The video server keeps the subscription and sends nothing on it; a new room begins with all of them, and with the
   * largest pictures: on a bad link it would take half a minute to find out that only the smallest fits (D02).
   */
  #choosePictures(): void {
    for (const { videoTrackPublications } of this.#room.remoteParticipants.values())
      for (const publication of videoTrackPublications.values()) {
        if (this.#options.link === 'bad') publication.setVideoQuality(VideoQuality.LOW);
        publication.setEnabled(this.#wantsPictures);
      }
  }

  counters(of?: Id): Promise<VideoCounters> {
    return this.#traffic.read(this.#room, of ?? null);
  }

  hint(): void {
    if (this.#isClosed) return;
    this.#hintedAtMs = this.#now();
    this.#look();
  }

  async renew(grant: MediaGrant): Promise<void> {
    const { room } = this.#grant;
    this.#grant = roomGrant(grant);
    this.#displaced = 0;
    this.#failures = 0;
    if (room === this.#grant.room && this.#isOnItsWay()) return;
    if (!this.#isClosed) this.#restart();
  }

  /** A healthy room goes on: LiveKit renews its token by itself. So does one that has only just begun to connect. */
  #isOnItsWay(): boolean {
    if (this.#room.state === ConnectionState.Connected) return true;
    return this.#room.state === ConnectionState.Connecting && this.#now() - this.#startedAtMs < YOUNG_ROOM_MS;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelLook();
    this.#cancelRebuild();
    this.#setState('closed');
    this.#listeners.clear();
    await abandon(this.#room);
  }

  #now(): number {
    return this.#options.clock.nowMs();
  }

  #restart(): void {
    const old = this.#room;
    this.#room = this.#start();
    void abandon(old);
  }

  #start(): Room {
    this.#cancelRebuild();
    this.#startedAtMs = this.#now();
    this.#hintedAtMs = null;
    this.#isIn = false;
    this.#messages = new MessagePath();
    this.#publishing = { audio: Promise.resolve(), video: Promise.resolve() };
    const room = this.#createRoom();
    this.#listen(room);
    void this.#connect(room);
    return room;
  }

  async #connect(room: Room): Promise<void> {
    try {
      await room.connect(this.#grant.url, this.#grant.token, CONNECT_OPTIONS);
    } catch (error) {
      if (room !== this.#room || this.#isClosed) return;
      const isTokenRefused =
        error instanceof ConnectionError && error.reason === ConnectionErrorReason.NotAllowed;
      this.#fail(room, isTokenRefused ? 'must' : 'no');
    }
  }

  /** Ours is the room that counts: what an abandoned one still says is not heard. */
  #listen(room: Room): void {
    const whileUsed =
      <A extends unknown[]>(call: (...parts: A) => void) =>
      (...parts: A) => {
        if (room === this.#room && !this.#isClosed) call(...parts);
      };
    const isInterrupted = whileUsed(() => {
      this.#messages.away();
      this.#setState('interrupted');
    });
    const showTracks = whileUsed(() => this.#showTracks());
    room
      .on(
        RoomEvent.SignalConnected,
        whileUsed(() => this.#onLetIn()),
      )
      .on(
        RoomEvent.Connected,
        whileUsed(() => this.#onConnected()),
      )
      .on(
        RoomEvent.Reconnected,
        whileUsed(() => this.#onConnected()),
      )
      .on(RoomEvent.SignalReconnecting, isInterrupted)
      .on(RoomEvent.Reconnecting, isInterrupted)
      .on(
        RoomEvent.Disconnected,
        whileUsed((reason?: DisconnectReason) => this.#onDisconnected(room, reason)),
      )
      .on(RoomEvent.TrackSubscribed, () => {
        const isChosen = !this.#wantsPictures || this.#options.link === 'bad';
        if (isChosen && room === this.#room) this.#choosePictures();
        showTracks();
      })
      .on(RoomEvent.TrackUnsubscribed, showTracks)
      .on(RoomEvent.TrackMuted, showTracks)
      .on(RoomEvent.TrackUnmuted, showTracks)
      .on(RoomEvent.ParticipantDisconnected, showTracks)
      .on(
        RoomEvent.DataReceived,
        whileUsed((payload: Uint8Array, ...[sender, , topic, , identity]: SentBy) => {
          // The participant is not there yet when their first message overtakes the signal.
          const from = sender?.identity ?? identity ?? '';
          if (topic !== TOPIC || from === '') return;
          this.#messages.carried();
          this.#traffic.heard(from);
          this.#listeners.tell('message', payload, from);
        }),
      );
  }

  /** Tracks are announced while the path is still being made, not after it: they are sooner on the other screen. */
  #onLetIn(): void {
    this.#isIn = true;
    this.#publishAll();
  }

  #onConnected(): void {
    this.#failures = 0;
    this.#badSinceMs = null;
    this.#messages.stands(this.#now());
    this.#setState('connected');
    this.#showTracks();
    this.#onLetIn();
  }

  #publishAll(): void {
    for (const kind of ['audio', 'video'] as const) void this.#publish(kind);
  }

  /** Whatever the reason, also a removal: the session server is asked. */
  #onDisconnected(room: Room, reason: DisconnectReason | undefined): void {
    const hasHeld = this.#now() - this.#startedAtMs > UNDISPUTED_MS;
    if (reason === DisconnectReason.DUPLICATE_IDENTITY) this.#displaced = hasHeld ? 1 : this.#displaced + 1;
    this.#fail(room, 'should');
  }

  /**
   * Displaced once it may have been a ghost of our own. Twice it is another device of this person: only the session
   * server knows which of them has the media, and with the old grant they would throw each other out without end.
   */
  #isDisputed(): boolean {
    return this.#displaced > 1;
  }

  /** The room is over and a new one follows: at once with a fresh grant, later with the old one (`should`). */
  #fail(room: Room, wanted: 'no' | 'should' | 'must'): void {
    if (room !== this.#room) return;
    const needsGrant = this.#isDisputed() ? 'must' : wanted;
    this.#isIn = false;
    this.#setState('failed');
    this.#cancelRebuild();
    const pauseMs = rebuildPauseMs(this.#failures++);
    const next = () => (needsGrant === 'must' ? this.#fail(room, 'must') : this.#restart());
    this.#cancelRebuild = this.#options.clock.after(
      needsGrant === 'no' ? pauseMs : Math.max(pauseMs, GRANT_WITHIN_MS),
      next,
    );
    if (needsGrant !== 'no') this.#listeners.tell('expired');
  }

  /** One change of a kind after the other; a failed one is made good by the next room. */
  #publish(kind: Kind): Promise<void> {
    const room = this.#room;
    this.#publishing[kind] = this.#publishing[kind]
      .then(() => this.#publishNow(room, kind))
      .catch(() => undefined);
    return this.#publishing[kind];
  }

  async #publishNow(room: Room, kind: Kind): Promise<void> {
    if (room !== this.#room || !this.#takesTracks()) return;
    const track = this.#local[kind];
    const published = room.localParticipant.getTrackPublication(SOURCE[kind]);
    if (published?.track === undefined) {
      if (track !== null) await room.localParticipant.publishTrack(track, { source: SOURCE[kind] });
      return;
    }
    if (track === null) return void (await published.mute());
    if (published.track.mediaStreamTrack !== track) await published.track.replaceTrack(track, true);
    await published.unmute();
  }

  /**
   * What is not taken now is published when the room has let us in, or is back. LiveKit stops a track 15 s after it was
   * given to a room that is over, and publishes one twice that comes while it makes its own anew.
   */
  #takesTracks(): boolean {
    const { state, engine } = this.#room;
    return this.#isIn && state !== ConnectionState.Reconnecting && !engine?.client.isDisconnected;
  }

  #pictureSenders(): readonly RTCRtpSender[] {
    const sender = this.#room.localParticipant.getTrackPublication(SOURCE.video)?.track?.sender;
    return sender === undefined ? [] : [sender];
  }

  #peerState(): RTCPeerConnectionState {
    return this.#room.engine?.pcManager?.publisher.getConnectionState() ?? 'new';
  }

  /** LiveKit keeps quiet about a path that is gone until it has failed (15 s): here it is said when ICE says so. */
  #look(): void {
    if (this.#isClosed || this.#state === 'failed') return this.#lookAtHint();
    const isBad = this.#room.state !== ConnectionState.Connected || this.#peerState() !== 'connected';
    if (!isBad) {
      this.#badSinceMs = null;
      this.#hintedAtMs = null;
      // LiveKit does not always say that it is back.
      if (this.#state === 'interrupted') this.#onConnected();
      if (this.#messages.isStuck(this.#now())) this.#restart();
      return;
    }
    this.#badSinceMs ??= this.#now();
    this.#messages.away();
    if (this.#state === 'connected') this.#setState('interrupted');
    this.#lookAtHint();
  }

  /** The network is back by other evidence and the room is not: is it stuck, or does it only need a moment? */
  #lookAtHint(): void {
    const nowMs = this.#now();
    if (this.#isClosed || this.#isDisputed() || this.#hintedAtMs === null) return;
    if (nowMs - this.#startedAtMs < YOUNG_ROOM_MS) return;
    const peerState = this.#peerState();
    const isHealing = peerState === 'disconnected' || peerState === 'connected';
    const isYoung = this.#badSinceMs !== null && nowMs - this.#badSinceMs < LEAVE_ALONE_MS;
    if (isHealing && isYoung && nowMs - this.#hintedAtMs < HEAL_WITHIN_MS) return;
    // Only the signal is gone, media lives: LiveKit resumes that by itself.
    if (peerState === 'connected') return;
    this.#restart();
  }

  #setState(state: VideoLinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#listeners.tell('link', state);
  }

  /** While a room comes back LiveKit takes everybody out of it: the last picture stays until there is a new one. */
  #showTracks(): void {
    if (this.#room.state !== ConnectionState.Connected) return;
    const tracks = [...this.#room.remoteParticipants.values()].flatMap(({ identity, trackPublications }) =>
      [...trackPublications.values()].flatMap((publication): RemoteTrack[] => {
        const { track, trackSid: id, kind } = publication;
        if (track === undefined || kind === Track.Kind.Unknown) return [];
        const isMuted = publication.isMuted || (kind === Track.Kind.Video && !this.#wantsPictures);
        return [{ id, kind, track: track.mediaStreamTrack, isMuted, from: identity }];
      }),
    );
    this.#listeners.tell('tracks', tracks);
  }
}

/** Lets go of a room without stopping the session's tracks. What it says from now on is not heard. */
async function abandon(room: Room): Promise<void> {
  room.removeAllListeners();
  await room.disconnect(false).catch(() => undefined);
}
