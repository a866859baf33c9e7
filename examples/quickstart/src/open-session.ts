import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DevOptions } from '@holdfast/cli';
import { ServerError, type NewSessionOptions, type SessionServer } from '@holdfast/server';

/** What of `npm start -- …` decides which session it is. */
export type SessionChoice = Pick<DevOptions, 'folder' | 'isDrill' | 'isNew' | 'wasInterrupted'>;

/**
 * The session of the last start in this folder while it is open, else a new one: a session does not end because its
 * server stopped. `--new` begins another; a drill and a real session are never taken for each other.
 */
export async function openSession(
  server: SessionServer,
  { folder, isDrill, isNew, wasInterrupted }: SessionChoice,
  wanted: NewSessionOptions,
): Promise<string> {
  const file = join(folder, isDrill ? 'drill.txt' : 'session.txt');
  const last = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (!isNew && last !== null && (await isOpen(server, last))) {
    const why = wasInterrupted ? 'The last start was cut off' : 'The session of the last start is still open';
    console.log(`${why}: it goes on, and open pages find it again by themselves. For another one: --new`);
    return last;
  }
  const older = server.health().openSessions;
  if (older > 0) {
    console.log(`Older sessions in ${folder} are still open (${older}): their alerts are printed here too.`);
  }
  const { session } = await server.createSession(wanted);
  writeFileSync(file, session);
  return session;
}

async function isOpen(server: SessionServer, session: string): Promise<boolean> {
  try {
    await server.joinLink({ session, person: 'client' });
    return true;
  } catch (cause) {
    if (cause instanceof ServerError && ['session-closed', 'unknown-session'].includes(cause.code))
      return false;
    throw cause;
  }
}
