import { expect } from 'vitest';
import type { Device } from './browser.js';
import { waitForFrame } from './observer.js';
import { pause } from './processes.js';
import { policyOf } from './policies.js';
import { hostPort, type Stage } from './scenario.js';
import { startSessionHost, type SessionHost } from './session-host.js';
import {
  clientSetsUp,
  openJoinLink,
  practitionerAdmits,
  practitionerGoesLive,
  practitionerSetsUp,
} from './session-pages.js';
import type { LivekitServer } from './livekit.js';

/** A session with two people in it, at the point where a scenario begins. */
export interface LiveSession {
  readonly host: SessionHost;
  readonly practitioner: Device;
  readonly client: Device;
  readonly livekit: LivekitServer | null;
}

/** Long enough for a browser to start and a person's clicks on a busy machine. */
export const humanMs = 20_000;

/** How the host of a scenario differs from the quickstart as it starts by itself. */
export interface HostChoice {
  /** Another host than the quickstart. */
  readonly program?: string;
  /** Who else takes part, as typed after `--with`. */
  readonly others?: readonly string[];
  /** Of the cameras of the two. Default: the kit's own. */
  readonly framesPerSecond?: number;
  /** The client's browser may show a page again as it was (its page cache). */
  readonly keepsPages?: boolean;
  /** Before anybody opens a link: what a scenario changes on a page that comes. */
  readonly prepare?: (devices: Pick<LiveSession, 'practitioner' | 'client'>) => Promise<void>;
}

/** Starts the session server, and LiveKit where the scenario runs over it. */
export async function startHost(
  stage: Stage,
  choice: HostChoice = {},
): Promise<Pick<LiveSession, 'host' | 'livekit'>> {
  const livekit = stage.transport === 'livekit' ? await stage.livekit() : null;
  const host = await startSessionHost({
    network: stage.network,
    door: stage.door,
    folder: stage.artifacts.folder,
    port: hostPort,
    policy: policyOf(stage.profile),
    isDrill: stage.profile === 'drill',
    ...choice,
    ...(livekit === null ? {} : { livekitEnv: livekit.env }),
  });
  stage.onEnd(() => host.stop());
  return { host, livekit };
}

/** Both people through set-up; pictures move both ways; the session is live and has been quiet for 2 s. */
export async function startLiveSession(stage: Stage, choice: HostChoice = {}): Promise<LiveSession> {
  const { host, livekit } = await startHost(stage, choice);
  const camera = choice.framesPerSecond === undefined ? {} : { framesPerSecond: choice.framesPerSecond };
  const [practitioner, client] = await Promise.all([
    stage.launch('practitioner', camera),
    stage.launch('client', { ...camera, keepsPages: choice.keepsPages ?? false }),
  ]);
  await choice.prepare?.({ practitioner, client });
  await openJoinLink(practitioner.page, await host.link('practitioner'));
  await openJoinLink(client.page, await host.link('client'));
  await clientSetsUp(client.page);
  await practitionerSetsUp(practitioner.page);
  const admittedAtMs = Date.now();
  await practitionerAdmits(practitioner.page);
  await expectPicturesBothWays(practitioner, client, admittedAtMs);
  await practitionerGoesLive(practitioner.page);
  await host.log.next('session.wentLive', { sinceMs: admittedAtMs, withinMs: humanMs });
  await pause(2000);
  return { host, livekit, practitioner, client };
}

export async function expectPicturesBothWays(
  one: Device,
  other: Device,
  sinceMs: number,
  withinMs = humanMs,
): Promise<number> {
  const seen = await Promise.all([one, other].map((device) => waitForFrame(device.page, sinceMs, withinMs)));
  const [first, second] = seen;
  expect(first, `${one.name} sees a new picture`).not.toBeNull();
  expect(second, `${other.name} sees a new picture`).not.toBeNull();
  return Math.max(first ?? 0, second ?? 0);
}

/** Neither sees the other: no new picture on either side for a second, once what was on its way has come. */
export async function expectNoPictures({
  practitioner,
  client,
}: Pick<LiveSession, 'practitioner' | 'client'>): Promise<void> {
  await pause(1000);
  const sinceMs = Date.now();
  await pause(1000);
  for (const { name, page } of [practitioner, client])
    expect(await waitForFrame(page, sinceMs, 0), `${name} sees nothing`).toBeNull();
}
