import { checkPolicy, referencePolicy, type Id, type Policy } from '@holdfast/protocol';
import { join } from 'node:path';
import type { Alert } from './alerts/alert.js';
import { logAlert } from './alerts/log-alert.js';
import type { JoinLink } from './authority/authority.js';
import { PRACTICE_CHANNEL } from './authority/outside.js';
import { ServerError } from './errors.js';
import { checkShapes, type OptionShapes } from './option-shapes.js';
import { jsonLinesSink } from './sinks/json-lines-sink.js';
import type { Recorder } from './recording/recorder.js';
import type { Sink } from './sinks/sink.js';
import { sqliteStore } from './store/sqlite/sqlite-store.js';
import type { Store } from './store/store.js';
import { systemClock, type MachineClock } from './system-clock.js';
import { makeSealer, type Sealer } from './vault/sealer.js';
import { vaultKeyIn, vaultKeyOf } from './vault/vault-key.js';
import { directVideo } from './video/direct-video.js';
import type { VideoServer } from './video/video-server.js';

/** Settings of a session server. Only `joinUrl` has no default. */
export interface SessionServerOptions {
  /**
   * Address of the page that joins a session; the link's token is put after `#`. Or a function that makes the whole
   * link, when each role has a page of its own.
   */
  readonly joinUrl: string | ((link: JoinLink) => string);
  /** Address of the page with `<holdfast-device-check>`; the token of a test link is put after `#`. Default: no test links (A43). */
  readonly checkUrl?: string;
  /** Folder of the embedded store, the vault's key, the event files and the alert file. Default `.holdfast`. */
  readonly dataDir?: string;
  /** Default: SQLite in `dataDir`. */
  readonly store?: Store;
  /** Default: one file a session, `dataDir/events/TENANT/SESSION.jsonl` (see `eventFile`). */
  readonly sinks?: readonly Sink[];
  /** How the service's staff are alerted; at least one. Default: a file, `dataDir/alerts.jsonl`, for trying out only. */
  readonly alerts?: readonly Alert[];
  /** Default: direct media without ICE servers. */
  readonly video?: VideoServer;
  /**
   * The host's recorder. Default: none, and a policy that allows recording is refused (H06).
   */
  readonly recording?: Recorder;
  /** Policy of sessions that name none of their own. Default: the reference policy. */
  readonly policy?: unknown;
  /** 32 bytes or their base64. Default: made at the first start, in `dataDir/vault.key`. */
  readonly vaultKey?: Uint8Array | string;
  /** Origins of pages that may connect, beside the session server's own (`https://app.example`). Default none. */
  readonly allowedOrigins?: readonly string[];
  /** Tenant of sessions that name none. Default `default`. */
  readonly tenant?: Id;
  /** Where the routes are mounted. Default `/holdfast`. */
  readonly basePath?: string;
  /** How long a join link can be used for the first time. Default 24 h; 1 min to 30 days. */
  readonly linkValidMs?: number;
  /** Number of the service's duty line: on the practitioner's action card, for when nothing else answers (H08). */
  readonly dutyLine?: string;
  /** Default: this machine's, never going back. For tests. */
  readonly clock?: MachineClock;
}

