import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DevOptions } from '@holdfast/cli';
import { ServerError, type SessionServer } from '@holdfast/server';

/** What of `npm start -- …` decides which session it is. */
export type SessionChoice = Pick<
  DevOptions,
  'folder' | 'origin' | 'isDrill' | 'livekit' | 'isNew' | 'wasInterrupted' | 'with'
>;

type AskedServer = Pick<SessionServer, 'joinLink' | 'health'>;

/**
 * The session of the last start in this folder while it is open, or null: a session does not end because its server
 * stopped. `--new` asks for another; a drill and a real session, two transports, or other people are never taken for each other.
 */
export async function lastSession(server: AskedServer, choice: SessionChoice): Promise<string | null> {
  const { isNew, origin, folder, wasInterrupted } = choice;
  const file = fileOf(choice);
  const [last, itsOrigin] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  if (!isNew && last !== undefined && (await isOpen(server, last))) {
    const why = wasInterrupted ? 'The last start was cut off' : 'The session of the last start is still open';
    const pages =
      origin === itsOrigin ? ', and open pages find it again by themselves' : '; use the new links';
    console.log(`${why}: it goes on${pages}. For another one: --new`);
    return last;
  }
  const older = server.health().openSessions;
  if (older > 0) {
    console.log(`Older sessions in ${folder} are still open (${older}): their alerts are printed here too.`);
  }
  return null;
}

/** The next start goes on with this one. */
export function rememberSession(choice: SessionChoice, session: string): void {
  writeFileSync(fileOf(choice), `${session}\n${choice.origin}`);
}

const fileOf = ({ folder, isDrill, livekit, with: others }: SessionChoice): string => {
  const media = livekit === null ? 'direct' : 'livekit';
  return join(folder, `${['last', isDrill ? 'drill' : 'session', media, ...others].join('-')}.txt`);
};

async function isOpen(server: AskedServer, session: string): Promise<boolean> {
  try {
    await server.joinLink({ session, person: 'client' });
    return true;
  } catch (cause) {
    const code = cause instanceof ServerError ? cause.code : null;
    if (code === 'session-closed' || code === 'unknown-session') return false;
    if (code !== 'session-unreadable') throw cause;
    console.log(
      `The session of the last start cannot be read (${session}): it is left as it is, for you to look at.`,
    );
    return false;
  }
}
