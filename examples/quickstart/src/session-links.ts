import type { DevOptions } from '@holdfast/cli';
import type { SessionServer } from '@holdfast/server';
import { lastSession, rememberSession } from './last-session.js';
import type { Links } from './print-links.js';

/** The session of the last start while it is open, or another one; and a link for each who is to open one now. */
export async function sessionLinks(
  server: Pick<SessionServer, 'joinLink' | 'health'>,
  dev: DevOptions,
  make: () => Promise<{ readonly session: string }>,
): Promise<Links & { readonly session: string }> {
  const last = await lastSession(server, dev);
  const session = last ?? (await make()).session;
  rememberSession(dev, session);
  const links = ['practitioner', 'client', ...dev.with].map(
    async (person) => [person, await server.joinLink({ session, person })] as const,
  );
  return { session, links: await Promise.all(links), remarks: [] };
}
