import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Network } from './network.js';

/** A server program that runs on the host side of a network. */
export interface Service {
  readonly pid: number;
  readonly hasExited: boolean;
  /** What the process has written so far, both streams. */
  output(): string;
  /** `kill -9`, and waits until the process is gone. Returns the instant of the signal. */
  kill(): Promise<number>;
  /** Asks it to end, then kills it after 5 s. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly network: Network;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Both output streams are appended here. */
  readonly logFile: string;
}

export function startService(options: ServiceOptions): Service {
  const { network, command, args } = options;
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile, { flags: 'a' });
  // `ip netns exec` replaces itself by the command: the child's process id is the server's own.
  const child = spawn('ip', ['netns', 'exec', network.namespaceOf('host'), command, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      log.write(chunk);
    });
  }
  const exited = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  void exited.then(() => log.end());
  return {
    pid: child.pid ?? 0,
    get hasExited() {
      return hasEnded(child);
    },
    output: () => output,
    kill: async () => {
      child.kill('SIGKILL');
      const killedAtMs = Date.now();
      await exited;
      return killedAtMs;
    },
    stop: async () => {
      if (hasEnded(child)) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await exited;
      clearTimeout(timer);
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** The tests' own way to the host side: the namespaces share no network with the machine, but they share files. */
export interface HostDoor {
  get(url: string): Promise<HostAnswer>;
  post(url: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<HostAnswer>;
  close(): Promise<void>;
}

export interface HostAnswer {
  readonly status: number;
  readonly body: string;
}

const doorProgram = `
const http = require('node:http');
http.createServer((req, res) => {
  const onward = http.request(req.url, { method: req.method, headers: req.headers }, (answer) => {
    res.writeHead(answer.statusCode, answer.headers);
    answer.pipe(res);
  });
  onward.on('error', (error) => { res.writeHead(599); res.end(String(error.code)); });
  req.pipe(onward);
}).listen(process.argv[1]);
`;

let doors = 0;

/** A forward proxy inside the host's namespace that listens on a socket file. */
export async function openHostDoor(network: Network, logFile: string): Promise<HostDoor> {
  doors += 1;
  const socketPath = join(tmpdir(), `holdfast-door-${process.pid}-${doors}.sock`);
  rmSync(socketPath, { force: true });
  const args = ['-e', doorProgram, socketPath];
  const service = startService({ network, command: process.execPath, args, logFile });
  const ask = (method: string, url: string, body?: string, extra?: Readonly<Record<string, string>>) =>
    new Promise<HostAnswer>((resolve, reject) => {
      const target = new URL(url);
      const headers = {
        host: target.host,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...extra,
      };
      const onward = request({ socketPath, method, path: url, headers, timeout: 10_000 }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
      });
      onward.on('timeout', () => onward.destroy(new Error(`no answer from ${url} in 10 s`)));
      onward.on('error', reject);
      onward.end(body);
    });
  return {
    get: (url) => ask('GET', url),
    post: (url, body, headers) => ask('POST', url, JSON.stringify(body), headers),
    close: async () => {
      await service.stop();
      rmSync(socketPath, { force: true });
    },
  };
}

/** Waits until a server answers with anything below 500. */
export async function waitUntilReady(
  door: HostDoor,
  url: string,
  service: Service,
  waitMs = 30_000,
): Promise<void> {
  await eventually(
    `${url} answers`,
    async () => {
      if (service.hasExited) throw new ServiceEnded(url, service.output());
      const answer = await door.get(url).catch(() => undefined);
      return answer !== undefined && answer.status < 500;
    },
    waitMs,
  );
}

class ServiceEnded extends Error {
  constructor(url: string, output: string) {
    super(`the server behind ${url} ended before it answered:\n${output.slice(-2000)}`);
  }
}

/** Asks again every `everyMs` until the claim holds; fails with the claim's own words. */
export async function eventually(
  claim: string,
  holds: () => Promise<boolean> | boolean,
  waitMs = 15_000,
  everyMs = 100,
): Promise<void> {
  const untilMs = Date.now() + waitMs;
  for (;;) {
    if (await holds()) return;
    if (Date.now() >= untilMs) throw new Error(`not within ${waitMs} ms: ${claim}`);
    await pause(everyMs);
  }
}

/** Real time passing is what a scenario is about: a cut lasts as long as it lasts. */
export function pause(forMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, forMs));
}

/** Writes a file whose folder may not exist yet. */
export function writeTextFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
