import type { MediaGrant } from '@holdfast/protocol';
import { createFreshPicture, createTrafficCounters, Listeners } from '@holdfast/session';
import type {
  FreshPicture,
  RemoteTrack,
  VideoConnection,
  VideoConnectionEvents,
  VideoConnectOptions,
  VideoCounters,
  VideoLinkState,
} from '@holdfast/session';
import { PeerSignal, type Sending } from './peer-signal.js';
import { WebRtcError } from './webrtc-error.js';

type Kind = 'audio' | 'video';
type Grant = Extract<MediaGrant, { transport: 'webrtc' }>;
type CreatePeer = (configuration: RTCConfiguration) => RTCPeerConnection;
type Unaddressed<S> = S extends PeerSignal ? Omit<S, 'page' | 'to'> : never;

const KINDS: readonly Kind[] = ['audio', 'video'];
/** Most outages heal by themselves, ICE with them, within a tenth of a second: nothing is torn down before this. */
const LEAVE_ALONE_MS = 15_000;
/** Signals can be lost with the line: looked at this often while there is no connection. */
const LOOK_EVERY_MS = 1000;
const HELLO_EVERY_MS = 2000;
/** A fresh path gets this long before another is tried. */
const RESTART_EVERY_MS = 5000;
/** Messages that wait behind a dead path are worth nothing by the time it is back. */
const MOST_WAITING_BYTES = 4096;

/**
 * One direct connection. One side (`isPolite: false`) makes every offer, so that two offers never cross; the other
 * asks it to. Media goes over two transceivers that stay for good: tracks come and go by `replaceTrack`.
 */
