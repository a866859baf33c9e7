import type { Id } from '@holdfast/protocol';
import { ServerError } from '../errors.js';
import { checkShapes, type OptionShapes } from '../option-shapes.js';
import { checkHostId } from '../options.js';
import { PRACTICE_SCRIPTS, type PracticeScriptName } from './scripts.js';

/** A practice room as the host asks for it. */
export interface PracticeRoomOptions {
  /** Who practises, alone; the other side is played. Default `practitioner`. */
  readonly practises?: 'practitioner' | 'client';
  /** The host's reference of that person. Default `me`. */
  readonly person?: Id;
  /** Their name, for the screens. Goes to the vault, which is erased when the room is closed. */
  readonly name?: string;
  /** What happens. Default `oneDrop` for a practitioner, `firstTime` for a client. */
  readonly script?: PracticeScriptName;
  /** The same seed gives the same times: 0 to 4294967295. Default: drawn. */
  readonly seed?: number;
  /** Who plays the person on duty: the script, or the one who practises, with a link of its own. Default `script`. */
  readonly duty?: 'script' | 'self';
  /** The host's reference of the session. Default: made at random. */
  readonly id?: Id;
  /** Default: the session server's. */
  readonly tenant?: Id;
  /** A drill policy: its times, items and texts. Default: the session server's own if it is one, else `drillPolicy`. */
  readonly policy?: unknown;
  /** The script ends by itself after this. Default 30 min; 1 min to 4 h. */
  readonly longestMs?: number;
}

/** A practice room that is there. */
export interface PracticeRoom {
  /** Its id. */
  readonly session: Id;
  /** The link of the one who practises. A secret, as every join link. */
  readonly link: string;
  /** With `duty: 'self'`: the page of the person on duty. Otherwise null. */
  readonly dutyLink: string | null;
  /** What happens in it. */
  readonly script: PracticeScriptName;
  /** To have the same again. */
  readonly seed: number;
}

/** Checked and filled in, but for what the session itself checks. */
export interface PracticeSettings {
  readonly practises: 'practitioner' | 'client';
  readonly person: Id;
  readonly script: PracticeScriptName;
  readonly seed: number;
  readonly duty: 'script' | 'self';
  readonly longestMs: number;
}

const SHAPES: OptionShapes<PracticeRoomOptions> = {
  practises: 'one',
  person: 'one',
  name: 'one',
  script: 'one',
  seed: 'one',
  duty: 'one',
  id: 'one',
  tenant: 'one',
  policy: 'one',
  longestMs: 'one',
};

const MINUTE_MS = 60_000;
const LONGEST_MS = 30 * MINUTE_MS;
const MOST_SEED = 2 ** 32 - 1;

/** @param drawSeed For a room without one. @throws ServerError `bad-option`. */
export function practiceSettings(options: PracticeRoomOptions, drawSeed: () => number): PracticeSettings {
  checkShapes('createPracticeRoom', options, SHAPES);
  const practises = oneOf('practises', options.practises ?? 'practitioner', ['practitioner', 'client']);
  const names = PRACTICE_SCRIPTS.filter((known) => known.practises === practises).map(({ name }) => name);
  const usual = practises === 'practitioner' ? 'oneDrop' : 'firstTime';
  return {
    practises,
    person: checkHostId('person', options.person ?? 'me'),
    script: oneOf(`script, for ${practises}s,`, options.script ?? usual, names),
    seed: whole('seed', options.seed ?? drawSeed(), 0, MOST_SEED),
    duty: oneOf('duty', options.duty ?? 'script', ['script', 'self']),
    longestMs: whole('longestMs', options.longestMs ?? LONGEST_MS, MINUTE_MS, 240 * MINUTE_MS),
  };
}

function oneOf<T extends string>(name: string, value: T, values: readonly T[]): T {
  if (values.includes(value)) return value;
  throw new ServerError('bad-option', `${name} must be one of ${values.join(', ')}`);
}

function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ServerError('bad-option', `${name} must be a whole number from ${least} to ${most}`);
}
