import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { startDev } from '@holdfast/cli';
import { drillPolicy, referencePolicy } from '@holdfast/protocol';
import { createSessionServer, directVideo, eventFile, logAlert } from '@holdfast/server';
import { livekitVideo } from '@holdfast/server/livekit';
import { join } from 'node:path';
import { lastSession, rememberSession } from './last-session.js';
import { peopleOf } from './people.js';
import { printLinks, printLookBack } from './print-links.js';
import { servePages } from './serve-pages.js';
import { terminalAlert } from './terminal-alert.js';

// A host application in one file: a session server, the people of one session, one page. Flags: npm start -- --drill --livekit --lan --with interpreter
await startDev(async (dev) => {
  const server = await createSessionServer({
    joinUrl: `${dev.origin}/${dev.livekit ? 'livekit' : 'call'}`,
    dataDir: dev.folder,
    allowedOrigins: [dev.origin],
    video: dev.livekit ? livekitVideo(dev.livekit) : directVideo(),
    alerts: [logAlert({ path: join(dev.folder, 'alerts.jsonl') }), terminalAlert],
    // Direct media shows each side the other's network address. On one machine nobody minds; a real host decides this
    // with its clients, or names a TURN server: directVideo({ turn }).
    policy: { ...(dev.isDrill ? drillPolicy : referencePolicy), exposesAddresses: true },
  });

  const people = peopleOf(dev);
  const last = await lastSession(server, dev);
  const session = last ?? (await server.createSession({ drill: dev.isDrill, people })).session;
  rememberSession(dev, session);
  printLookBack(server, session);
  const practitioner = await server.joinLink({ session, person: 'practitioner' });
  const client = await server.joinLink({ session, person: 'client' });
  const others = await Promise.all(
    dev.with.map(async (person) => [person, await server.joinLink({ session, person })] as const),
  );
  const record = eventFile({ directory: join(dev.folder, 'events'), session });

  const pages = servePages(dev);
  const web = dev.tls ? createHttpsServer(dev.tls) : createHttpServer();
  web.on('request', (request, response) => server.handle(request, response) || pages(request, response));
  web.on('upgrade', (request, socket, head) => server.upgrade(request, socket, head) || socket.destroy());
  web.listen(dev.port, dev.host, () => printLinks(dev, { practitioner, client, others, record }));
  dev.onEnd(() => server.close());
});
