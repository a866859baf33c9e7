import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DevOptions } from '@holdfast/cli';

const here = (file: string): Buffer => readFileSync(new URL(file, import.meta.url));
const SCRIPT = 'text/javascript; charset=utf-8';

/** The page and its scripts, with a policy that lets them speak to the session server and to nobody else. */
export function servePages(dev: DevOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const page = { type: 'text/html; charset=utf-8', body: here('../src/pages/index.html') };
  const files: Record<string, { readonly type: string; readonly body: Buffer }> = {
    '/call': page,
    '/livekit': page,
    '/join.js': { type: SCRIPT, body: here('../dist/join.js') },
    '/livekit-video.js': { type: SCRIPT, body: here('../dist/livekit-video.js') },
    '/page.css': { type: 'text/css; charset=utf-8', body: here('../src/pages/page.css') },
  };
  const headers = {
    'content-security-policy': contentPolicy(dev),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'permissions-policy': 'camera=(self), microphone=(self)',
  };
  return ({ url = '/', method }, response) => {
    const file = files[new URL(url, dev.origin).pathname];
    if (file && (method === 'GET' || method === 'HEAD'))
      return void response.writeHead(200, { ...headers, 'content-type': file.type }).end(file.body);
    response.writeHead(404, { ...headers, 'content-type': 'text/plain; charset=utf-8' });
    response.end('There is nothing here. Use a link that npm start has printed.\n');
  };
}

/** Timers run in a worker made from a blob: the timers of a hidden page are slowed down. */
function contentPolicy({ origin, livekit }: DevOptions): string {
  const servers = [
    origin.replace('http', 'ws'),
    ...(livekit ? [livekit.url, livekit.url.replace('ws', 'http')] : []),
  ];
  return [
    "default-src 'none'",
    "script-src 'self'",
    'img-src data:',
    "style-src 'self'",
    'worker-src blob:',
    `connect-src 'self' ${servers.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