export class PeerLink implements VideoConnection {
  readonly #options: VideoConnectOptions;
  readonly #createPeer: CreatePeer;
  readonly #listeners = new Listeners<VideoConnectionEvents>();
  readonly #page: string;
  readonly #counters = createTrafficCounters();
  readonly #local: Record<Kind, MediaStreamTrack | null> = { audio: null, video: null };
  readonly #picture: FreshPicture;
  readonly #cancels: (() => void)[];
  #grant: Grant;
  #peer: RTCPeerConnection | null = null;
  #channel: RTCDataChannel | null = null;
  /** The other device's page load that `#peer` is for. */
  #theirPage: string | null = null;
  #wantsPictures = true;
  #theyWantPictures = true;
  #theySend: Sending = { audio: false, video: false };
  #remote: { readonly kind: Kind; readonly track: MediaStreamTrack }[] = [];
  #early: RTCIceCandidateInit[] = [];
  #state: VideoLinkState = 'connecting';
  #downSinceMs: number;
  #saidHelloAtMs = -Infinity;
  #restartedAtMs = -Infinity;
  #round = 0;
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: VideoConnectOptions, createPeer: CreatePeer) {
    this.#options = options;
    this.#createPeer = createPeer;
    this.#grant = direct(options.grant);
    this.#page = randomPage();
    this.#downSinceMs = options.clock.nowMs();
    for (const track of options.tracks) this.#local[track.kind as Kind] = track;
    this.#picture = createFreshPicture(options.clock, () => [this.#sender('video') ?? []].flat());
    this.#cancels = [
      options.signal.onSignal((from, data) => this.#onSignal(from, data)),
      options.clock.every(LOOK_EVERY_MS, () => this.#look()),
    ];
    this.#sayHello();
  }

  on<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void {
    this.#listeners.add(event, listener);
  }

  off<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void {
    this.#listeners.remove(event, listener);
  }

  send(data: Uint8Array): void {
    const channel = this.#channel;
    if (channel?.readyState !== 'open' || channel.bufferedAmount > MOST_WAITING_BYTES) return;
    channel.send(new Uint8Array(data));
  }

  async setTrack(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    this.#local[kind] = track;
    this.#signal({ kind: 'sending', sending: this.#sending() });
    await this.#replace(kind);
  }

  receivePictures(isWanted: boolean): void {
    this.#wantsPictures = isWanted;
    this.#signal({ kind: 'receiving', pictures: isWanted });
    this.#showTracks();
  }

  /** A picture that the other side does not want is not sent; that it is there they know all the same. */
  #outgoing(kind: Kind): MediaStreamTrack | null {
    return kind === 'video' && !this.#theyWantPictures ? null : this.#local[kind];
  }

  async #replace(kind: Kind): Promise<void> {
    await this.#sender(kind)
      ?.replaceTrack(this.#outgoing(kind))
      .catch(() => undefined);
  }

  async counters(): Promise<VideoCounters> {
    const counters = this.#counters.read((await this.#peer?.getStats()) ?? []);
    this.#picture.counted(counters);
    return counters;
  }

  hint(): void {
    if (this.#isClosed) return;
    if (this.#peer === null) return this.#sayHello();
    if (this.#isDead()) this.#restart();
  }

  async renew(grant: MediaGrant): Promise<void> {
    const before = this.#grant;
    this.#grant = direct(grant);
    if (before.peer !== this.#grant.peer || before.isPolite !== this.#grant.isPolite) this.#dropPeer();
    if (this.#peer === null) return this.#sayHello();
    this.#peer.setConfiguration(this.#configuration());
    if (this.#isDead()) this.#restart();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const cancel of this.#cancels) cancel();
    this.#dropPeer();
    this.#setState('closed');
    this.#listeners.clear();
  }

  #configuration(): RTCConfiguration {
    const iceServers = this.#grant.iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username === undefined ? {} : { username }),
      ...(credential === undefined ? {} : { credential }),
    }));
    return {
      iceServers,
      iceTransportPolicy: this.#grant.relayOnly ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
    };
  }

  #sending(): Sending {
    return { audio: this.#local.audio !== null, video: this.#local.video !== null };
  }

  #sender(kind: Kind): RTCRtpSender | undefined {
    return this.#peer?.getTransceivers().find(({ receiver }) => receiver.track.kind === kind)?.sender;
  }

  #signal(signal: Unaddressed<PeerSignal>): void {
    if (this.#grant.peer === null) return;
    this.#options.signal.send(this.#grant.peer, { ...signal, page: this.#page, to: this.#theirPage });
  }

  #sayHello(): void {
    this.#saidHelloAtMs = this.#options.clock.nowMs();
    this.#signal({ kind: 'hello', sending: this.#sending() });
  }

  /** One signal after the other: a candidate must not overtake its description. */
  #onSignal(from: string, data: unknown): void {
    const parsed = PeerSignal.safeParse(data);
    if (!parsed.success || from !== this.#grant.peer || this.#isClosed) return;
    const signal = parsed.data;
    if (signal.to !== null && signal.to !== this.#page) return;
    this.#queue(() => this.#take(signal));
  }

  async #take(signal: PeerSignal): Promise<void> {
    if (signal.kind === 'hello') return this.#onHello(signal.page, signal.to, signal.sending);
    if (signal.page !== this.#theirPage) return;
    if (signal.kind === 'description') return this.#onDescription(signal.description, signal.round);
    if (signal.kind === 'sending') return this.#onSending(signal.sending);
    if (signal.kind === 'receiving') {
      this.#theyWantPictures = signal.pictures;
      return this.#replace('video');
    }
    if (signal.kind === 'candidate') return this.#onCandidate(signal.candidate as RTCIceCandidateInit);
    if (!this.#grant.isPolite) this.#restart();
  }

  async #onHello(theirPage: string, to: string | null, sending: Sending): Promise<void> {
    const isNew = theirPage !== this.#theirPage;
    if (isNew) {
      this.#dropPeer();
      this.#theirPage = theirPage;
      this.#theyWantPictures = true;
    }
    if (to === null) this.#sayHello();
    if (isNew && !this.#wantsPictures) this.#signal({ kind: 'receiving', pictures: false });
    this.#onSending(sending);
    if (isNew && !this.#grant.isPolite) return this.#offer();
  }

  #onSending(sending: Sending): void {
    this.#theySend = sending;
    this.#showTracks();
  }

  async #onDescription(description: RTCSessionDescriptionInit, round: number): Promise<void> {
    if (description.type === 'offer' && this.#peer === null) this.#makePeer();
    // The answer to an offer that was made anew since then.
    if (description.type === 'answer' && round !== this.#round) return;
    this.#round = round;
    const peer = this.#peer;
    if (peer === null) return;
    await peer.setRemoteDescription(description);
    for (const candidate of this.#early.splice(0))
      await peer.addIceCandidate(candidate).catch(() => undefined);
    if (description.type !== 'offer') return;
    await this.#adoptTransceivers(peer);
    await peer.setLocalDescription();
    this.#describe(peer);
  }

  async #onCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    const peer = this.#peer;
    if (peer === null || peer.remoteDescription === null) this.#early.push(candidate);
    // A candidate of an older path is refused by the browser, rightly.
    else await peer.addIceCandidate(candidate).catch(() => undefined);
  }

  async #adoptTransceivers(peer: RTCPeerConnection): Promise<void> {
    for (const transceiver of peer.getTransceivers()) {
      transceiver.direction = 'sendrecv';
      const track = this.#outgoing(transceiver.receiver.track.kind as Kind);
      if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
    }
  }

  async #offer(): Promise<void> {
    const peer = this.#peer ?? this.#makePeer();
    for (const kind of KINDS) {
      if (this.#sender(kind) !== undefined) continue;
      const track = this.#outgoing(kind);
      peer.addTransceiver(track ?? kind, { direction: 'sendrecv' });
    }
    this.#round += 1;
    this.#restartedAtMs = this.#options.clock.nowMs();
    await peer.setLocalDescription();
    this.#describe(peer);
  }

  #describe(peer: RTCPeerConnection): void {
    const description = peer.localDescription;
    if (description === null || (description.type !== 'offer' && description.type !== 'answer')) return;
    this.#signal({
      kind: 'description',
      round: this.#round,
      description: { type: description.type, sdp: description.sdp },
    });
  }

  #makePeer(): RTCPeerConnection {
    const peer = this.#createPeer(this.#configuration());
    this.#peer = peer;
    this.#restartedAtMs = this.#options.clock.nowMs();
    this.#channel = peer.createDataChannel('hf.hb', {
      negotiated: true,
      id: 0,
      ordered: false,
      maxRetransmits: 0,
    });
    this.#channel.binaryType = 'arraybuffer';
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!(data instanceof ArrayBuffer)) return;
      this.#picture.heard();
      this.#listeners.tell('message', new Uint8Array(data), null);
    };
    peer.onicecandidate = ({ candidate }) => {
      if (candidate !== null) this.#signal({ kind: 'candidate', candidate: candidate.toJSON() });
    };
    peer.onconnectionstatechange = () => this.#onPeerState(peer);
    peer.ontrack = ({ track }) => {
      this.#remote = [
        ...this.#remote.filter(({ kind }) => kind !== track.kind),
        { kind: track.kind as Kind, track },
      ];
      this.#showTracks();
    };
    return peer;
  }

  #dropPeer(): void {
    const peer = this.#peer;
    this.#peer = null;
    this.#channel = null;
    this.#theirPage = null;
    this.#early = [];
    if (peer === null) return;
    peer.onconnectionstatechange = null;
    peer.onicecandidate = null;
    peer.ontrack = null;
    peer.close();
    this.#remote = [];
    this.#showTracks();
    this.#setState('connecting');
  }

  #onPeerState(peer: RTCPeerConnection): void {
    const state = peer.connectionState;
    if (state === 'connected') this.#setState('connected');
    if (state === 'disconnected') this.#setState('interrupted');
    if (state === 'failed') {
      this.#setState('failed');
      this.#restart();
    }
  }

  #setState(state: VideoLinkState): void {
    if (state === this.#state) return;
    if (this.#state === 'connected') this.#downSinceMs = this.#options.clock.nowMs();
    this.#state = state;
    this.#listeners.tell('link', state);
  }

  #isDead(): boolean {
    if (this.#state === 'connected') return false;
    return this.#state === 'failed' || this.#options.clock.nowMs() - this.#downSinceMs > LEAVE_ALONE_MS;
  }

  /** A fresh path for the same media: only the offering side can make one. */
  #restart(): void {
    const nowMs = this.#options.clock.nowMs();
    const isYoung = nowMs - this.#restartedAtMs < LOOK_EVERY_MS;
    if (isYoung || this.#peer === null) return;
    this.#restartedAtMs = nowMs;
    if (this.#grant.isPolite) return this.#signal({ kind: 'restart' });
    this.#peer.restartIce();
    this.#queueOffer();
  }

  #queueOffer(): void {
    this.#queue(() => this.#offer());
  }

  /** What waits when the link is closed is not done any more: a connection made then would never end. */
  #queue(work: () => Promise<void>): void {
    this.#work = this.#work.then(() => (this.#isClosed ? undefined : work())).catch(() => undefined);
  }

  #look(): void {
    if (this.#state === 'connected') return;
    const nowMs = this.#options.clock.nowMs();
    if (this.#peer === null && nowMs - this.#saidHelloAtMs >= HELLO_EVERY_MS) this.#sayHello();
    const isUnanswered =
      this.#peer !== null && this.#peer.remoteDescription === null && !this.#grant.isPolite;
    if (isUnanswered && nowMs - this.#restartedAtMs >= HELLO_EVERY_MS) this.#queueOffer();
    if (this.#isDead() && nowMs - this.#restartedAtMs >= RESTART_EVERY_MS) this.#restart();
  }

  #showTracks(): void {
    const tracks = this.#remote.map(({ kind, track }): RemoteTrack => ({
      id: track.id,
      kind,
      track,
      isMuted: !this.#theySend[kind] || (kind === 'video' && !this.#wantsPictures),
      from: null,
    }));
    this.#listeners.tell('tracks', tracks);
  }
}

function direct(grant: MediaGrant): Grant {
  if (grant.transport !== 'webrtc') throw new WebRtcError('wrong-grant', `a grant for ${grant.transport}`);
  return grant;
}

const randomPage = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
