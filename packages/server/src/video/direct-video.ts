import { createHmac } from 'node:crypto';
import type { MediaGrant } from '@holdfast/protocol';
import { ServerError } from '../errors.js';
import type { VideoServer } from './video-server.js';

type IceServer = Extract<MediaGrant, { transport: 'webrtc' }>['iceServers'][number];

/** A TURN server that checks short-lived credentials by a shared secret (coturn `use-auth-secret`). */
export interface TurnOptions {
  /** `turn:` and `turns:` addresses. */
  readonly urls: readonly string[];
  /** At least 16 characters; the TURN server has the same. */
  readonly sharedSecret: string;
  /** How long a credential lives. Default 6 h: longer than any session and its ladder; 30 min to 24 h. */
  readonly validMs?: number;
}

/** Settings of direct media. */
export interface DirectVideoOptions {
  /** ICE servers as they are given to every device, for example STUN. Default none: enough on one network. */
  readonly iceServers?: readonly IceServer[];
  /** The host's relay. Needed unless the policy sets `exposesAddresses`. Default none. */
  readonly turn?: TurnOptions;
}

const MINUTE_MS = 60_000;
const DEFAULT_VALID_MS = 6 * 60 * MINUTE_MS;
const LEAST_VALID_MS = 30 * MINUTE_MS;
const MOST_VALID_MS = 24 * 60 * MINUTE_MS;

/**
 * Direct media between the two browsers; the session server only relays descriptions. Each side sees the other's
 * network address unless everything goes through the host's TURN, so without `policy.exposesAddresses` grants are
 * relay only and a TURN server is asked for.
 *
 * @throws ServerError `bad-option`.
 */
export function directVideo({ iceServers = [], turn }: DirectVideoOptions = {}): VideoServer {
  const validMs = turn?.validMs ?? DEFAULT_VALID_MS;
  checkTurn(turn, validMs);
  const hasRelay =
    turn !== undefined || iceServers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)));
  return {
    transport: 'webrtc',
    mostPeople: 2,
    refuses: ({ exposesAddresses }) =>
      exposesAddresses || hasRelay
        ? null
        : 'direct media without a TURN server shows each home its address: give directVideo({ turn }) a TURN server, or set exposesAddresses in the policy when the host accepts that in writing',
    grant: async ({ room, role, peerDevice, policy, person, nowMs }) => ({
      transport: 'webrtc',
      room,
      peer: peerDevice,
      isPolite: role === 'client',
      iceServers: [...iceServers, ...(turn === undefined ? [] : [turnServer(turn, person, nowMs + validMs)])],
      relayOnly: !policy.exposesAddresses,
    }),
    openRoom: async () => {},
    removePerson: async () => {},
    closeRoom: async () => {},
    close: async () => {},
  };
}

function checkTurn(turn: TurnOptions | undefined, validMs: number): void {
  if (turn === undefined) return;
  if (
    !Array.isArray(turn.urls) ||
    turn.urls.length === 0 ||
    !turn.urls.every((url) => /^turns?:/.test(url))
  ) {
    throw new ServerError('bad-option', 'turn.urls must be one or more turn: or turns: addresses');
  }
  if (typeof turn.sharedSecret !== 'string' || turn.sharedSecret.length < 16)
    throw new ServerError('bad-option', 'turn.sharedSecret must have at least 16 characters');
  if (!(validMs >= LEAST_VALID_MS && validMs <= MOST_VALID_MS)) {
    throw new ServerError(
      'bad-option',
      `turn.validMs must be from ${LEAST_VALID_MS} to ${MOST_VALID_MS} (it outlives session and ladder); it is ${validMs}`,
    );
  }
}

/** The user name is the expiry in seconds and an id; the password is its HMAC: nothing to store on either side. */
function turnServer(turn: TurnOptions, person: string, expiresAtMs: number): IceServer {
  const username = `${Math.floor(expiresAtMs / 1000)}:${person}`;
  return {
    urls: [...turn.urls],
    username,
    credential: createHmac('sha1', turn.sharedSecret).update(username).digest('base64'),
  };
}
