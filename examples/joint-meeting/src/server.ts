import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { join } from 'node:path';
import { CliError, startDev } from '@holdfast/cli';
import { drillPolicy, referencePolicy } from '@holdfast/protocol';
import { createSessionServer, logAlert } from '@holdfast/server';
import { livekitVideo } from '@holdfast/server/livekit';
import { servePages } from './serve-pages.js';

const CLIENTS = { 'client-1': 'Sam (client)', 'client-2': 'Charlie (client)' } as const;
const STAFF = [
  { id: 'practitioner', role: 'practitioner', name: 'Robin (practitioner)' },
  { id: 'duty-1', role: 'duty', name: 'Alex (on duty)' },
] as const;

// A couple: each client has a session of their own, and the sessions share one video room (docs/decisions/0010).
await startDev(async (dev) => {
  if (dev.livekit === null) throw new CliError('bad-option', 'A joint meeting needs --livekit.');
  const server = await createSessionServer({
    joinUrl: `${dev.origin}/meeting`,
    dataDir: dev.folder,
    allowedOrigins: [dev.origin],
    video: livekitVideo(dev.livekit),
    alerts: [logAlert({ path: join(dev.folder, 'alerts.jsonl') })],
    policy: dev.isDrill ? drillPolicy : referencePolicy,
  });
  const clients = Object.entries(CLIENTS).map(([id, name]) => ({ id, role: 'client', name }) as const);
  const { sessions } = await server.createMeeting({
    sessions: clients.map((client) => ({ drill: dev.isDrill, people: [...STAFF, client] })),
  });

  const linkOf = async (session: string, person: string) =>
    new URL(await server.joinLink({ session, person }));
  const own = await Promise.all(sessions.map((session) => linkOf(session, 'practitioner')));
  const page = `${dev.origin}/meeting?sessions=${sessions.join(',')}`;
  const links = [['practitioner', `${page}#${own.map(({ hash }) => hash.slice(1)).join('&')}`]];
  for (const [index, session] of sessions.entries()) {
    const { hash } = await linkOf(session, clients[index]?.id ?? '');
    links.push([clients[index]?.id ?? '', `${dev.origin}/meeting?sessions=${session}${hash}`]);
  }

  const pages = servePages(dev);
  const web = dev.tls ? createHttpsServer(dev.tls) : createHttpServer();
  web.on('request', (request, response) => server.handle(request, response) || pages(request, response));
  web.on('upgrade', (request, socket, head) => server.upgrade(request, socket, head) || socket.destroy());
  web.listen(dev.port, dev.host, () => {
    console.log('\nOpen these links, each in a window of its own:\n');
    console.log(`${links.map(([who = '', link]) => `  ${who.padEnd(14)}${link}`).join('\n')}\n`);
    dev.open(links.map(([, link = '']) => link));
  });
  dev.onEnd(() => server.close());
});