/** Settings checked and filled in: inside, nothing is optional. */
export interface Settings {
  readonly store: Store;
  readonly sinks: readonly Sink[];
  readonly alerts: readonly Alert[];
  readonly video: VideoServer;
  readonly recording: Recorder | null;
  readonly sealer: Sealer;
  readonly policy: Policy;
  readonly joinUrl: (link: JoinLink) => string;
  readonly checkUrl: string | null;
  readonly allowedOrigins: readonly string[];
  readonly tenant: Id;
  readonly basePath: string;
  readonly linkValidMs: number;
  readonly dutyLine: string | null;
  readonly clock: MachineClock;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ID = /^[A-Za-z0-9][A-Za-z0-9_.:-]*$/;

/** Identifiers of a host stand inside longer ones (of runs, of alerts), so they are shorter than those. */
export const LONGEST_HOST_ID = 40;

const SHAPES: OptionShapes<SessionServerOptions> = {
  joinUrl: 'one',
  checkUrl: 'one',
  dataDir: 'one',
  store: 'one',
  sinks: 'list',
  alerts: 'list',
  video: 'one',
  recording: 'one',
  policy: 'one',
  vaultKey: 'one',
  allowedOrigins: 'list',
  tenant: 'one',
  basePath: 'one',
  linkValidMs: 'one',
  dutyLine: 'one',
  clock: 'one',
};

/** @throws ServerError `bad-option` or `bad-policy`: the option, the bound, and what to do. */
export function checkOptions(options: SessionServerOptions): Settings {
  checkShapes('createSessionServer', options, SHAPES);
  checkVaultKeyGiven(options);
  const { dataDir = '.holdfast', clock = systemClock } = options;
  const basePath = checkBasePath(options.basePath ?? '/holdfast');
  const allowedOrigins = (options.allowedOrigins ?? []).map(checkOrigin);
  const linkValidMs = checkBetween('linkValidMs', options.linkValidMs ?? DAY_MS, MINUTE_MS, 30 * DAY_MS);
  const tenant = checkHostId('tenant', options.tenant ?? 'default');
  const dutyLine = checkDutyLine(options.dutyLine ?? null);
  const joinUrl = joinUrlOf(options.joinUrl);
  const checkUrl = checkUrlOf(options.checkUrl ?? null);
  const policy = checkedPolicy('policy', options.policy === undefined ? referencePolicy : options.policy);
  const sinks = options.sinks ?? [jsonLinesSink({ directory: join(dataDir, 'events') })];
  const alerts = options.alerts ?? [logAlert({ path: join(dataDir, 'alerts.jsonl') })];
  if (alerts.length === 0) throw bad('alerts is empty; the duty role must be reachable: give at least one');
  checkNames('sinks', sinks);
  checkNames('alerts', alerts);
  if (alerts.some(({ name }) => name === PRACTICE_CHANNEL))
    throw bad(`alerts holds the name "${PRACTICE_CHANNEL}", which is that of practice rooms; take another`);
  const sealer = makeSealer(
    options.vaultKey === undefined ? vaultKeyIn(dataDir) : vaultKeyOf(options.vaultKey),
  );
  const recording = recorderOf(options.recording);
  const video = options.video ?? directVideo();
  // Last: everything before it is refused without a file or a lock left behind.
  const store = options.store ?? sqliteStore({ directory: dataDir });
  return {
    store,
    sinks,
    alerts,
    video,
    recording,
    sealer,
    policy,
    joinUrl,
    checkUrl,
    allowedOrigins,
    tenant,
    basePath,
    linkValidMs,
    dutyLine,
    clock,
  };
}

/** A variable of the environment that is not set must not become a key that lies beside the vault. */
function checkVaultKeyGiven(options: SessionServerOptions): void {
  if (!('vaultKey' in options) || options.vaultKey !== undefined) return;
  throw bad(
    'vaultKey is undefined: is its environment variable set? Leave the option out to have a key made in dataDir',
  );
}

const bad = (detail: string): ServerError => new ServerError('bad-option', detail);

/** @throws ServerError `bad-policy` with every fault, its bound and its reason (H25). */
export function checkedPolicy(name: string, document: unknown): Policy {
  const checked = checkPolicy(document);
  if (checked.ok) return checked.policy;
  throw new ServerError(
    'bad-policy',
    `${name}: ${checked.faults.map(({ path, sentence }) => (path === '' ? sentence : `${path}: ${sentence}`)).join(' ')}`,
  );
}

/** @throws ServerError `bad-option`. */
export function checkHostId(name: string, id: string): Id {
  if (ID.test(id) && id.length <= LONGEST_HOST_ID) return id;
  throw bad(
    `${name} must be 1 to ${LONGEST_HOST_ID} letters, digits or _ . : - and begin with a letter or digit; a reference, never a name or a number`,
  );
}

function checkBetween(name: string, value: number, leastMs: number, mostMs: number): number {
  if (Number.isInteger(value) && value >= leastMs && value <= mostMs) return value;
  throw bad(`${name} is ${value}; it must be from ${leastMs} to ${mostMs} milliseconds`);
}

function recorderOf(recorder: Recorder | undefined): Recorder | null {
  if (recorder === undefined) return null;
  if (typeof recorder?.start === 'function' && typeof recorder.stop === 'function') return recorder;
  throw bad('recording must have start and stop; leave it out where nothing is recorded');
}

function checkDutyLine(line: string | null): string | null {
  if (line === null || /^\+?[0-9][0-9 ()-]{1,30}$/.test(line)) return line;
  throw bad('dutyLine must be a telephone number: digits, spaces, ( ) -, with or without + before it');
}

function checkBasePath(path: string): string {
  if (/^(\/[A-Za-z0-9_-]+)+$/.test(path)) return path;
  throw bad('basePath must begin with / and not end with it, like /holdfast');
}

function checkOrigin(origin: string): string {
  if (URL.canParse(origin) && new URL(origin).origin === origin) return origin;
  throw bad(
    'allowedOrigins holds what is no origin; write scheme, host and port only, like https://app.example',
  );
}

function checkNames(option: string, named: readonly { readonly name: string }[]): void {
  if (named.some((one: unknown) => typeof one !== 'object' || one === null))
    throw bad(`${option} holds an entry that is none: is a variable not set? Leave it out of the list`);
  const names = named.map(({ name }) => name);
  const wrong = names.find(
    (name, index) => !/^[A-Za-z][A-Za-z0-9_-]{0,19}$/.test(name) || names.indexOf(name) !== index,
  );
  if (wrong === undefined) return;
  throw bad(
    `${option} holds the name "${wrong}" twice or misspelt; each needs a name of its own, up to 20 letters, digits, _ or -`,
  );
}

function checkUrlOf(option: string | null): string | null {
  if (option === null || (URL.canParse(option) && new URL(option).hash === '')) return option;
  throw bad('checkUrl must be a whole address without #, like https://app.example/check');
}

function joinUrlOf(option: SessionServerOptions['joinUrl']): Settings['joinUrl'] {
  if (typeof option !== 'function') {
    if (!URL.canParse(option) || new URL(option).hash !== '')
      throw bad('joinUrl must be a whole address without #, like https://app.example/session');
    return ({ token }) => `${option}#${token}`;
  }
  return (link) => {
    const url = option(link);
    if (URL.canParse(url) && new URL(url).hash === `#${link.token}` && url.split(link.token).length === 2)
      return url;
    throw bad(
      'joinUrl made an address that does not end with # and the token; anywhere else the token would stand in logs',
    );
  };
}
