import type { LocalMedia, MediaState } from './types.js';

type Kind = 'audio' | 'video';
type Device = 'microphone' | 'camera';
type Status = Exclude<MediaState['camera'], 'soundOnly' | 'paused' | 'offElsewhere'>;

const KIND: Readonly<Record<Device, Kind>> = { microphone: 'audio', camera: 'video' };

/** 640 by 480 is enough for a face and light on an old phone (D02). */
const WANTED: Readonly<Record<Device, MediaTrackConstraints>> = {
  camera: { width: { ideal: 640 }, height: { ideal: 480 } },
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};

export interface LocalMediaOptions {
  /** The browser's `mediaDevices`; undefined on a page without a secure address. */
  readonly devices: MediaDevices | undefined;
  readonly onChange: () => void;
  /** A track to publish, or none. */
  readonly onTrack: (kind: Kind, track: MediaStreamTrack | null) => void;
  /** Whether the other person's picture is wanted. */
  readonly onPictures: (isWanted: boolean) => void;
}

/**
 * Microphone and camera of this page. Owns the tracks: a transport publishes them and never stops one. Nothing here
 * throws: without a camera, or when it is denied, the session goes on and the state says why.
 */
export class PageMedia implements LocalMedia {
  readonly #options: LocalMediaOptions;
  readonly #status: Record<Device, Status> = { microphone: 'off', camera: 'off' };
  readonly #tracks: Record<Device, MediaStreamTrack | null> = { microphone: null, camera: null };
  readonly #chosen: Record<Device, string | null> = { microphone: null, camera: null };
  readonly #wanted: Record<Device, boolean> = { microphone: false, camera: false };
  #isByPhone = false;
  #isPaused = false;
  #isSoundOnly = false;
  #heldBack: readonly Kind[] = [];
  #wantsPictures = true;
  #remote: MediaState['remoteTracks'] = [];
  #list: MediaState['devices'] = [];
  #state: MediaState | null = null;

  constructor(options: LocalMediaOptions) {
    this.#options = options;
    options.devices?.addEventListener?.('devicechange', this.#relist);
    this.#relist();
  }

  /** The same object until something changes. */
  get state(): MediaState {
    this.#state ??= {
      microphone: this.#shown('microphone', 'byPhone'),
      camera: this.#shown('camera', 'soundOnly'),
      pictures: this.wantsPictures ? 'on' : 'off',
      localTracks: this.tracks,
      remoteTracks: this.#isPaused ? [] : this.#remote,
      devices: this.#list,
    };
    return this.#state;
  }

  get tracks(): readonly MediaStreamTrack[] {
    const { microphone, camera } = this.#tracks;
    return [microphone, camera].filter((track) => track !== null).filter(({ enabled }) => enabled);
  }

