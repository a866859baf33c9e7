import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DevOptions } from '@holdfast/cli';

const here = (file: string): Buffer => readFileSync(new URL(file, import.meta.url));

/** The page and its script, with a policy that lets them speak to the session server and LiveKit, and to nobody else. */
export function servePages({
  origin,
  livekit,
}: DevOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const files: Record<string, { readonly type: string; readonly body: Buffer }> = {
    '/meeting': { type: 'text/html; charset=utf-8', body: here('../src/pages/index.html') },
    '/join.js': { type: 'text/javascript; charset=utf-8', body: here('../dist/join.js') },
    '/page.css': { type: 'text/css; charset=utf-8', body: here('../src/pages/page.css') },
  };
  const servers = [
    origin.replace('http', 'ws'),
    livekit?.url ?? '',
    livekit?.url.replace('ws', 'http') ?? '',
  ];
  const headers = {
    'content-security-policy': `default-src 'none'; script-src 'self'; img-src data:; style-src 'self'; worker-src blob:; connect-src 'self' ${servers.join(' ')}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'permissions-policy': 'camera=(self), microphone=(self)',
  };
  return ({ url = '/', method }, response) => {
    const file = files[new URL(url, origin).pathname];
    if (file && (method === 'GET' || method === 'HEAD'))
      return void response.writeHead(200, { ...headers, 'content-type': file.type }).end(file.body);
    response.writeHead(404, { ...headers, 'content-type': 'text/plain; charset=utf-8' });
    response.end('There is nothing here. Use a link that npm start has printed.\n');
  };
}
