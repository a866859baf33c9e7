import { appendFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { startDev } from '@holdfast/cli';
import { drillPolicy, referencePolicy, type Appointment, type Policy } from '@holdfast/protocol';
import { createSessionServer, directVideo, logAlert, type Recorder } from '@holdfast/server';
import { servePages } from '../../../examples/quickstart/src/serve-pages.js';
import { terminalAlert } from '../../../examples/quickstart/src/terminal-alert.js';

/** What differs from the quickstart. Put in by the bundler. */
export interface HostSettings {
  /** How long ago the session was to begin; absent without a time. */
  readonly begunAgoMs?: number;
  readonly policy?: Partial<Policy>;
}
declare const SETTINGS: HostSettings;

/** A host whose session has a time and a recorder: everybody's link is printed at the start. */
await startDev(async (dev) => {
  // A recorder that keeps no sound and no picture: what it was told, a line each, is all that a scenario looks at.
  const recorder: Recorder = {
    start: ({ take, room }) => appendFile(join(dev.folder, 'recorder.txt'), `start ${take} ${room}\n`),
    stop: ({ take, room }) => appendFile(join(dev.folder, 'recorder.txt'), `stop ${take} ${room}\n`),
  };
  const server = await createSessionServer({
    joinUrl: `${dev.origin}/call`,
    dataDir: dev.folder,
    allowedOrigins: [dev.origin],
    video: directVideo(),
    recording: recorder,
    alerts: [logAlert({ path: join(dev.folder, 'alerts.jsonl') }), terminalAlert],
    policy: { ...(dev.isDrill ? drillPolicy : referencePolicy), exposesAddresses: true, ...SETTINGS.policy },
  });
  const people = [
    { id: 'practitioner', role: 'practitioner', name: 'Robin (practitioner)' },
    { id: 'client', role: 'client', name: 'Sam (client)' },
    { id: 'duty-1', role: 'duty', name: 'Alex (on duty)' },
    { id: 'management-1', role: 'management', name: 'Jo (management)' },
  ] as const;
  const { begunAgoMs } = SETTINGS;
  const appointment: Partial<Appointment> =
    begunAgoMs === undefined ? {} : { startsAtMs: Date.now() - begunAgoMs };
  const { session } = await server.createSession({
    drill: dev.isDrill,
    people,
    appointment,
    clientArrangements: { callBackNumber: '+49 30 5550100', address: '1 Example Street, Exampletown' },
  });
  const links = await Promise.all(
    people.map(async ({ id, role }) => `  ${role} ${id}  ${await server.joinLink({ session, person: id })}`),
  );
  const pages = servePages(dev);
  const web = createServer(
    (request, response) => server.handle(request, response) || pages(request, response),
  );
  web.on('upgrade', (request, socket, head) => server.upgrade(request, socket, head) || socket.destroy());
  web.listen(dev.port, dev.host, () => console.log(links.join('\n')));
  dev.onEnd(() => server.close());
});