  async setMicrophone(on: boolean): Promise<void> {
    if (!on || !this.#isHeld('microphone')) await this.#set('microphone', on);
  }

  async setCamera(on: boolean): Promise<void> {
    if (!on || !this.#isHeld('camera')) await this.#set('camera', on);
  }

  async setPictures(on: boolean): Promise<void> {
    this.#wantsPictures = on;
    this.#changedPictures();
  }

  /** As this person has it, and not while sound only was chosen. */
  get wantsPictures(): boolean {
    return this.#wantsPictures && !this.#isSoundOnly;
  }

  async useDevice(kind: Device, id: string): Promise<void> {
    this.#chosen[kind] = id;
    if (this.#wanted[kind]) return this.#start(kind);
    // A muted microphone that was kept is of the device before: the next one is asked for when it is turned on.
    if (this.#tracks[kind] !== null) this.#replace(kind, null, 'off');
  }

  showRemote(tracks: MediaState['remoteTracks']): void {
    this.#remote = tracks;
    this.#changed();
  }

  /**
   * P13: while they talk by phone the other side hears nothing from this page, or both would talk into phone and page;
   * after it the microphone is what the person had chosen.
   */
  talkByPhone(isByPhone: boolean): void {
    if (isByPhone === this.#isByPhone) return;
    this.#isByPhone = isByPhone;
    this.#hold('microphone');
    this.#changed();
  }

  /**
   * U1: nothing goes out and nothing is shown of the other side; after it both are what the person had chosen. Devices are
   * kept, so that nobody is asked for permission again.
   */
  pause(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.#hold('microphone');
    this.#hold('camera');
    this.#changed();
  }

  /** W2: sound only: no picture leaves this page or comes to it. Afterwards the camera is turned on by its person only. */
  talkWithoutPictures(isSoundOnly: boolean): void {
    if (isSoundOnly === this.#isSoundOnly) return;
    this.#isSoundOnly = isSoundOnly;
    if (isSoundOnly) void this.#set('camera', false);
    this.#changedPictures();
  }

  /** P17: on here, and off in another session of this page: it does not go out, and this page says so. */
  holdBack(kinds: readonly Kind[]): void {
    if (kinds.join() === this.#heldBack.join()) return;
    this.#heldBack = kinds;
    this.#changed();
  }

  /** Ends capture at once: the browser's own lamp goes out. */
  stop(): void {
    for (const kind of ['microphone', 'camera'] as const) {
      this.#wanted[kind] = false;
      this.#replace(kind, null, 'off');
    }
    this.showRemote([]);
  }

  dispose(): void {
    this.stop();
    this.#options.devices?.removeEventListener?.('devicechange', this.#relist);
  }

  /** What is broken stays broken: only on and off are another thing while they pause, or talk by phone or by sound only. */
  #shown<Held extends string>(kind: Device, held: Held): Status | 'paused' | 'offElsewhere' | Held {
    const status = this.#status[kind];
    if (status === 'on' && this.#heldBack.includes(KIND[kind])) return 'offElsewhere';
    if (!this.#isHeld(kind) || (status !== 'on' && status !== 'off')) return status;
    return this.#isPaused ? 'paused' : held;
  }

  #isHeld(kind: Device): boolean {
    return this.#isPaused || (kind === 'microphone' ? this.#isByPhone : this.#isSoundOnly);
  }

  #hold(kind: Device): void {
    const track = this.#tracks[kind];
    if (track !== null) this.#mute(kind, track, this.#isHeld(kind) || !this.#wanted[kind]);
  }

  #changedPictures(): void {
    this.#options.onPictures(this.wantsPictures);
    this.#changed();
  }

  async #set(kind: Device, on: boolean): Promise<void> {
    this.#wanted[kind] = on;
    const track = this.#tracks[kind];
    // A camera that is off is let go, so that its lamp is out. A muted microphone is kept: some browsers ask for
    // permission again each time, and nobody is to lose their voice over it.
    if (kind === 'microphone' && track !== null) return this.#mute('microphone', track, !on);
    if (!on) return this.#replace(kind, null, 'off');
    if (track === null) await this.#start(kind);
  }

  #mute(kind: Device, track: MediaStreamTrack, isMuted: boolean): void {
    if (track.enabled === !isMuted) return;
    track.enabled = !isMuted;
    this.#status[kind] = isMuted ? 'off' : 'on';
    this.#options.onTrack(KIND[kind], isMuted ? null : track);
    this.#changed();
  }

  async #start(kind: Device): Promise<void> {
    const chosen = this.#chosen[kind];
    const wanted = chosen === null ? WANTED[kind] : { ...WANTED[kind], deviceId: { exact: chosen } };
    const { devices } = this.#options;
    if (devices?.getUserMedia === undefined) return this.#replace(kind, null, 'missing');
    try {
      const stream = await devices.getUserMedia({ [KIND[kind]]: wanted });
      const track = stream.getTracks()[0] ?? null;
      // Switched off, or exited, while the question of permission was open.
      if (!this.#wanted[kind]) return track?.stop();
      this.#replace(kind, track, track === null ? 'missing' : 'on');
      track?.addEventListener('ended', () => {
        if (this.#tracks[kind] === track) this.#replace(kind, null, 'failed');
      });
      await this.#readDevices();
    } catch (error) {
      // The chosen one was unplugged: whoever wants to be heard is not told to look for a menu first.
      if (chosen === null || nameOf(error) !== 'OverconstrainedError')
        return this.#replace(kind, null, whyNot(error));
      this.#chosen[kind] = null;
      await this.#start(kind);
    }
  }

  #replace(kind: Device, track: MediaStreamTrack | null, status: Status): void {
    const old = this.#tracks[kind];
    this.#tracks[kind] = track;
    const isHeld = track !== null && this.#isHeld(kind);
    this.#status[kind] = isHeld ? 'off' : status;
    if (track !== null) track.enabled = !isHeld;
    if (old !== track) this.#options.onTrack(KIND[kind], isHeld ? null : track);
    old?.stop();
    this.#changed();
  }

  readonly #relist = (): void => void this.#readDevices();

  async #readDevices(): Promise<void> {
    try {
      const found = (await this.#options.devices?.enumerateDevices()) ?? [];
      this.#list = found
        .filter(({ deviceId }) => deviceId !== '')
        .map(({ deviceId, kind, label }) => ({ id: deviceId, kind: DEVICE_OF[kind], label }));
    } catch {
      this.#list = [];
    }
    this.#changed();
  }

  #changed(): void {
    this.#state = null;
    this.#options.onChange();
  }
}

const DEVICE_OF = { audioinput: 'microphone', videoinput: 'camera', audiooutput: 'speaker' } as const;

/** Not each browser's `OverconstrainedError` is an `Error`. */
const nameOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'name' in error ? error.name : null;

/** The browser's names for what went wrong, in the session's words. */
function whyNot(error: unknown): Status {
  const name = nameOf(error);
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return 'failed';
}
