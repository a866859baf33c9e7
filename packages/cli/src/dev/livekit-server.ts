import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, openSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CliError } from '../cli-error.js';
import { anyPort } from './free-port.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A LiveKit server that can be used. */
export interface Livekit {
  /** `ws://` or `wss://`, as the session server reaches it. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Ends it, when this process started it. */
  readonly stop: () => void;
}

const VERSION = '1.13.5';
const READY_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 100;

/** The LiveKit server named by the environment, or null. @throws CliError `bad-option` when it is named by half. */
export function namedLivekit(env: Environment): Livekit | null {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = env;
  if (!url) return null;
  if (!apiKey || !apiSecret) {
    throw new CliError(
      'bad-option',
      'LIVEKIT_URL is set: LIVEKIT_API_KEY and LIVEKIT_API_SECRET are needed too.',
    );
  }
  return { url, apiKey, apiSecret, stop: () => undefined };
}

/** The `livekit-server` program of this machine: LIVEKIT_SERVER_BIN, PATH, or the cache that `npm test` fills. */
export function findLivekitProgram(env: Environment): string {
  const onPath = (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'livekit-server'));
  const cache = join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'holdfast');
  const places = [env['LIVEKIT_SERVER_BIN'], ...onPath, join(cache, `livekit-server-${VERSION}`, 'server')];
  const found = places.find((place) => place !== undefined && isProgram(place));
  if (found !== undefined) return found;
  throw new CliError(
    'no-livekit',
    `No livekit-server was found. Install version ${VERSION} (https://docs.livekit.io/home/self-hosting/local), or set LIVEKIT_SERVER_BIN to the program, or LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET to a server that runs.`,
  );
}

/**
 * Starts a `livekit-server` with an offline configuration (it asks nothing of any other network) and a secret of its
 * own, and waits until it answers. One that outlived a crash of this process is used again: calls on it go on.
 */
export async function startLivekit(program: string, folder: string, host: string): Promise<Livekit> {
  const running = await outlived(folder);
  if (running !== null) return running;
  const [port, tcpPort, udpPort] = [await anyPort(host), await anyPort(host), await anyPort(host)];
  const apiKey = `key${randomBytes(6).toString('hex')}`;
  const apiSecret = randomBytes(32).toString('hex');
  const configFile = join(folder, 'livekit.json.yaml');
  const logFile = join(folder, 'livekit.log');
  // JSON is YAML; the file holds the secret, so nobody else may read it.
  const config = configuration({ host, port, tcpPort, udpPort, apiKey, apiSecret });
  writeFileSync(configFile, JSON.stringify(config, null, 2), { mode: 0o600 });
  const log = openSync(logFile, 'w');
  const child = spawn(program, ['--config', configFile], { stdio: ['ignore', log, log] });
  const address = `http://${host}:${port}/`;
  await ready(address, child, logFile);
  const kept: Kept = { pid: child.pid ?? 0, address, apiKey, apiSecret };
  writeFileSync(join(folder, KEPT), JSON.stringify(kept), { mode: 0o600 });
  return livekitAt(kept);
}

interface Kept {
  readonly pid: number;
  readonly address: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

const KEPT = 'livekit.json';

async function outlived(folder: string): Promise<Livekit | null> {
  try {
    const kept = JSON.parse(readFileSync(join(folder, KEPT), 'utf8')) as Kept;
    return (await answers(kept.address)) ? livekitAt(kept) : null;
  } catch {
    // None was started in this folder.
    return null;
  }
}

function livekitAt({ pid, address, apiKey, apiSecret }: Kept): Livekit {
  const stop = (): void => {
    try {
      // A polite end waits until everybody has left the rooms.
      if (pid > 0) process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  };
  return { url: address.replace('http', 'ws').replace(/\/$/, ''), apiKey, apiSecret, stop };
}

function configuration(options: {
  readonly host: string;
  readonly port: number;
  readonly tcpPort: number;
  readonly udpPort: number;
  readonly apiKey: string;
  readonly apiSecret: string;
}): object {
  const { host, port, tcpPort, udpPort, apiKey, apiSecret } = options;
  return {
    port,
    bind_addresses: [host],
    rtc: {
      node_ip: host,
      use_external_ip: false,
      enable_loopback_candidate: host === '127.0.0.1',
      tcp_port: tcpPort,
      udp_port: udpPort,
      // Without any named the server hands out public ones; nobody answers at this one, and nobody has to.
      stun_servers: [`${host}:3478`],
    },
    keys: { [apiKey]: apiSecret },
    room: { auto_create: false },
    logging: { level: 'info' },
  };
}

async function ready(address: string, child: ChildProcess, logFile: string): Promise<void> {
  const untilMs = Date.now() + READY_WITHIN_MS;
  const fault = new Promise<Error>((resolve) => child.once('error', resolve));
  while (Date.now() < untilMs) {
    if (await answers(address)) return;
    const failed = await Promise.race([fault, wait(LOOK_EVERY_MS, null)]);
    if (failed !== null || child.exitCode !== null) break;
  }
  child.kill('SIGKILL');
  throw new CliError('livekit-failed', `livekit-server did not start. Its log is ${logFile}.`);
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    // It does not listen (yet).
    return false;
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
