import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.js';

/** Who can take part beside client and practitioner. */
export const DEV_PEOPLE = ['supporter', 'interpreter', 'observer', 'trainee'] as const;
/** One of {@link DEV_PEOPLE}. */
export type DevPerson = (typeof DEV_PEOPLE)[number];

/** What `npm start -- …` takes. */
export interface DevFlags {
  /** Video over LiveKit instead of directly. */
  readonly livekit: boolean;
  /** Seconds instead of minutes, marked as a drill everywhere. */
  readonly drill: boolean;
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
  'There are --livekit, --drill, --lan, --new, --open, --port NUMBER, --host ADDRESS, --folder FOLDER and --with PERSON.';

/** Reads the flags. @throws CliError `bad-option`. */
export function devFlags(argv: readonly string[]): DevFlags {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({
      args: [...argv],
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
      },
    });
    const people = values.with.map(personOf);
    if (people.length > 0 && !values.livekit)
      throw new CliError('bad-option', '--with needs --livekit: direct media joins two people.');
    const { host = null, folder = null } = values;
    return { ...values, port: portOf(values.port), host, folder, with: [...new Set(people)] };
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    const said = cause instanceof Error ? cause.message.split('. ')[0] : String(cause);
    throw new CliError('bad-option', `${said}. ${FLAGS}`, { cause });
  }
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
