import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeClock } from '@holdfast/session/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { aSessionServer } from '../../packages/server/src/testing/a-session-server.js';
import { downlinkOf, MEASURE_WITHIN_MS } from '../../packages/session/src/device/link-speed.js';
import { connectionOf } from '../../packages/session/src/device/preflight.js';

const TICK_MS = 50;
const closing: Server[] = [];
afterEach(() => {
  for (const server of closing.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A narrow link: what the session server sends arrives at so many Mbit/s. */
async function narrowed(to: string, mbps: number): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
      const answer = await fetch(to + (request.url ?? ''), { method: 'POST', body: Buffer.concat(parts) });
      const bytes = Buffer.from(await answer.arrayBuffer());
      response.writeHead(answer.status);
      const each = Math.round((mbps * 1_000_000 * TICK_MS) / 8 / 1000);
      for (let sent = 0; sent < bytes.length && !response.destroyed; sent += each) {
        response.write(bytes.subarray(sent, sent + each));
        await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      }
      response.end();
    })().catch(() => response.destroy());
  });
  closing.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a link that is measured', () => {
  test.each([
    [20, 'ok'],
    [0.9, 'weak'],
    [0.2, 'bad'],
  ] as const)(
    '[I23][D07] over the session server’s own edge: %d Mbit/s is %s, within 3 s',
    async (mbps, found) => {
      const running = await aSessionServer(new FakeClock());
      const { credential: key } = await running.device('c1');
      const address = `${await narrowed(running.address, mbps)}/holdfast/measure`;
      const beganMs = performance.now();
      const downlink = await downlinkOf({ address, key, ask: fetch, nowMs: () => performance.now() });
      expect(performance.now() - beganMs).toBeLessThan(MEASURE_WITHIN_MS + 500);
      expect(connectionOf({ downlink }), `${String(downlink)} Mbit/s`).toBe(found);
      await running.server.close();
    },
  );

  test('[I23][D07] unsure is an answer: a refusal, a server that is away, and too little to tell', async () => {
    const running = await aSessionServer(new FakeClock());
    const ask = (address: string, key: string) =>
      downlinkOf({ address, key, ask: fetch, nowMs: () => performance.now() });
    expect(await ask(`${running.address}/holdfast/measure`, 'x'.repeat(40))).toBeNull();
    await running.server.close();
    expect(await ask(`${running.address}/holdfast/measure`, 'x'.repeat(40))).toBeNull();
    const little = createServer((_, response) => response.end('little'));
    closing.push(little);
    await new Promise<void>((resolve) => little.listen(0, '127.0.0.1', resolve));
    expect(await ask(`http://127.0.0.1:${(little.address() as AddressInfo).port}`, 'k')).toBeNull();
    expect(connectionOf({ downlink: null })).toBe('unknown');
  });
});
