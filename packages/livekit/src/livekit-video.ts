import type { VideoConnectOptions, VideoConnection, VideoPort } from '@holdfast/session';
import { LogLevel, Room, setLogLevel } from 'livekit-client';
import { guardPage } from './page-guards.js';
import { RoomLink } from './room-link.js';
import { ROOM_OPTIONS } from './room-options.js';

export interface LiveKitVideoOptions {
  /** What livekit-client prints to the console. Default silent: it names servers and people. */
  readonly logLevel?: keyof typeof LogLevel;
}

/** Video through a LiveKit server, by livekit-client 2.22.1 or newer. The room's token comes with each grant. */
export class LiveKitVideo implements VideoPort {
  readonly transport = 'livekit';

  constructor(options: LiveKitVideoOptions = {}) {
    setLogLevel(LogLevel[options.logLevel ?? 'silent']);
  }

  connect(options: VideoConnectOptions): VideoConnection {
    guardPage(options.clock);
    return new RoomLink(options, () => new Room(ROOM_OPTIONS));
  }
}
