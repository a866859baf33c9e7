import type { DevOptions } from '@holdfast/cli';
import type { SessionServer } from '@holdfast/server';

interface Links extends Readonly<Record<'practitioner' | 'client' | 'record', string>> {
  /** Of `--with`: role and link. */
  readonly others: readonly (readonly [role: string, link: string])[];
}

/** What the person at the terminal needs: the links and where the record is. With `--open` the links are opened too. */
export function printLinks(dev: DevOptions, { practitioner, client, others, record }: Links): void {
  for (const remark of dev.remarks) console.log(remark);
  console.log(`\nOpen these ${others.length === 0 ? 'two ' : ''}links, each in a window of its own:\n`);
  const lines = [['practitioner', practitioner], ['client', client], ...others] as const;
  console.log(`${lines.map(([role, link]) => `  ${role.padEnd(14)}${link}`).join('\n')}\n`);
  console.log(`Each link works on one device. The record: npx holdfast verify ${record}`);
  dev.open(lines.map(([, link]) => link));
}

/** No alert calls a supervisor or the management: their links are printed when there is a session to look back at. */
export function printLookBack(server: Pick<SessionServer, 'on' | 'joinLink'>, session: string): void {
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
