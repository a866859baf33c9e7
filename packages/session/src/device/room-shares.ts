import type { Id, MediaGrant } from '@holdfast/protocol';
import type {
  RemoteTrack,
  VideoConnection,
  VideoConnectionEvents,
  VideoConnectOptions,
  VideoCounters,
  VideoLinkState,
} from '../ports.js';
import { Listeners } from './listeners.js';

type Kind = 'audio' | 'video';
const KINDS: readonly Kind[] = ['audio', 'video'];
const NO_TRACKS: readonly RemoteTrack[] = [];

/** What a transport says of itself to have its connections shared. */
export interface RoomSharesOptions {
  /**
   * Names the place in a room that a grant opens: server, room and whose it is. Two grants with one name share one
   * connection. Throws for a grant of another transport.
   */
  readonly placeOf: (grant: MediaGrant) => string;
  /** Makes the connection that is shared. */
  readonly connect: (options: VideoConnectOptions) => VideoConnection;
}

/**
 * For adapters of `VideoPort` whose video server knows one place for each person: several sessions of one page that are
 * in the same room as the same person share one connection, where a second one would throw out the first. To each of
 * them it looks as if it were alone. The safer state wins: a track is sent only while each of them gives one (P17), and
 * the one that was given last; pictures are received while any of them wants them. It ends with the last of them.
 */
export class RoomShares {
  readonly #options: RoomSharesOptions;
  readonly #places = new Map<string, Place>();

  constructor(options: RoomSharesOptions) {
    this.#options = options;
  }

  /** As `VideoPort.connect`. */
  connect(options: VideoConnectOptions): VideoConnection {
    const share: Share = new Share(options, (grant) => this.#renew(share, grant));
    this.#enter(share, options.grant);
    return share;
  }

  #enter(share: Share, grant: MediaGrant): void {
    const name = this.#options.placeOf(grant);
    const there = this.#places.get(name);
    share.enter(there ?? this.#open(name, share, grant));
    // It is the newest grant of that place: what has failed can go on with it, what is healthy is not disturbed.
    there?.connection.renew(grant).catch(() => undefined);
  }

  #open(name: string, share: Share, grant: MediaGrant): Place {
    const connection = this.#options.connect({ ...share.options, grant, tracks: share.tracks });
    const place: Place = new Place(name, connection, share, () => this.#places.delete(place.name));
    this.#places.set(name, place);
    return place;
  }

  /** A grant for another place: who is alone takes the connection along, who is not leaves the others where they are. */
  async #renew(share: Share, grant: MediaGrant): Promise<void> {
    const { place } = share;
    const name = this.#options.placeOf(grant);
    if (name === place.name) return place.connection.renew(grant);
    if (!place.isAlone || this.#places.has(name)) {
      const left = place.leave(share);
      this.#enter(share, grant);
      return left;
    }
    this.#places.delete(place.name);
    place.name = name;
    this.#places.set(name, place);
    await place.connection.renew(grant);
  }
}

/** One person's place in a room: one connection, and all who share it. */
class Place {
  name: string;
  readonly connection: VideoConnection;
  readonly #onEmpty: () => void;
  readonly #shares = new Set<Share>();
  /** What the connection has of each kind. */
  readonly #sent: Record<Kind, MediaStreamTrack | null>;
  /** Who gave a track last: a camera that was changed in one session is the one that its person means. */
  readonly #newest: Record<Kind, Share>;
  #wantsPictures = true;
  link: VideoLinkState = 'connecting';
  tracks = NO_TRACKS;

