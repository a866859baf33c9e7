import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { aSessionServer } from '../testing/a-session-server.js';
import { turn } from '../testing/pass-time.js';
import { socketEdge } from './socket-edge.js';

test('[H02] a refused page that resets its connection at once does not end the session server', () => {
  const edge = socketEdge({ authority: {} as never, allowedOrigins: [], clock: new FakeClock() });
  const socket = new PassThrough();
  const headers = { origin: 'https://evil.example', host: 'app.example' };
  edge.accept({ headers } as IncomingMessage, socket, Buffer.alloc(0));
  expect(() => socket.emit('error', new Error('read ECONNRESET'))).not.toThrow();
});

const UPGRADE = [
  'GET /holdfast/socket HTTP/1.1',
  'host: app.example',
  'connection: upgrade',
  'upgrade: websocket',
  'sec-websocket-version: 13',
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
  '',
  '',
].join('\r\n');

test('[H08] the end of the session server waits a second, not half a minute, for a device that is cut off', async () => {
  const clock = new FakeClock();
  const running = await aSessionServer(clock);
  const cut = connect(Number(new URL(running.address).port), '127.0.0.1');
  cut.write(UPGRADE);
  await new Promise((resolve) => cut.once('data', resolve));
  cut.pause();
  let isClosed = false;
  const closed = running.server.close().then(() => void (isClosed = true));
  await clock.advance(999);
  for (let turns = 0; turns < 50; turns += 1) await turn();
  expect(isClosed).toBe(false);
  await clock.advance(1);
  await closed;
  cut.destroy();
});
