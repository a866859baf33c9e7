import type { Id, MediaGrant } from '@holdfast/protocol';
import { Listeners } from '../device/listeners.js';
import { SessionError } from '../session-error.js';
import type {
  RemoteTrack,
  VideoConnection,
  VideoConnectionEvents,
  VideoConnectOptions,
  VideoCounters,
  VideoLinkState,
} from '../ports.js';
import type { DrawnTrack, DrawTrack } from './drawn-track.js';
import { PracticeSignal } from './practice-signal.js';

type Kind = 'audio' | 'video';

interface ConnectionSettings {
  readonly sends: readonly Kind[];
  readonly isOpen: () => boolean;
  readonly drawTrack: DrawTrack;
}

const KINDS: readonly Kind[] = ['audio', 'video'];
const SAY_EVERY_MS = 1000;
const COUNT_EVERY_MS = 500;
/** What was not heard for this long sends nothing any more. */
const SILENT_AFTER_MS = 1500;
/** When a real browser's ICE says so (livekit-facts 6.3). */
const INTERRUPTED_AFTER_MS = 6000;
/** What a call of usual quality brings in one look. */
const SOUND_A_LOOK = 25;
const FRAMES_A_LOOK = 8;

/** One device's side of a practice call. What arrives is counted as a call would have it, while the other side is heard. */
export class PracticeConnection implements VideoConnection {
  readonly #options: VideoConnectOptions;
  readonly #settings: ConnectionSettings;
  readonly #listeners = new Listeners<VideoConnectionEvents>();
  readonly #local = new Set<Kind>();
  readonly #drawn = new Map<Kind, DrawnTrack>();
  readonly #cancels: readonly (() => void)[];
  #peer: Id | null;
  #theySend: readonly Kind[] = [];
  #wantsPictures = true;
  #heardAtMs: number | null = null;
  #shown = '[]';
  #state: VideoLinkState = 'connecting';
  #counters = { receivedPackets: 0, soundPackets: 0, lostSoundPackets: 0, pictureFrames: 0, linkAnswers: 0 };

  constructor(options: VideoConnectOptions, settings: ConnectionSettings) {
    this.#options = options;
    this.#settings = settings;
    this.#peer = peerOf(options.grant);
    for (const { kind } of options.tracks) this.#local.add(kind as Kind);
    const { signal, clock } = options;
    this.#cancels = [
      signal.onSignal((from, data) => this.#onSignal(from, data)),
      clock.every(SAY_EVERY_MS, () => this.#sayHere()),
      clock.every(COUNT_EVERY_MS, () => this.#look()),
      clock.after(0, () => this.#sayHere()),
    ];
  }

  on<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void {
    this.#listeners.add(event, listener);
  }

  off<E extends keyof VideoConnectionEvents>(event: E, listener: VideoConnectionEvents[E]): void {
    this.#listeners.remove(event, listener);
  }

  send(data: Uint8Array): void {
    if (this.#state === 'connected') this.#say({ practice: 'message', bytes: Array.from(data) });
  }

  async setTrack(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    if (track === null) this.#local.delete(kind);
    else this.#local.add(kind);
    this.#sayHere();
  }

  receivePictures(isWanted: boolean): void {
    this.#wantsPictures = isWanted;
    this.#showTracks();
  }

  async counters(): Promise<VideoCounters> {
    return this.#counters;
  }

  hint(): void {
    this.#sayHere();
  }

  async renew(grant: MediaGrant): Promise<void> {
    this.#peer = peerOf(grant);
    this.#sayHere();
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    for (const cancel of this.#cancels) cancel();
    this.#setState('closed');
    this.#listeners.clear();
    for (const { stop } of this.#drawn.values()) stop();
    this.#drawn.clear();
  }

  #say(signal: PracticeSignal): void {
    if (this.#peer !== null && this.#settings.isOpen()) this.#options.signal.send(this.#peer, signal);
  }

  #sayHere(): void {
    if (this.#state === 'closed') return;
    this.#say({ practice: 'here', sends: [...new Set([...this.#local, ...this.#settings.sends])] });
  }

  #onSignal(from: Id, data: unknown): void {
    if (from !== this.#peer || !this.#settings.isOpen()) return;
    const parsed = PracticeSignal.safeParse(data);
    if (!parsed.success) return;
    if (parsed.data.practice === 'here') return this.#onHere(parsed.data.sends);
    // Before the first sign of the other side nobody listens.
    if (this.#heardAtMs !== null) this.#listeners.tell('message', Uint8Array.from(parsed.data.bytes), null);
  }

  #onHere(sends: readonly Kind[]): void {
    const isBack = this.#state !== 'connected';
    this.#heardAtMs = this.#options.clock.nowMs();
    this.#theySend = sends;
    this.#counters = { ...this.#counters, linkAnswers: this.#counters.linkAnswers + 1 };
    this.#setState('connected');
    // The other side need not wait for the next turn.
    if (isBack) this.#sayHere();
    this.#showTracks();
  }

  #look(): void {
    const silentForMs = this.#heardAtMs === null ? 0 : this.#options.clock.nowMs() - this.#heardAtMs;
    if (silentForMs >= INTERRUPTED_AFTER_MS && this.#state === 'connected') this.#setState('interrupted');
    if (this.#heardAtMs === null || silentForMs > SILENT_AFTER_MS) return;
    const sound = this.#theySend.includes('audio') ? SOUND_A_LOOK : 0;
    const frames = this.#theySend.includes('video') && this.#wantsPictures ? FRAMES_A_LOOK : 0;
    this.#counters = {
      ...this.#counters,
      receivedPackets: this.#counters.receivedPackets + sound + frames,
      soundPackets: this.#counters.soundPackets + sound,
      pictureFrames: this.#counters.pictureFrames + frames,
    };
  }

  /** What was seen last stays on the screen while the other side is away, as in a call. */
  #showTracks(): void {
    const tracks = KINDS.filter((kind) => this.#theySend.includes(kind) || this.#drawn.has(kind)).map(
      (kind): RemoteTrack => ({
        id: `practice.${kind}`,
        kind,
        track: this.#trackOf(kind),
        isMuted: !this.#theySend.includes(kind) || (kind === 'video' && !this.#wantsPictures),
        from: null,
      }),
    );
    const shown = JSON.stringify(tracks.map(({ id, isMuted }) => [id, isMuted]));
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#listeners.tell('tracks', tracks);
  }

  #trackOf(kind: Kind): MediaStreamTrack {
    const drawn = this.#drawn.get(kind) ?? this.#settings.drawTrack(kind, this.#options.clock);
    this.#drawn.set(kind, drawn);
    return drawn.track;
  }

  #setState(state: VideoLinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#listeners.tell('link', state);
  }
}

function peerOf(grant: MediaGrant): Id | null {
  if (grant.transport === 'practice') return grant.peer;
  throw new SessionError('bad-option', `a grant of ${grant.transport} is not for a practice room`);
}
