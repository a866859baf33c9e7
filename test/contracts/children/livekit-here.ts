import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

const { HOLDFAST_LIVEKIT_SERVER, LIVEKIT_SERVER_BIN } = process.env;
const places = [
  HOLDFAST_LIVEKIT_SERVER,
  LIVEKIT_SERVER_BIN,
  join(homedir(), '.cache/holdfast/livekit-server-1.13.5/server'),
];

/** The program as `npm test` provides it, or undefined: then its tests are skipped, in CI they fail. */
export const livekitProgram = places.find((place) => place !== undefined && existsSync(place));

export interface LivekitHere {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  stop(): void;
}

/** A real livekit-server on loopback that makes no room by itself. */
export async function startLivekitHere(program: string): Promise<LivekitHere> {
  const [port, tcpPort, udpPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const [apiKey, apiSecret] = [`key${randomBytes(6).toString('hex')}`, randomBytes(32).toString('hex')];
  const file = join(mkdtempSync(join(tmpdir(), 'holdfast-livekit-')), 'livekit.yaml');
  const rtc = {
    node_ip: '127.0.0.1',
    use_external_ip: false,
    tcp_port: tcpPort,
    udp_port: udpPort,
    stun_servers: ['127.0.0.1:3478'],
  };
  const config = {
    port,
    bind_addresses: ['127.0.0.1'],
    rtc,
    keys: { [apiKey]: apiSecret },
    room: { auto_create: false },
  };
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  const child = spawn(program, ['--config', file], { stdio: 'ignore' });
  const isUp = async (): Promise<void> => {
    if (!(await fetch(`http://127.0.0.1:${port}/`)).ok) throw new Error('not yet');
  };
  await vi.waitFor(isUp, { timeout: 15_000, interval: 100 });
  return { url: `ws://127.0.0.1:${port}`, apiKey, apiSecret, stop: () => void child.kill('SIGKILL') };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
