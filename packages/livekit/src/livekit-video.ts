import { RoomShares } from '@holdfast/session';
import type { VideoConnectOptions, VideoConnection, VideoPort } from '@holdfast/session';
import { LogLevel, Room, setLogLevel } from 'livekit-client';
import { guardPage, warmUp } from './page-guards.js';
import { placeOf } from './place-of.js';
import { RoomLink } from './room-link.js';
import { roomOptions } from './room-options.js';

/** Settings of the LiveKit transport. */
export interface LiveKitVideoOptions {
  /** What livekit-client prints to the console. Default silent: it names servers and people. */
  readonly logLevel?: keyof typeof LogLevel;
}

/** Of the page, not of one object: the video server throws out who comes twice, whichever object they came through. */
const shares = new RoomShares({
  placeOf,
  connect: (options) => {
    guardPage(options.clock);
    return new RoomLink(options, () => new Room(roomOptions(options.link)));
  },
});

/** Video through a LiveKit server, by livekit-client 2.22.1 or newer. The room's token comes with each grant. */
export class LiveKitVideo implements VideoPort {
  /** Takes grants of LiveKit. */
  readonly transport = 'livekit';

  constructor(options: LiveKitVideoOptions = {}) {
    setLogLevel(LogLevel[options.logLevel ?? 'silent']);
    warmUp();
  }

  /**
   * Starts to connect and returns at once; the room's token is in the grant. Sessions of one page that are in one room as
   * the same person share one connection.
   */
  connect(options: VideoConnectOptions): VideoConnection {
    return shares.connect(options);
  }
}
