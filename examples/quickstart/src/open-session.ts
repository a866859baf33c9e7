import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DevOptions } from '@holdfast/cli';
import { ServerError, type NewSessionOptions, type SessionServer } from '@holdfast/server';

/** A new session; after a crash of the last start, the one that was open then: it never stopped. */
export async function openSession(
  server: SessionServer,
  dev: DevOptions,
  wanted: NewSessionOptions,
): Promise<string> {
  const file = join(dev.folder, 'session.txt');
  if (dev.wasInterrupted && existsSync(file)) {
    const last = readFileSync(file, 'utf8');
    if (await isOpen(server, last)) {
      console.log('The last start was cut off. Its session goes on; open pages find it again by themselves.');
      return last;
    }
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