  constructor(name: string, connection: VideoConnection, first: Share, onEmpty: () => void) {
    this.name = name;
    this.connection = connection;
    this.#onEmpty = onEmpty;
    this.#sent = { ...first.given };
    this.#newest = { audio: first, video: first };
    connection.on('link', (state) => {
      this.link = state;
      this.#each((share) => share.tellLink());
    });
    connection.on('tracks', (tracks) => {
      this.tracks = tracks;
      this.#each((share) => share.tellTracks());
    });
    connection.on('message', (data, from) =>
      this.#each((share) => share.listeners.tell('message', data, from)),
    );
    connection.on('expired', () => this.#each((share) => share.listeners.tell('expired')));
  }

  get isAlone(): boolean {
    return this.#shares.size === 1;
  }

  enter(share: Share): void {
    this.#shares.add(share);
    this.#weighAll(share);
    this.weighPictures();
  }

  /** What this one gives and the connection does not send. */
  heldBack(share: Share): readonly Kind[] {
    return KINDS.filter((kind) => share.given[kind] !== null && this.#sent[kind] === null);
  }

  /** Resolves when the connection has ended, if it was the last. */
  async leave(share: Share): Promise<void> {
    if (!this.#shares.delete(share)) return;
    if (this.#shares.size > 0) {
      this.#weighAll(null);
      return this.weighPictures();
    }
    this.#onEmpty();
    await this.connection.close();
  }

  /** What goes out of that kind now that `by` gave a track, took it back, came or went. */
  async weigh(kind: Kind, by: Share | null): Promise<void> {
    if (by !== null && by.given[kind] !== null) this.#newest[kind] = by;
    const track = this.#agreed(kind);
    const isNew = track !== this.#sent[kind];
    this.#sent[kind] = track;
    const done = isNew ? this.connection.setTrack(kind, track) : null;
    this.#each((share) => share.tellHeldBack());
    await done;
  }

  weighPictures(): void {
    const isWanted = [...this.#shares].some(({ wantsPictures }) => wantsPictures);
    if (isWanted === this.#wantsPictures) return;
    this.#wantsPictures = isWanted;
    this.connection.receivePictures(isWanted);
  }

  #agreed(kind: Kind): MediaStreamTrack | null {
    const given = [...this.#shares].map((share) => share.given[kind]);
    if (given.includes(null)) return null;
    const newest = this.#newest[kind];
    return (this.#shares.has(newest) ? newest.given[kind] : given.at(-1)) ?? null;
  }

  /** Nobody waits for it: what the transport cannot do now it does with its next connection. */
  #weighAll(by: Share | null): void {
    for (const kind of KINDS) this.weigh(kind, by).catch(() => undefined);
  }

  /** A listener may end its own session, or another's, which is told nothing any more. */
  #each(call: (share: Share) => void): void {
    for (const share of Array.from(this.#shares)) if (this.#shares.has(share)) call(share);
  }
}

/** A place as one session has it. */
class Share implements VideoConnection {
  readonly options: VideoConnectOptions;
  readonly listeners = new Listeners<VideoConnectionEvents>();
  readonly given: Record<Kind, MediaStreamTrack | null> = { audio: null, video: null };
  readonly #renew: (grant: MediaGrant) => Promise<void>;
  wantsPictures = true;
  #place: Place | null = null;
  #told: VideoLinkState = 'connecting';
  #toldTracks = NO_TRACKS;
  #toldHeldBack = '';
  #isListenedTo = false;
  #isClosed = false;

  constructor(options: VideoConnectOptions, renew: (grant: MediaGrant) => Promise<void>) {
    this.options = options;
    this.#renew = renew;
    for (const track of options.tracks) this.given[track.kind as Kind] = track;
  }

  /** Where it is, or was when it was closed. */
  get place(): Place {
    if (this.#place === null) throw new TypeError('a share is used before it has a place');
    return this.#place;
  }

  get tracks(): readonly MediaStreamTrack[] {
    return KINDS.flatMap((kind) => this.given[kind] ?? []);
  }

  enter(place: Place): void {
    this.#place = place;
    place.enter(this);
    // Who listens can only begin to once `connect` has returned; then they are told at once how it stands.
    queueMicrotask(() => {
      if (this.#isClosed || this.#place !== place) return;
      this.#isListenedTo = true;
      this.tellLink();
      if (place.tracks !== this.#toldTracks) this.tellTracks();
      this.tellHeldBack();
    });
  }

  tellHeldBack(): void {
    const kinds = this.place.heldBack(this);
    const said = kinds.join(' ');
    if (said === this.#toldHeldBack || !this.#isListenedTo) return;
    this.#toldHeldBack = said;
    this.listeners.tell('heldBack', kinds);
  }

  tellLink(): void {
    const { link } = this.place;
    if (link === this.#told) return;
    this.#told = link;
    this.listeners.tell('link', link);
  }

  tellTracks(): void {
    const { tracks } = this.place;
    this.#toldTracks = tracks;
    this.listeners.tell('tracks', this.wantsPictures ? tracks : tracks.map(withoutPicture));
  }

  on<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void {
    if (!this.#isClosed) this.listeners.add(event, listener);
  }

  off<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void {
    this.listeners.remove(event, listener);
  }

  send(data: Uint8Array, to?: Id): void {
    if (!this.#isClosed) this.place.connection.send(data, to);
  }

  async setTrack(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    if (this.#isClosed) return;
    this.given[kind] = track;
    await this.place.weigh(kind, this);
  }

  receivePictures(isWanted: boolean): void {
    if (this.#isClosed) return;
    this.wantsPictures = isWanted;
    this.place.weighPictures();
    if (this.place.tracks.length > 0) this.tellTracks();
  }

  counters(of?: Id): Promise<VideoCounters> {
    return this.place.connection.counters(of);
  }

  hint(what: 'networkIsBack' | 'peerIsBack'): void {
    if (!this.#isClosed) this.place.connection.hint(what);
  }

  async renew(grant: MediaGrant): Promise<void> {
    if (!this.#isClosed) await this.#renew(grant);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const ended = this.place.leave(this);
    this.listeners.tell('link', 'closed');
    this.listeners.clear();
    await ended;
  }
}

const withoutPicture = (track: RemoteTrack): RemoteTrack =>
  track.kind === 'video' ? { ...track, isMuted: true } : track;
