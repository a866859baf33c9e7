import type { Command, Personal } from '@holdfast/protocol';
import type {
  JoinedSession,
  LocalMedia,
  MediaState,
  SendResult,
  SessionEvents,
  View,
} from '@holdfast/session';

const SILENT_MEDIA: MediaState = {
  microphone: 'off',
  camera: 'off',
  pictures: 'on',
  localTracks: [],
  remoteTracks: [],
  devices: [
    { id: 'camera-1', kind: 'camera', label: 'Built-in camera' },
    { id: 'microphone-1', kind: 'microphone', label: 'Built-in microphone' },
  ],
};

/** A session without any server, for tests and for looking at a theme: shows what it is told and records what is sent. */
export class FakeJoinedSession implements JoinedSession {
  /** What is shown now. */
  view: View;
  /** Every command that was sent, in order. */
  readonly sent: { command: Command; personal: Personal | undefined }[] = [];
  /** `signalDiscreetly`, `leave`, `exit`, `takeBack`, `dispose`, in order. */
  readonly done: string[] = [];
  /** What `nowMs` says. */
  clockMs = 0;
  /** What the next `send` answers. */
  result: SendResult = { outcome: 'accepted' };
  private mediaState: MediaState = SILENT_MEDIA;
  private readonly listeners = new Map<keyof SessionEvents, Set<(...args: never[]) => void>>();

  constructor(view: View) {
    this.view = view;
  }

  /** Media without a camera: turning it on and off only changes the state. */
  readonly media: LocalMedia = fakeMedia(
    () => this.mediaState,
    (change) => this.showMedia(change),
  );

  /** `clockMs`. */
  nowMs(): number {
    return this.clockMs;
  }

  /** Adds a listener. */
  on<E extends keyof SessionEvents>(event: E, listener: SessionEvents[E]): void {
    const known = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, known.add(listener));
  }

  /** Takes a listener away. */
  off<E extends keyof SessionEvents>(event: E, listener: SessionEvents[E]): void {
    this.listeners.get(event)?.delete(listener);
  }

  /** How many listeners an event has: a page that is taken away leaves none. */
  count(event: keyof SessionEvents): number {
    return this.listeners.get(event)?.size ?? 0;
  }

  /** Shows another view, as a session server would. */
  show(view: View): void {
    this.view = view;
    this.tell('view', view);
  }

  /** Changes the state of media; what is not named stays. */
  showMedia(change: Partial<MediaState>): void {
    this.mediaState = { ...this.mediaState, ...change };
    this.tell('media', this.mediaState);
  }

  /** Tells the page that the line was refused for good. */
  refuse(code: string, sentence: string): void {
    this.tell('refused', code, sentence);
  }

  /** Keeps the command and answers with `result`. */
  async send(command: Command, personal?: Personal): Promise<SendResult> {
    this.sent.push({ command, personal });
    return this.result;
  }

  /** Noted in `done`. */
  signalDiscreetly(): SendResult {
    this.done.push('signalDiscreetly');
    return { outcome: 'accepted' };
  }

  /** Noted in `done`. */
  async leave(): Promise<void> {
    this.done.push('leave');
  }

  /** Noted in `done`. */
  exit(): void {
    this.done.push('exit');
  }

  /** Noted in `done`. */
  takeBack(): void {
    this.done.push('takeBack');
  }

  /** Noted in `done`. */
  dispose(): void {
    this.done.push('dispose');
  }

  private tell<E extends keyof SessionEvents>(event: E, ...args: Parameters<SessionEvents[E]>): void {
    for (const listener of this.listeners.get(event) ?? [])
      (listener as (...args: unknown[]) => void)(...args);
  }
}

function fakeMedia(read: () => MediaState, show: (change: Partial<MediaState>) => void): LocalMedia {
  return {
    get state() {
      return read();
    },
    setMicrophone: async (on) => {
      if (!['byPhone', 'paused'].includes(read().microphone)) show({ microphone: on ? 'on' : 'off' });
    },
    setCamera: async (on) => show({ camera: on ? 'on' : 'off' }),
    setPictures: async (on) => show({ pictures: on ? 'on' : 'off' }),
    useDevice: async () => undefined,
  };
}
