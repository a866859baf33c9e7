import { drillPolicy } from '@holdfast/protocol';
import { createSessionServer } from '@holdfast/server';
import { fakeVideoServer } from '@holdfast/server/testing';

/** A session server with its embedded store in DIRECTORY; says its port, and links when it made the session. */
const [, , directory] = process.argv;
if (directory === undefined) throw new Error('usage: serving DIRECTORY');
/** The shortest drill that its bounds allow: the whole ladder in seconds. */
const durations = {
  ...drillPolicy.durations,
  reconnectWaitMs: 3000,
  phoneAttemptMs: 1000,
  phoningMs: 3000,
  decideMs: 2000,
  decideRiskMs: 2000,
  acknowledgeMs: 2000,
  reassessMs: 3000,
  restartHoldMs: 1000,
};
const policy = { ...drillPolicy, transports: ['fake'], durations };
const server = await createSessionServer({
  joinUrl: 'http://127.0.0.1/join',
  dataDir: directory,
  video: fakeVideoServer(),
  policy,
});
const { port } = await server.listen({ port: 0 });
const people = [
  { id: 'p1', role: 'practitioner' },
  { id: 'c1', role: 'client' },
] as const;
const isNew = await server.createSession({ id: 's1', drill: true, people }).then(
  () => true,
  () => false,
);
const links = isNew
  ? await Promise.all(people.map(({ id }) => server.joinLink({ session: 's1', person: id })))
  : [];
process.stdout.write(`${JSON.stringify({ port, links, startedAtMs: Date.now() })}\n`);
