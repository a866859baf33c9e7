import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { startDev } from '@holdfast/cli';
import { drillPolicy, referencePolicy } from '@holdfast/protocol';
import { createSessionServer, directVideo, eventFile, logAlert } from '@holdfast/server';
import { livekitVideo } from '@holdfast/server/livekit';
import { join } from 'node:path';
import { peopleOf } from './people.js';
import { checkPractice, practiceLinks } from './practice.js';
import { printAround, printLinks } from './print-links.js';
import { servePages } from './serve-pages.js';
import { sessionLinks } from './session-links.js';
import { terminalAlert } from './terminal-alert.js';

// A host application in one file: a session server, the people of one session, one page. Flags: npm start -- --drill --livekit --lan --with interpreter --practice
await startDev(async (dev) => {
  checkPractice(dev);
  const server = await createSessionServer({
    joinUrl: `${dev.origin}/${dev.livekit ? 'livekit' : 'call'}`,
    checkUrl: `${dev.origin}/check`,
    dataDir: dev.folder,
    allowedOrigins: [dev.origin],
    video: dev.livekit ? livekitVideo(dev.livekit) : directVideo(),
    alerts: [logAlert({ path: join(dev.folder, 'alerts.jsonl') }), terminalAlert],
    // Direct media shows each side the other's network address. On one machine nobody minds; a real host decides this
    // with its clients, or names a TURN server: directVideo({ turn }).
    policy: { ...(dev.isDrill ? drillPolicy : referencePolicy), exposesAddresses: true },
  });

  const make = () => server.createSession({ drill: dev.isDrill, people: peopleOf(dev) });
  const made = await (dev.practice ? practiceLinks(server, dev.practice) : sessionLinks(server, dev, make));
  if (dev.practice === null) await printAround(server, made.session);
  const record = eventFile({ directory: join(dev.folder, 'events'), session: made.session });

  const pages = servePages(dev);
  const web = dev.tls ? createHttpsServer(dev.tls) : createHttpServer();
  web.on('request', (request, response) => server.handle(request, response) || pages(request, response));
  web.on('upgrade', (request, socket, head) => server.upgrade(request, socket, head) || socket.destroy());
  web.listen(dev.port, dev.host, () => printLinks(dev, made, record));
  dev.onEnd(() => server.close());
});
