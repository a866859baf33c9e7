import { hasMedia, type Role } from '@holdfast/protocol';
import { AccessToken, RoomServiceClient, TrackSource, type VideoGrant } from 'livekit-server-sdk';
import { ServerError } from '../errors.js';
import type { Room, VideoServer } from '../video/video-server.js';

/** Settings of a LiveKit server (1.13.2 or newer; older ones shorten refreshed tokens). */
export interface LiveKitVideoOptions {
  /** Address for browsers, `wss://…` (`ws://` on this machine). */
  readonly url: string;
  /** As the LiveKit server has it. */
  readonly apiKey: string;
  /** At least 32 characters. */
  readonly apiSecret: string;
  /** Address for the session server. Default: `url` as http. */
  readonly apiUrl?: string;
  /** How long a token opens its room. Default 6 h: it outlives session and ladder; 30 min to 24 h. */
  readonly tokenValidMs?: number;
  /** How long an empty room stays. Default 2 h: longer than the ladder, or a healed client finds no room; 30 min to 24 h. */
  readonly emptyRoomMs?: number;
}

const MINUTE_MS = 60_000;
const LEAST_MS = 30 * MINUTE_MS;
const MOST_MS = 24 * 60 * MINUTE_MS;
/** Of one API call. */
const CALL_WITHIN_S = 5;
/** Client, practitioner and other participants of one session. */
const MOST_PEOPLE = 6;
/** All of them, and for some seconds the ghosts that they leave behind. */
const MOST_PARTICIPANTS = 2 * MOST_PEOPLE;

/**
 * LiveKit behind the video port: rooms that outlive the ladder, tokens with the least grants. Needs the peer dependency
 * `livekit-server-sdk`.
 *
 * @throws ServerError `bad-option`.
 */
export function livekitVideo(options: LiveKitVideoOptions): VideoServer {
  const {
    url,
    apiKey,
    apiSecret,
    tokenValidMs = 6 * 60 * MINUTE_MS,
    emptyRoomMs = 2 * 60 * MINUTE_MS,
  } = options;
  const apiUrl = options.apiUrl ?? url.replace(/^ws/, 'http');
  check(options, apiUrl);
  checkBetween('tokenValidMs', tokenValidMs);
  checkBetween('emptyRoomMs', emptyRoomMs);
  const rooms = new RoomServiceClient(apiUrl, apiKey, apiSecret, { requestTimeout: CALL_WITHIN_S });
  const seconds = Math.ceil(emptyRoomMs / 1000);
  const makeRoom = async (room: string): Promise<void> => {
    await vendor(() =>
      rooms.createRoom({
        name: room,
        emptyTimeout: seconds,
        departureTimeout: seconds,
        maxParticipants: MOST_PARTICIPANTS,
      }),
    );
  };
  const opening = new Map<string, Promise<void>>();
  /**
   * Making a room that is there changes nothing, so it is made again before each grant: it may have been lost. Grants
   * for several devices at the same time share one call.
   */
  const openRoom = ({ room }: Room): Promise<void> => {
    const made = opening.get(room) ?? makeRoom(room).finally(() => opening.delete(room));
    opening.set(room, made);
    return made;
  };
  return {
    transport: 'livekit',
    mostPeople: MOST_PEOPLE,
    refuses: () => null,
    openRoom,
    async grant({ room, policy, person, role, device }) {
      await openRoom({ room, policy });
      const token = new AccessToken(apiKey, apiSecret, {
        identity: person,
        ttl: Math.ceil(tokenValidMs / 1000),
        attributes: { device },
      });
      token.addGrant(leastGrant(room, role));
      return { transport: 'livekit', room, url, token: await token.toJwt() };
    },
    async removePerson({ room, person }) {
      await ifThere(() => rooms.removeParticipant(room, person));
    },
    async closeRoom({ room }) {
      await ifThere(() => rooms.deleteRoom(room));
    },
    close: async () => {},
  };
}

/**
 * Camera and microphone in this room, and nothing else: no lists, no administration, no change of attributes. Data is the
 * heartbeats of the two whose contact counts: a participant's would pass for theirs (J11).
 */
const leastGrant = (room: string, role: Role): VideoGrant => ({
  room,
  roomJoin: true,
  canPublish: true,
  canSubscribe: true,
  canPublishData: hasMedia(role),
  canPublishSources: [TrackSource.CAMERA, TrackSource.MICROPHONE],
  canUpdateOwnMetadata: false,
});

async function vendor<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new ServerError('video-failed', 'the LiveKit server did not do what it was asked', { cause });
  }
}

/** What is gone already is what was wanted. */
async function ifThere(call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'not_found') return;
    throw new ServerError('video-failed', 'the LiveKit server did not do what it was asked', { cause });
  }
}

function check({ url, apiKey, apiSecret }: LiveKitVideoOptions, apiUrl: string): void {
  if (!URL.canParse(url) || !/^wss?:$/.test(new URL(url).protocol))
    throw new ServerError('bad-option', 'url must be a ws: or wss: address');
  if (!URL.canParse(apiUrl) || !/^https?:$/.test(new URL(apiUrl).protocol))
    throw new ServerError('bad-option', 'apiUrl must be an http: or https: address');
  if (apiKey === '') throw new ServerError('bad-option', 'apiKey is empty');
  if (apiSecret.length < 32)
    throw new ServerError('bad-option', 'apiSecret must have at least 32 characters');
}

function checkBetween(name: string, valueMs: number): void {
  if (valueMs >= LEAST_MS && valueMs <= MOST_MS) return;
  throw new ServerError(
    'bad-option',
    `${name} is ${valueMs}; it must be from ${LEAST_MS} to ${MOST_MS} milliseconds`,
  );
}
