import { drillPolicy, type AuditEvent, type Command, type Instant, type Policy } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';
import type { FakeClock } from '@holdfast/session/testing';
import type { NewSessionOptions } from '../new-session.js';
import type { SessionServerOptions } from '../options.js';
import { createSessionServer, type SessionServer } from '../session-server.js';
import { memoryStore } from '../store/memory-store.js';
import { fakeAlert, type FakeAlert } from './fake-alert.js';
import { fakeSink, type FakeSink } from './fake-sink.js';
import { passTime, turn } from './pass-time.js';
import { fakeVideoServer, type FakeVideoServer } from './fake-video-server.js';
import { connectTestDevice, type TestDevice, type TestDeviceOptions } from './test-device.js';

/** The drill policy over the transport without video. */
export const aDrillPolicy: Policy = { ...drillPolicy, transports: ['fake'] };

export const SESSION = 's1';
export const PEOPLE: NewSessionOptions['people'] = [
  { id: 'p1', role: 'practitioner' },
  { id: 'c1', role: 'client' },
];

/** A session server on a port of its own, with fakes behind every port, and one drill session in it. */
export interface RunningServer {
  readonly server: SessionServer;
  readonly address: string;
  readonly alert: FakeAlert;
  readonly sink: FakeSink;
  readonly video: FakeVideoServer;
  /** Every event so far, as the sink has it. */
  events(): Promise<readonly AuditEvent[]>;
  device(person: string, more?: Partial<TestDeviceOptions>): Promise<TestDevice>;
}

export async function aSessionServer(
  clock: Clock,
  more: Partial<SessionServerOptions> = {},
  isNew = true,
): Promise<RunningServer> {
  const alert = fakeAlert();
  const sink = fakeSink();
  const video = fakeVideoServer();
  const server = await createSessionServer({
    joinUrl: 'https://app.example/session',
    store: memoryStore(),
    sinks: [sink],
    alerts: [alert],
    video,
    policy: aDrillPolicy,
    vaultKey: new Uint8Array(32),
    clock,
    ...more,
  });
  const { port } = await server.listen({ port: 0 });
  const address = `http://127.0.0.1:${port}`;
  if (isNew) await server.createSession({ id: SESSION, drill: true, people: PEOPLE });
  return {
    server,
    address,
    alert,
    sink,
    video,
    events: async () => {
      // Sinks run beside the session server.
      await turn();
      return sink.events;
    },
    device: async (person, wanted = {}) => {
      const link =
        wanted.credential === undefined ? { link: await server.joinLink({ session: SESSION, person }) } : {};
      return connectTestDevice({
        server: address,
        beatEveryMs: 0,
        nowMs: () => clock.nowMs(),
        ...link,
        ...wanted,
      });
    },
  };
}

const answer = (item: string, rest: object = {}): Command =>
  ({ type: 'item.answer', item, answer: 'confirmed', ...rest }) as Command;

/** What the client says before media, with words for the vault. */
export const CLIENT_ANSWERS: readonly { command: Command; personal?: Record<string, string> }[] = [
  {
    command: answer('callBackNumber', { flags: { safeToRing: true, safeToLeaveMessage: false } }),
    personal: { callBackNumber: '07700 900 MARKER' },
  },
  { command: answer('location'), personal: { address: '1 Marker Street' } },
  { command: answer('consent', { textVersion: 'consent-v1', flags: { ladderExplained: true } }) },
  { command: answer('device', { flags: { hasCamera: true, hasMicrophone: true } }) },
];

/** What the practitioner finds: video is right for this client. */
const SUITABLE = answer('suitability', { flags: { isEligible: true, hasAccess: true, canEngage: true } });

/** From two joined devices to an open gate. */
export async function openGate(practitioner: TestDevice, client: TestDevice): Promise<void> {
  for (const { command, personal } of CLIENT_ANSWERS) {
    await mustAccept(client, command, personal);
  }
  await mustAccept(practitioner, SUITABLE);
  await mustAccept(practitioner, answer('practitionerPrivacy', { flags: { alone: true } }));
  await mustAccept(practitioner, { type: 'person.admit', person: 'c1' });
}

/** Two devices with an open gate and media both ways; duty is not there. */
export async function together(
  clock: Clock,
  running: RunningServer,
): Promise<{ practitioner: TestDevice; client: TestDevice }> {
  const practitioner = await running.device('p1');
  const client = await running.device('c1');
  await openGate(practitioner, client);
  await Promise.all([practitioner.next('grant'), client.next('grant')]);
  for (const device of [practitioner, client]) await reportMedia(device, 'up', clock.nowMs());
  return { practitioner, client };
}

/** F9: where the reasons are why a session was ended before it was live. */
export const WHY_EARLY: Command = {
  type: 'closing.giveRationale',
  pathway: 'endedEarly1',
  rationaleRef: 'note-1',
};

/** The device's detector has a new verdict. */
export async function reportMedia(
  device: TestDevice,
  state: 'up' | 'silent',
  lastBothWaysAtMs: number,
): Promise<void> {
  device.media = { state, lastBothWaysAtMs };
  await device.say({
    type: 'media.reported',
    client: 'c1',
    device: device.device,
    verdict: 'unknown',
    state,
    lastBothWaysAtMs,
  });
}

/** The client's network is gone, and 2 s later the practitioner's device says so. Returns the instant of last contact. */
export async function cutClient(
  clock: Pick<FakeClock, 'nowMs' | 'advance'>,
  { practitioner, client }: Readonly<Record<'practitioner' | 'client', TestDevice>>,
): Promise<Instant> {
  client.fallSilent();
  const lastMs = clock.nowMs();
  await passTime(clock, 2000, practitioner);
  await reportMedia(practitioner, 'silent', lastMs);
  return lastMs;
}

/** Says a command that has to be taken. */
export async function mustAccept(
  device: TestDevice,
  command: Command,
  personal?: Record<string, string>,
): Promise<void> {
  const settled = await device.say(command, personal === undefined ? {} : { personal });
  if (settled.outcome !== 'accepted') throw new Error(`${command.type} was refused: ${settled.code ?? ''}`);
}
