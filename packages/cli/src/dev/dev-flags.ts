import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.js';

/** Who can take part beside client and practitioner; a `colleague` is a practitioner whom the session can be handed to. */
export const DEV_PEOPLE = [
  'supporter',
  'interpreter',
  'observer',
  'trainee',
  'liveSupervisor',
  'colleague',
] as const;
/** One of {@link DEV_PEOPLE}. */
export type DevPerson = (typeof DEV_PEOPLE)[number];

/** `--practice`: somebody practises alone. */
export interface DevPractice {
  /** `--practice client`: the client; otherwise the practitioner. */
  readonly practises: 'practitioner' | 'client';
  /** `--script NAME`. Null: the usual one. */
  readonly script: string | null;
  /** `--seed NUMBER`, for the same times again. Null: drawn. */
  readonly seed: number | null;
  /** `--duty`: whoever practises plays the person on duty, too. */
  readonly duty: 'script' | 'self';
}

/** What `npm start -- …` takes. */
export interface DevFlags {
  /** Video over LiveKit instead of directly. */
  readonly livekit: boolean;
  /** Seconds instead of minutes, marked as a drill everywhere. */
  readonly drill: boolean;
  /** One person practises alone; null: two people. */
  readonly practice: DevPractice | null;
  /** Over TLS on this machine's network address, for a real phone. */
  readonly lan: boolean;
  /** Another session, also while the one of the last start is open. */
  readonly new: boolean;
  /** One more person in a new session, for each time it is typed. */
  readonly with: readonly DevPerson[];
  /** Opens the links in the browser. */
  readonly open: boolean;
  readonly port: number;
  /** Address to listen on, for a reverse proxy or another network. Null: this machine only, or `--lan`'s own choice. */
  readonly host: string | null;
  /** Folder for everything that is kept. Null: `.holdfast` where the command was typed. */
  readonly folder: string | null;
}

const DEFAULT_PORT = 8480;
const FLAGS =
  'There are --livekit, --drill, --lan, --new, --open, --port NUMBER, --host ADDRESS, --folder FOLDER, --with PERSON, ' +
  'and --practice [client] with --script NAME, --seed NUMBER, --duty.';

/** Reads the flags. @throws CliError `bad-option`. */
export function devFlags(argv: readonly string[]): DevFlags {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({
      args: withPractitioner(argv),
      options: {
        livekit: flag,
        drill: flag,
        lan: flag,
        new: flag,
        open: flag,
        port: { type: 'string', default: String(DEFAULT_PORT) },
        host: { type: 'string' },
        folder: { type: 'string' },
        with: { type: 'string', multiple: true, default: [] },
        practice: { type: 'string' },
        script: { type: 'string' },
        seed: { type: 'string' },
        duty: flag,
      },
    });
    const people = values.with.map(personOf);
    if (people.length > 0 && !values.livekit)
      throw new CliError('bad-option', '--with needs --livekit: direct media joins two people.');
    const { host = null, folder = null, livekit, drill, lan, new: isNew, open } = values;
    const practice = practiceOf(values);
    const shared = { livekit, drill, lan, new: isNew, open, practice };
    return { ...shared, port: portOf(values.port), host, folder, with: [...new Set(people)] };
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    const said = cause instanceof Error ? cause.message.split('. ')[0] : String(cause);
    throw new CliError('bad-option', `${said}. ${FLAGS}`, { cause });
  }
}

/** Alone, it means the practitioner. */
const withPractitioner = (argv: readonly string[]): string[] =>
  argv.flatMap((typed, index) => {
    const next = argv[index + 1];
    const isAlone = typed === '--practice' && (next === undefined || next.startsWith('--'));
    return isAlone ? [typed, 'practitioner'] : [typed];
  });

interface TypedPractice {
  readonly practice?: string | undefined;
  readonly script?: string | undefined;
  readonly seed?: string | undefined;
  readonly duty: boolean;
  readonly livekit: boolean;
}

function practiceOf({ practice, script, seed, duty, livekit }: TypedPractice): DevPractice | null {
  if (practice === undefined) {
    if (script === undefined && seed === undefined && !duty) return null;
    throw new CliError('bad-option', '--script, --seed and --duty belong to --practice.');
  }
  if (practice !== 'practitioner' && practice !== 'client')
    throw new CliError('bad-option', `--practice takes practitioner or client, not ${practice}.`);
  if (livekit)
    throw new CliError('bad-option', '--practice has no picture and no sound: leave --livekit out.');
  return { practises: practice, script: script ?? null, seed: seedOf(seed), duty: duty ? 'self' : 'script' };
}

function seedOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const seed = Number(text);
  if (/^\d{1,10}$/.test(text) && seed < 2 ** 32) return seed;
  throw new CliError('bad-option', `--seed takes a whole number up to 4294967295, not ${text}.`);
}

function personOf(text: string): DevPerson {
  const person = DEV_PEOPLE.find((known) => known === text);
  if (person !== undefined) return person;
  throw new CliError('bad-option', `--with takes one of ${DEV_PEOPLE.join(', ')}, not ${text}.`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new CliError('bad-option', `--port takes a number from 1 to 65535, not ${text}.`);
}
