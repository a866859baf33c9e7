import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { CliError } from '../cli-error.js';

/** Who uses a data folder, and where that one can be reached. */
export interface FolderUser {
  readonly pid: number;
  readonly address: string;
}

/** A data folder that is this process's alone until `release`. */
export interface LockedFolder {
  readonly folder: string;
  /** Others that run already, one for each folder that was taken. */
  readonly others: readonly FolderUser[];
  /** The lock was left behind by a process that did not end cleanly. */
  readonly wasInterrupted: boolean;
  readonly release: () => void;
}

const LOCK = 'in-use.json';
const FOLDERS = 20;

/** A start that still makes ready (builds nothing, but may start LiveKit) does not answer at its port yet. */
const STARTING_MS = 30_000;

/** Whether the process of a lock still uses the folder. */
export type IsInUse = (user: FolderUser, lockedForMs: number) => Promise<boolean>;

/**
 * Takes `.holdfast`, or `.holdfast/run-2`, `.holdfast/run-3` … when another start holds it: two session servers never
 * share a store. A lock whose process is gone (a crash, `kill -9`) is taken over, and with it the data.
 */
export async function lockFolder(
  base: string,
  address: string,
  isInUse: IsInUse = isServed,
): Promise<LockedFolder> {
  const others: FolderUser[] = [];
  for (let number = 1; number <= FOLDERS; number += 1) {
    const folder = number === 1 ? base : join(base, `run-${number}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, LOCK);
    const taken = await takeLock(file, address, isInUse);
    if (typeof taken === 'boolean') {
      return { folder, others, wasInterrupted: taken, release: () => rmSync(file, { force: true }) };
    }
    others.push(taken);
  }
  throw new CliError('folder-in-use', `${FOLDERS} starts use ${base} already. End some of them.`);
}

/** Who has the lock; or it is ours now, and whether another process had left it behind. */
async function takeLock(file: string, address: string, isInUse: IsInUse): Promise<FolderUser | boolean> {
  const ours: FolderUser = { pid: process.pid, address };
  try {
    writeFileSync(file, JSON.stringify(ours), { flag: 'wx' });
    return false;
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
  }
  const user = readUser(file);
  if (user !== null && (await isInUse(user, Date.now() - statSync(file).mtimeMs))) return user;
  writeFileSync(file, JSON.stringify(ours));
  return true;
}

function readUser(file: string): FolderUser | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('address' in value))
      return null;
    const { pid, address } = value;
    return typeof pid === 'number' && typeof address === 'string' ? { pid, address } : null;
  } catch {
    // A torn lock file of a crash: nobody holds it.
    return null;
  }
}

/** The process lives and answers at its port: after a restart of the machine another process may have its number. */
async function isServed({ pid, address }: FolderUser, lockedForMs: number): Promise<boolean> {
  if (!isRunning(pid)) return false;
  return lockedForMs < STARTING_MS || answersAt(new URL(address));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

function answersAt({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(1000, () => end(false));
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
