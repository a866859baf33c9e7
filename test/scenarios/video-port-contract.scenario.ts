import type { MediaGrant } from '@holdfast/protocol';
import { AccessToken } from 'livekit-server-sdk';
import { expect } from 'vitest';
import type { ContractPage } from '../contracts/video-port-page.js';
import { VIDEO_PORT_CONTRACT, type ContractCase } from '../contracts/video-port.js';
import { serveBundledPage } from './kit/bundled-page.js';
import { startLivekit, type LivekitServer } from './kit/livekit.js';
import { pause } from './kit/processes.js';
import { scenario, type Stage } from './kit/scenario.js';

interface Grants {
  readonly a: MediaGrant;
  readonly b: MediaGrant;
  readonly c?: MediaGrant;
}

const both = ['webrtc', 'livekit'] as const;
const people = ['device'];

/** The suite that the fake passes, on the real transports: both ends in one real browser. */
scenario('video port contract', { transports: both, ci: both, people }, (stage) =>
  holds(
    stage,
    VIDEO_PORT_CONTRACT.filter(
      ({ needs }) => needs === null || (needs !== 'cut' && stage.transport === 'livekit'),
    ),
  ),
);

/** A minute more, and what the cut scenarios show of whole sessions: not in CI. */
scenario('video port contract through cuts', { transports: both, ci: [], people }, (stage) =>
  holds(
    stage,
    VIDEO_PORT_CONTRACT.filter(({ needs }) => needs === 'cut'),
  ),
);

/** Runs every case, also after one that failed, and says of each that failed which claim did not hold. */
async function holds(stage: Stage, cases: readonly ContractCase[]): Promise<void> {
  const { page } = await stage.launch('device');
  await page.exposeFunction('cutOff', async (forMs: number) => {
    stage.network.silence('device');
    await pause(forMs);
    stage.network.heal('device');
  });
  await page.goto(await serveBundledPage(stage, 'test/contracts/video-port-page.ts'));
  const grantsFor = stage.transport === 'webrtc' ? directGrants : await livekitGrants(stage);
  const failures: string[] = [];
  for (const [index, { title }] of cases.entries()) {
    const given = { title, grants: await grantsFor(`contract-${index}`) };
    const startedAtMs = Date.now();
    const failure = await page.evaluate(
      ({ title: name, grants }) => (globalThis as unknown as ContractPage).runContractCase(name, grants),
      given,
    );
    stage.artifacts.note(title, startedAtMs, { tookMs: Date.now() - startedAtMs, failure });
    if (failure !== null) failures.push(`${title}: ${failure}`);
  }
  expect(cases).not.toEqual([]);
  expect(failures).toEqual([]);
}

async function directGrants(room: string): Promise<Grants> {
  const to = (peer: string, isPolite: boolean): MediaGrant => ({
    transport: 'webrtc',
    room,
    peer,
    isPolite,
    iceServers: [],
    relayOnly: false,
  });
  return { a: to('b', true), b: to('a', false) };
}

async function livekitGrants(stage: Stage): Promise<(room: string) => Promise<Grants>> {
  const { network, door, artifacts } = stage;
  const program = process.env['HOLDFAST_LIVEKIT_SERVER'] ?? '';
  const livekit = await startLivekit({
    network,
    door,
    program,
    folder: artifacts.folder,
    createsRooms: true,
  });
  stage.onEnd(() => livekit.stop());
  return async (room) => ({
    a: await roomGrant(livekit, room, 'a'),
    b: await roomGrant(livekit, room, 'b'),
    c: await roomGrant(livekit, room, 'c'),
  });
}

/** As the session server gives it, which makes its rooms itself: here the token makes the room. */
async function roomGrant(livekit: LivekitServer, room: string, identity: string): Promise<MediaGrant> {
  const { url, apiKey, apiSecret } = livekit;
  const token = new AccessToken(apiKey, apiSecret, { identity, ttl: '1h' });
  token.addGrant({ room, roomJoin: true, canPublish: true, canSubscribe: true, canPublishData: true });
  return { transport: 'livekit', url, room, token: await token.toJwt() };
}
