import { mkdirSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { build } from 'esbuild';
import { AccessToken } from 'livekit-server-sdk';
import type { Device } from '../../test/scenarios/kit/browser.js';
import { waitForFrame, waitForWords } from '../../test/scenarios/kit/observer.js';
import { startService, waitUntilReady, type Service } from '../../test/scenarios/kit/processes.js';
import { need } from './measure.js';
import type { Lab, Subject } from './subject.js';

const port = 8090;
const waitMs = 20_000;

const fileServer = `
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
const { gzipSync } = require('node:zlib');
const script = gzipSync(readFileSync(process.argv[1]));
const page = '<!doctype html><title>stock</title><body><script type="module" src="/page.js"></script>';
createServer((req, res) => {
  const isScript = req.url.startsWith('/page.js');
  res.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
  if (isScript) res.setHeader('content-encoding', 'gzip');
  res.end(isScript ? script : page);
}).listen(${port}, process.argv[2]);
`;

export const stockName = 'livekit-client 2.23.0';
export const stockTogetherName = `${stockName}, both join at the click`;

/** A bare page on livekit-client, as its documentation starts one; and the same page where both join at one click. */
export function stock(): { readonly alone: Subject; readonly together: Subject } {
  let server: Service | undefined;
  let repetition = 0;
  const open = (lab: Lab, device: Device) => openPage(lab, device, `stock-${repetition}`);
  const joinFirst = async (lab: Lab): Promise<void> => {
    repetition += 1;
    await open(lab, lab.practitioner);
    await join(lab.practitioner);
    await need(waitForWords(lab.practitioner.page, /publishing/, 0, waitMs), 'the practitioner publishes');
    await open(lab, lab.client);
  };
  const alone: Subject = {
    name: stockName,
    whoDropped: /client left/,
    ownSideKnows: /Reconnecting|Disconnected/,
    prepare: async (lab) => {
      mkdirSync(lab.folder, { recursive: true });
      const script = joinPath(lab.folder, 'stock-page.js');
      writeFileSync(script, await bundlePage());
      const { network, door } = lab;
      const args = ['-e', fileServer, script, network.hostAddress];
      server = startService({
        network,
        command: process.execPath,
        args,
        logFile: joinPath(lab.folder, 'stock.log'),
      });
      await waitUntilReady(door, `http://${network.hostAddress}:${port}/`, server);
    },
    connect: async (lab) => {
      await joinFirst(lab);
      const sinceMs = Date.now();
      await join(lab.client);
      await need(waitForFrame(lab.client.page, sinceMs, waitMs), 'the client sees the practitioner');
      await need(waitForFrame(lab.practitioner.page, sinceMs, waitMs), 'the practitioner sees the client');
    },
    readyToJoin: async (lab) => {
      await joinFirst(lab);
      return () => join(lab.client);
    },
    disconnect: async (lab) => {
      for (const device of [lab.client, lab.practitioner]) await device.page.goto('about:blank');
    },
    stop: async () => server?.stop(),
  };
  // Shares the pages of `alone`, which is prepared and stopped.
  const together: Subject = {
    ...alone,
    name: stockTogetherName,
    prepare: async () => undefined,
    readyToJoin: async (lab) => {
      repetition += 1;
      await open(lab, lab.practitioner);
      await open(lab, lab.client);
      return async () => void (await Promise.all([press(lab.practitioner), press(lab.client)]));
    },
    stop: async () => undefined,
  };
  return { alone, together };
}

async function openPage(lab: Lab, { name, page }: Device, room: string): Promise<void> {
  await page.goto(await stockAddress(lab, name, room));
}

/** Where the bare page of one person in one room is. */
export async function stockAddress(
  { livekit, network }: Pick<Lab, 'livekit' | 'network'>,
  name: string,
  room: string,
): Promise<string> {
  const token = new AccessToken(livekit.apiKey, livekit.apiSecret, { identity: name, ttl: '1h' });
  token.addGrant({ roomJoin: true, room });
  const query = new URLSearchParams({ url: livekit.url, token: await token.toJwt() });
  return `http://${network.hostAddress}:${port}/?${query}`;
}

/** Presses the only button. */
export const join = async ({ page }: Device) => page.getByRole('button', { name: 'Join' }).click();
/** At once, on both pages: a real click waits for its button to stand still. */
const press = async ({ page }: Device) => page.evaluate(() => document.querySelector('button')?.click());

async function bundlePage(): Promise<Uint8Array> {
  const built = await build({
    entryPoints: [joinPath(process.cwd(), 'bench/first/stock-page.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    target: 'es2022',
  });
  const [file] = built.outputFiles;
  if (file === undefined) throw new Error('the stock page was not built');
  return file.contents;
}
