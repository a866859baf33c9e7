import type { VideoConnectOptions, VideoConnection, VideoPort } from '@holdfast/session';
import { LogLevel, Room, setLogLevel } from 'livekit-client';
import { guardPage, warmUp } from './page-guards.js';
import { RoomLink } from './room-link.js';
import { ROOM_OPTIONS } from './room-options.js';

/** Settings of the LiveKit transport. */
export interface LiveKitVideoOptions {
  /** What livekit-client prints to the console. Default silent: it names servers and people. */
  readonly logLevel?: keyof typeof LogLevel;
}

/** Video through a LiveKit server, by livekit-client 2.22.1 or newer. The room's token comes with each grant. */
export class LiveKitVideo implements VideoPort {
  /** Takes grants of LiveKit. */
  readonly transport = 'livekit';

  constructor(options: LiveKitVideoOptions = {}) {
    setLogLevel(LogLevel[options.logLevel ?? 'silent']);
    warmUp();
  }

  /** Starts to connect and returns at once; the room's token is in the grant. */
  connect(options: VideoConnectOptions): VideoConnection {
    guardPage(options.clock);
    return new RoomLink(options, () => new Room(ROOM_OPTIONS));
  }
}
