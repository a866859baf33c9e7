import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { processesIn, type Network } from './network.js';
import { observePage, observeWords } from './observer.js';

/** One person's device: a real Chromium in a network namespace of its own, with a fake camera and microphone. */
export interface Device {
  readonly name: string;
  readonly context: BrowserContext;
  /** The newest page. */
  readonly page: Page;
  /** Console and page errors, as lines; kept as an artifact. */
  readonly consoleLines: readonly string[];
  openPage(): Promise<Page>;
  /** SIGKILL of every process of that browser: nothing runs in the page any more. Returns the instant. */
  kill(): Promise<number>;
  close(): Promise<void>;
}

export interface DeviceOptions {
  readonly network: Network;
  readonly name: string;
  /** Path of the browser program. */
  readonly program: string;
  /** Plain-http origins that get a camera all the same. */
  readonly trustedOrigins: readonly string[];
  /** Frames a second of the fake camera. Default 5: at 30 a session takes more than one core. */
  readonly framesPerSecond?: number;
  /** Whether there is a camera and microphone at all. Default true. */
  readonly hasCamera?: boolean;
  /** Whether a page that was left may be shown again as it was (the browser's page cache). Default false, as Playwright has it. */
  readonly keepsPages?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export async function launchDevice(options: DeviceOptions): Promise<Device> {
  const { network, name } = options;
  const namespace = network.namespaceOf(name);
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-browser-'));
  const script = join(folder, 'chromium');
  // In life people's browsers do not take the session server's processor: here they wait for it.
  writeFileSync(script, `#!/bin/sh\nexec nice -n 10 ip netns exec ${namespace} ${options.program} "$@"\n`);
  chmodSync(script, 0o755);
  const browser = await chromium.launch({
    executablePath: script,
    headless: true,
    args: flags(options),
    ignoreDefaultArgs: options.keepsPages === true ? ['--disable-back-forward-cache'] : [],
  });
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    viewport: options.viewport ?? { width: 1100, height: 760 },
    permissions: ['camera', 'microphone'],
    reducedMotion: 'reduce',
  });
  await context.addInitScript(observePage);
  await context.addInitScript(observeWords);
  const consoleLines: string[] = [];
  const openPage = async (): Promise<Page> => {
    const page = await context.newPage();
    page.on('console', (message) => consoleLines.push(`${Date.now()} ${message.type()} ${message.text()}`));
    page.on('pageerror', (error) => consoleLines.push(`${Date.now()} pageerror ${error.message}`));
    return page;
  };
  let page = await openPage();
  let isGone = false;
  return {
    name,
    context,
    get page() {
      return page;
    },
    consoleLines,
    openPage: async () => (page = await openPage()),
    kill: async () => {
      isGone = true;
      for (const pid of processesIn(namespace)) signalKill(pid);
      const killedAtMs = Date.now();
      await browser.close().catch(() => undefined);
      return killedAtMs;
    },
    close: async () => {
      if (!isGone) await browser.close().catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function signalKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // A child of one that was just killed may be gone already.
  }
}

function flags(options: DeviceOptions): string[] {
  const media =
    options.hasCamera === false
      ? []
      : [
          `--use-fake-device-for-media-stream=fps=${options.framesPerSecond ?? 5}`,
          '--use-fake-ui-for-media-stream',
        ];
  return [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
    `--unsafely-treat-insecure-origin-as-secure=${options.trustedOrigins.join(',')}`,
    ...media,
  ];
}
