import type { DevOptions } from '@holdfast/cli';
import type { SessionServer } from '@holdfast/server';

/** What is printed of a session. */
export interface Links {
  /** Role and link. */
  readonly links: readonly (readonly [role: string, link: string])[];
  /** Said first. */
  readonly remarks: readonly string[];
}

/** What the person at the terminal needs: the links and where the record is. With `--open` the links are opened too. */
export function printLinks(dev: DevOptions, { links, remarks }: Links, record: string): void {
  for (const remark of [...dev.remarks, ...remarks]) console.log(remark);
  const many = `\nOpen these ${links.length === 2 ? 'two ' : ''}links, each in a window of its own:\n`;
  console.log(links.length === 1 ? '\nOpen this link:\n' : many);
  console.log(`${links.map(([role, link]) => `  ${role.padEnd(14)}${link}`).join('\n')}\n`);
  console.log(`Each link works on one device. The record: npx holdfast verify ${record}`);
  dev.open(links.map(([, link]) => link));
}

/**
 * Before the session: where a device is tried out (A43). After it: no alert calls a supervisor or the management, so their
 * links are printed when there is something to look back at.
 */
export async function printAround(
  server: Pick<SessionServer, 'on' | 'joinLink' | 'joining'>,
  session: string,
): Promise<void> {
  const { testLink } = await server.joining({ session, person: 'client' });
  console.log(`\nTo try out a device first, as often as you like: ${testLink}`);
  server.on('events', (events) => {
    const isOver = events.some((event) => event.session === session && event.kind === 'session.closed');
    if (isOver) void print(server, session);
  });
}

async function print(server: Pick<SessionServer, 'joinLink'>, session: string): Promise<void> {
  try {
    const supervisor = await server.joinLink({ session, person: 'supervisor-1' });
    const management = await server.joinLink({ session, person: 'management-1' });
    console.log('\nThe session is closed. To look back at it:\n');
    console.log(`  supervisor    ${supervisor}\n  management    ${management}\n`);
  } catch (cause) {
    console.error(`No links to look back at the session: ${String(cause)}`);
  }
}
