import type { VideoConnection, VideoConnectOptions, VideoPort } from '../ports.js';
import { drawnOnPage, type DrawTrack } from './drawn-track.js';
import { PracticeConnection } from './practice-connection.js';

/** How one side of a practice room behaves. A page needs none of them. */
export interface PracticeVideoOptions {
  /** What this side lets the other believe that it sends. Default: what of microphone and camera is on. */
  readonly sends?: readonly ('audio' | 'video')[];
  /** Whether anything gets through, either way. Default: always. */
  readonly isOpen?: () => boolean;
  /** How the other side is shown. Default: a drawn figure, and a sound track without sound. */
  readonly drawTrack?: DrawTrack;
}

/**
 * The video port of a practice room (rule K23). Only heartbeats are carried, through the session server; of sound and
 * picture no more than whether there would be any: nothing of camera or microphone leaves this device.
 */
export class PracticeVideo implements VideoPort {
  /** Grants of practice rooms. */
  readonly transport = 'practice';
  readonly #options: Required<PracticeVideoOptions>;

  constructor({ sends, isOpen = () => true, drawTrack = drawnOnPage }: PracticeVideoOptions = {}) {
    this.#options = { sends: sends ?? [], isOpen, drawTrack };
  }

  /** Starts to connect and returns at once. */
  connect(options: VideoConnectOptions): VideoConnection {
    return new PracticeConnection(options, this.#options);
  }
}
