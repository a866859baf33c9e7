import { randomBytes } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import type { Network } from './network.js';
import { startService, waitUntilReady, writeTextFile, type HostDoor, type Service } from './processes.js';

/** A real livekit-server on the host side of a network, that asks nothing of any other network. */
export interface LivekitServer {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Environment for a session server that uses it. */
  readonly env: Readonly<Record<string, string>>;
  /** Who is in its rooms, by identity, as it says itself. */
  people(): Promise<readonly string[]>;
  /** `kill -9`. Returns the instant. */
  kill(): Promise<number>;
  /** Starts it again at the same address with the same key. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface LivekitOptions {
  readonly network: Network;
  readonly door: HostDoor;
  /** Path of the livekit-server program. */
  readonly program: string;
  /** Where configuration and log are kept. */
  readonly folder: string;
  /** Whether a valid token makes a room that does not exist. Default false: the session server makes rooms. */
  readonly createsRooms?: boolean;
}

const port = 7880;

export async function startLivekit(options: LivekitOptions): Promise<LivekitServer> {
  const { network, door, program, folder } = options;
  const apiKey = `key${randomBytes(6).toString('hex')}`;
  const apiSecret = randomBytes(32).toString('hex');
  const configFile = `${folder}/livekit.yaml`;
  writeTextFile(
    configFile,
    configuration(network.hostAddress, apiKey, apiSecret, options.createsRooms ?? false),
  );
  const start = async (): Promise<Service> => {
    const service = startService({
      network,
      command: program,
      args: ['--config', configFile],
      logFile: `${folder}/livekit.log`,
    });
    await waitUntilReady(door, `http://${network.hostAddress}:${port}/`, service);
    return service;
  };
  let service = await start();
  const url = `ws://${network.hostAddress}:${port}`;
  return {
    url,
    apiKey,
    apiSecret,
    env: { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret },
    people: () => peopleIn(`http://${network.hostAddress}:${port}`, door, apiKey, apiSecret),
    kill: () => service.kill(),
    restart: async () => {
      service = await start();
    },
    stop: async () => {
      // A drain waits for everybody to leave; the second signal does not.
      await service.kill();
    },
  };
}

/** The server's own API, over the door: the namespaces share no network with the tests. */
async function peopleIn(
  url: string,
  door: HostDoor,
  apiKey: string,
  apiSecret: string,
): Promise<readonly string[]> {
  const ask = async (method: string, body: object, room: string): Promise<Record<string, unknown>> => {
    const token = new AccessToken(apiKey, apiSecret, { ttl: '1m' });
    token.addGrant({ roomList: true, roomAdmin: true, room });
    const headers = { authorization: `Bearer ${await token.toJwt()}` };
    const answer = await door.post(`${url}/twirp/livekit.RoomService/${method}`, body, headers);
    if (answer.status !== 200) throw new Error(`LiveKit answered ${answer.status} to ${method}`);
    return JSON.parse(answer.body);
  };
  const { rooms = [] } = (await ask('ListRooms', {}, '')) as { rooms?: { name: string }[] };
  const inside = await Promise.all(
    rooms.map(async ({ name }) => {
      const listed = await ask('ListParticipants', { room: name }, name);
      const { participants = [] } = listed as { participants?: { identity: string }[] };
      return participants.map(({ identity }) => identity);
    }),
  );
  return inside.flat().toSorted((a, b) => a.localeCompare(b));
}

/**
 * Everything is bound to the address that browsers see; the only STUN server named is one that
 * nobody answers on, because without any the server hands out public ones.
 */
function configuration(address: string, apiKey: string, apiSecret: string, createsRooms: boolean): string {
  return `port: ${port}
bind_addresses: ["${address}"]
rtc:
  node_ip: "${address}"
  use_external_ip: false
  tcp_port: 7881
  udp_port: 7882
  stun_servers: ["${address}:3478"]
keys:
  ${apiKey}: ${apiSecret}
room:
  auto_create: ${createsRooms}
  empty_timeout: 900
  departure_timeout: ${createsRooms ? 20 : 900}
logging:
  level: info
`;
}
