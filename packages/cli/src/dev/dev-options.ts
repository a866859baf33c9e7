import { CliError } from '../cli-error.js';
import { selfSignedCertificate, type Certificate } from './certificate.js';
import { devFlags, type DevFlags, type DevPerson, type DevPractice } from './dev-flags.js';
import { lockFolder, type LockedFolder } from './folder-lock.js';
import { anyPort, freePort } from './free-port.js';
import { lanAddress } from './lan-address.js';
import {
  findLivekitProgram,
  namedLivekit,
  startLivekit,
  type Environment,
  type Livekit,
} from './livekit-server.js';
import { openInBrowser } from './open-in-browser.js';
import { openTlsDoor } from './tls-door.js';

/** A LiveKit server as browsers reach it, and as the session server does. */
export interface DevLivekit {
  /** For browsers: `wss://` where the page is secure. */
  readonly url: string;
  /** For the session server. */
  readonly apiUrl: string;
  /** From the environment, or made at this start. */
  readonly apiKey: string;
  /** As `apiKey`. Never leaves the session server. */
  readonly apiSecret: string;
}

/** All that a small host application needs to start on one machine. */
export interface DevOptions {
  /** The address to listen on. Default 127.0.0.1; every address with `--lan`. */
  readonly host: string;
  /** A free one: the wanted one or the next. */
  readonly port: number;
  /** Where browsers find the pages, without a slash at the end. */
  readonly origin: string;
  /** With `--lan`: made at this start; otherwise null. */
  readonly tls: Certificate | null;
  /** `--drill`: seconds instead of minutes (A27). */
  readonly isDrill: boolean;
  /** `--practice`: one person practises alone; otherwise null. */
  readonly practice: DevPractice | null;
  /** Another session was asked for, also while the one of the last start is open. */
  readonly isNew: boolean;
  /** `--with`: who takes part beside client and practitioner. */
  readonly with: readonly DevPerson[];
  /** Everything that is kept: store, vault key, events. This process's alone. */
  readonly folder: string;
  /** The last start with this folder did not end cleanly (a crash, `kill -9`). */
  readonly wasInterrupted: boolean;
  /** With `--livekit`; null: direct media. */
  readonly livekit: DevLivekit | null;
  /** What the person at the terminal should know: another port, another start that runs. */
  readonly remarks: readonly string[];
  /** Opens links in the browser when that was asked for. */
  readonly open: (links: readonly string[]) => void;
  /** Ends the host's own part first, when the process is asked to end (Ctrl-C). */
  readonly onEnd: (end: () => Promise<void>) => void;
  /** Stops what was started and gives the folder back. Also happens when the process ends. */
  readonly close: () => void;
}

/**
 * Reads what was typed after `npm start --`, finds a free port and a free folder, makes a certificate for `--lan`, and
 * finds or starts a LiveKit server for `--livekit`. Asks nobody anything.
 *
 * @param base The folder for data when no `--folder` is typed. Default `.holdfast` where the command was typed.
 * @throws CliError with a sentence for the person at the terminal.
 */
export async function devOptions(
  argv: readonly string[],
  env: Environment,
  base = '.holdfast',
): Promise<DevOptions> {
  const flags = devFlags(argv);
  const address = flags.host ?? (flags.lan ? lanAddress() : '127.0.0.1');
  const listenOn = flags.host ?? (flags.lan ? '0.0.0.0' : address);
  const port = await freePort(flags.port, listenOn);
  const name = flags.host === null && !flags.lan ? 'localhost' : address;
  const origin = `${flags.lan ? 'https' : 'http'}://${name}:${port}`;
  const tls = flags.lan ? selfSignedCertificate([address, 'localhost', '127.0.0.1'], Date.now()) : null;
  const lock = await lockFolder(flags.folder ?? base, origin);
  const closers = [lock.release];
  const close = once(() => closers.forEach((closer) => closer()));
  const ends: (() => Promise<void>)[] = [];
  closeAtEnd(ends, close);
  const livekit = flags.livekit
    ? await devLivekit({ env, folder: lock.folder, address, tls, closers })
    : null;
  return {
    host: listenOn,
    port,
    origin,
    tls,
    isDrill: flags.drill,
    practice: flags.practice,
    isNew: flags.new,
    with: flags.with,
    folder: lock.folder,
    wasInterrupted: lock.wasInterrupted,
    livekit,
    remarks: remarksOf(flags, port, lock),
    open: (links) => flags.open && links.forEach(openInBrowser),
    onEnd: (end) => void ends.push(end),
    close,
  };
}

async function devLivekit(options: {
  readonly env: Environment;
  readonly folder: string;
  readonly address: string;
  readonly tls: Certificate | null;
  readonly closers: (() => void)[];
}): Promise<DevLivekit> {
  const { env, folder, address, tls, closers } = options;
  const named = namedLivekit(env);
  const livekit: Livekit = named ?? (await startLivekit(findLivekitProgram(env), folder, address));
  closers.push(livekit.stop);
  const { url, apiKey, apiSecret } = livekit;
  const apiUrl = url.replace(/^ws/, 'http');
  if (tls === null || url.startsWith('wss:')) return { url, apiUrl, apiKey, apiSecret };
  const inside = new URL(url);
  const port = await anyPort(address);
  const door = await openTlsDoor(tls, address, port, { host: inside.hostname, port: Number(inside.port) });
  closers.push(() => door.close());
  return { url: `wss://${address}:${port}`, apiUrl, apiKey, apiSecret };
}

function remarksOf(
  { port: wanted, lan }: DevFlags,
  port: number,
  { others, folder }: LockedFolder,
): string[] {
  const running = others.map(
    ({ address }) =>
      `Holdfast already runs at ${address}. This start is a second one, with its data in ${folder}.`,
  );
  const moved = port === wanted ? [] : [`Port ${wanted} is in use: this start uses ${port}.`];
  const warned = lan
    ? ['The certificate was made on this machine: the browser warns once. Go on to the page.']
    : [];
  return [...running, ...moved, ...warned];
}

/** A host that hangs must not keep the terminal. */
const END_WITHIN_MS = 5000;

/** However the process ends, short of `kill -9`. */
function closeAtEnd(ends: readonly (() => Promise<void>)[], close: () => void): void {
  process.once('exit', close);
  const end = once(() => {
    setTimeout(() => process.exit(1), END_WITHIN_MS).unref();
    void Promise.allSettled(ends.map((call) => call())).then(() => process.exit(0));
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
}

function once(call: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    call();
  };
}

/** Starts, and turns an error that is meant for the person at the terminal into one line and an exit code. */
export async function startDev(start: (options: DevOptions) => Promise<void>): Promise<void> {
  try {
    await start(await devOptions(process.argv.slice(2), process.env));
  } catch (cause) {
    if (!(cause instanceof CliError)) throw cause;
    console.error(cause.message);
    process.exitCode = 1;
  }
}
