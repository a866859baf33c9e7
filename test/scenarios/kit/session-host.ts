import { join } from 'node:path';
import type { Id, Policy, Role } from '@holdfast/protocol';
import { openEventLog, type EventLog } from './event-log.js';
import { eventually, startService, waitUntilReady, type HostDoor, type Service } from './processes.js';
import type { Network } from './network.js';

/** The quickstart on the host side of a network, with one session. */
export interface SessionHost {
  readonly url: string;
  readonly policy: Policy;
  readonly log: EventLog;
  /** The join link that it printed for a role or a person; of staff it comes when they are alerted. Waits for it. */
  link(who: Role | Id, withinMs?: number): Promise<string>;
  /** Every link printed for a role so far: one for each person that was alerted. */
  links(who: Role | Id): readonly string[];
  /** `kill -9`. Returns the instant. */
  kill(): Promise<number>;
  /** Starts it again on what it left on disk: within 10 s it is up. Returns the instant since when it is up. */
  restart(): Promise<number>;
  stop(): Promise<void>;
}

export interface SessionHostOptions {
  readonly network: Network;
  readonly door: HostDoor;
  readonly folder: string;
  readonly port: number;
  readonly policy: Policy;
  readonly isDrill: boolean;
  /** The program that is the host. Default: the quickstart. */
  readonly program?: string;
  /** More flags of the quickstart. */
  readonly flags?: readonly string[];
  /** Who else takes part, as typed after `--with`. Default nobody. */
  readonly others?: readonly string[];
  /** Environment that names a LiveKit server; absent for direct media. */
  readonly livekitEnv?: Readonly<Record<string, string>>;
}

export async function startSessionHost(options: SessionHostOptions): Promise<SessionHost> {
  const { network, door, policy } = options;
  const url = `http://${network.hostAddress}:${options.port}`;
  const dataFolder = join(options.folder, 'data');
  let earlier = '';
  const start = async (): Promise<Service> => {
    const service = startService({
      network,
      command: process.execPath,
      args: commandLine(options, dataFolder),
      logFile: join(options.folder, 'session-server.log'),
      ...(options.livekitEnv === undefined ? {} : { env: options.livekitEnv }),
    });
    await waitUntilReady(door, `${url}/`, service);
    return service;
  };
  let service = await start();
  const links = (who: Role | Id) => linksOf(earlier + service.output(), url, who);
  const log = openEventLog(dataFolder);
  return {
    url,
    policy,
    log,
    links,
    link: async (who, withinMs = 10_000) => {
      await eventually(`a link for ${who} is printed`, () => links(who).length > 0, withinMs);
      return links(who).at(-1) ?? '';
    },
    kill: async () => {
      const killedAtMs = await service.kill();
      earlier += service.output();
      return killedAtMs;
    },
    restart: async () => {
      const fromMs = Date.now();
      service = await start();
      const up = await log.next('session.serverStarted', { sinceMs: fromMs, withinMs: 10_000 });
      return up.recordedAtMs;
    },
    stop: () => service.stop(),
  };
}

/** How the quickstart is told where to listen and where to write. */
function commandLine(options: SessionHostOptions, dataFolder: string): string[] {
  const { network, port, isDrill, livekitEnv, program = 'examples/quickstart/dist/server.js' } = options;
  const where = ['--host', network.hostAddress, '--port', String(port), '--folder', dataFolder];
  const flags = [...(isDrill ? ['--drill'] : []), ...(livekitEnv === undefined ? [] : ['--livekit'])];
  const others = (options.others ?? []).flatMap((person) => ['--with', person]);
  return [program, ...where, ...flags, ...others, ...(options.flags ?? [])];
}

/** Lines such as `practitioner  http://10.77.0.1:8080/join/...`. */
function linksOf(output: string, url: string, who: Role | Id): string[] {
  const lines = output.split('\n').filter((line) => line.toLowerCase().includes(who) && line.includes(url));
  return lines.map((line) => line.slice(line.indexOf(url)).trim().split(/\s/)[0] ?? '');
}
