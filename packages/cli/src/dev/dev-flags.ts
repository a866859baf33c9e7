import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.js';

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
  'There are --livekit, --drill, --lan, --new, --open, --port NUMBER, --host ADDRESS and --folder FOLDER.';

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
      },
    });
    return { ...values, port: portOf(values.port), host: values.host ?? null, folder: values.folder ?? null };
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    const said = cause instanceof Error ? cause.message.split('. ')[0] : String(cause);
    throw new CliError('bad-option', `${said}. ${FLAGS}`, { cause });
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new CliError('bad-option', `--port takes a number from 1 to 65535, not ${text}.`);
}
