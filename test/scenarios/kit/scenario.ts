import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { artifactsRoot, createArtifacts, keepConsole, type Artifacts } from './artifacts.js';
import { launchDevice, type Device, type DeviceOptions } from './browser.js';
import { startLivekit, type LivekitServer } from './livekit.js';
import { expectNoMarkers, keepStorage } from './marker-scan.js';
import { createNetwork, type Network } from './network.js';
import { openHostDoor, writeTextFile, type HostDoor } from './processes.js';

export type Transport = 'webrtc' | 'livekit';
/** `drill`: seconds instead of minutes. `production`: the default policy's own times. */
export type Profile = 'drill' | 'production';

export interface ScenarioOptions {
  /** Over which media it can run. */
  readonly transports: readonly Transport[];
  /** Over which of them it is part of `npm test`; the rest runs with `npm run scenarios` only. */
  readonly ci: readonly Transport[];
  /** Who has a device. Default practitioner and client. */
  readonly people?: readonly string[];
  readonly timeoutMs?: { readonly drill?: number; readonly production?: number };
}

/** One scenario's own world; everything in it is gone when the scenario ends. */
export interface Stage {
  readonly name: string;
  readonly transport: Transport;
  readonly profile: Profile;
  readonly network: Network;
  readonly door: HostDoor;
  readonly artifacts: Artifacts;
  readonly devices: readonly Device[];
  launch(
    name: string,
    options?: Partial<Pick<DeviceOptions, 'framesPerSecond' | 'hasCamera' | 'viewport' | 'keepsPages'>>,
  ): Promise<Device>;
  livekit(): Promise<LivekitServer>;
  /** Runs when the scenario ends, newest first. */
  onEnd(action: () => Promise<void> | void): void;
}

/** The port on which the session server of a scenario listens. */
export const hostPort = 8080;

const people = ['practitioner', 'client'];
const minuteMs = 60_000;
const env = process.env;

/** The profile that this run was asked for. */
export const profile: Profile = env['HOLDFAST_SCENARIO_PROFILE'] === 'production' ? 'production' : 'drill';

/**
 * Declares one scenario, once per transport. Skipped with a sentence where the machine cannot run
 * it; under `CI=true` that is a failure instead.
 */
export function scenario(name: string, options: ScenarioOptions, run: (stage: Stage) => Promise<void>): void {
  for (const transport of options.transports) {
    const title = `${name} (${transport})`;
    const timeoutMs = options.timeoutMs?.[profile] ?? (profile === 'production' ? 45 : 4) * minuteMs;
    if (!isChosen(title, options.ci.includes(transport))) continue;
    test(title, { timeout: timeoutMs }, async (context) => {
      const missing = whatIsMissing(transport);
      if (missing !== null && env['CI'] === 'true') throw new Error(missing);
      if (missing !== null) return context.skip(missing);
      if (hasPassedBefore(title)) return context.skip('passed in an earlier part of this run');
      const startedAtMs = Date.now();
      let hasPassed = false;
      try {
        await perform(title, transport, options, run);
        hasPassed = true;
      } finally {
        writeResult(title, { hasPassed, tookMs: Date.now() - startedAtMs, endedAtMs: Date.now() });
      }
    });
  }
}

async function perform(
  title: string,
  transport: Transport,
  options: ScenarioOptions,
  run: (stage: Stage) => Promise<void>,
): Promise<void> {
  const artifacts = createArtifacts(`${profile}-${title}`);
  const network = createNetwork(options.people ?? people);
  const endings: (() => Promise<void> | void)[] = [() => network.destroy()];
  const devices: Device[] = [];
  try {
    const door = await openHostDoor(network, artifacts.path('door.log'));
    endings.push(() => door.close());
    await run({
      name: title,
      transport,
      profile,
      network,
      door,
      artifacts,
      devices,
      launch: async (name, extra) => {
        const origins = [`http://${network.hostAddress}:${hostPort}`];
        const program = env['HOLDFAST_CHROMIUM'] ?? 'chromium';
        const device = await launchDevice({ network, name, program, trustedOrigins: origins, ...extra });
        devices.push(device);
        endings.push(() => device.close());
        return device;
      },
      livekit: async () => {
        const program = env['HOLDFAST_LIVEKIT_SERVER'] ?? '';
        const server = await startLivekit({ network, door, program, folder: artifacts.folder });
        endings.push(() => server.stop());
        return server;
      },
      onEnd: (action) => endings.push(action),
    });
    await keepStorage(artifacts, devices);
  } catch (cause) {
    await artifacts.picture('failed', devices);
    throw cause;
  } finally {
    for (const device of devices) keepConsole(artifacts, device);
    for (const ending of endings.toReversed()) await ending();
    artifacts.writeTimings();
  }
  expectNoMarkers(artifacts.folder);
}

/** A sentence, or null when the machine has all that the scenario needs. */
function whatIsMissing(transport: Transport): string | null {
  if (env['HOLDFAST_NETNS'] !== '1') {
    return 'network namespaces are needed: run as root on Linux with iproute2 and nftables (npm test finds them and sets HOLDFAST_NETNS=1)';
  }
  if (!existsSync(env['HOLDFAST_CHROMIUM'] ?? '')) {
    return 'Chromium is needed: install the chromium package, or set HOLDFAST_CHROMIUM to its path';
  }
  if (transport === 'livekit' && !existsSync(env['HOLDFAST_LIVEKIT_SERVER'] ?? '')) {
    return 'livekit-server v1.13.5 is needed: put Go on the PATH and run npm test, or set HOLDFAST_LIVEKIT_SERVER to its path';
  }
  return null;
}

/** Without a list of names, `npm test` runs the CI set and `npm run scenarios` runs all. */
function isChosen(title: string, isInCi: boolean): boolean {
  const names = (env['HOLDFAST_SCENARIO_NAMES'] ?? '').split(',').filter(Boolean);
  if (names.length > 0) return names.some((name) => title.toLowerCase().includes(name.trim().toLowerCase()));
  return isInCi || env['HOLDFAST_SCENARIO_SET'] === 'all';
}

interface Result {
  readonly hasPassed: boolean;
  readonly tookMs: number;
  readonly endedAtMs: number;
}

const resultsFile = join(artifactsRoot, `results-${profile}.json`);

function readResults(): Record<string, Result> {
  return existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : {};
}

function writeResult(title: string, result: Result): void {
  writeTextFile(resultsFile, `${JSON.stringify({ ...readResults(), [title]: result }, null, 2)}\n`);
}

/** A long run that was interrupted goes on where it stopped when HOLDFAST_SCENARIO_RESUME is 1. */
function hasPassedBefore(title: string): boolean {
  return env['HOLDFAST_SCENARIO_RESUME'] === '1' && (readResults()[title]?.hasPassed ?? false);
}
