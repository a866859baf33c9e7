import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { DevOptions } from '@holdfast/cli';

interface File {
  readonly type: string;
  readonly body: Buffer;
  /** For a weak link: a fifth of the bytes. */
  readonly zipped: Buffer;
}

function file(type: string, path: string): File {
  const body = readFileSync(new URL(path, import.meta.url));
  return { type, body, zipped: gzipSync(body) };
}

const SCRIPT = 'text/javascript; charset=utf-8';

/** The page and its scripts, with a policy that lets them speak to the session server and to nobody else. */
export function servePages(dev: DevOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const page = file('text/html; charset=utf-8', '../src/pages/index.html');
  const files: Record<string, File> = {
    '/call': page,
    '/livekit': page,
    '/check': file('text/html; charset=utf-8', '../src/pages/check.html'),
    '/check.js': file(SCRIPT, '../dist/check.js'),
    '/join.js': file(SCRIPT, '../dist/join.js'),
    '/livekit-video.js': file(SCRIPT, '../dist/livekit-video.js'),
    '/page.css': file('text/css; charset=utf-8', '../src/pages/page.css'),
  };
  const headers = {
    'content-security-policy': contentPolicy(dev),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'permissions-policy': 'camera=(self), microphone=(self)',
  };
  return ({ url = '/', method, headers: asked }, response) => {
    const found = files[new URL(url, dev.origin).pathname];
    if (found && (method === 'GET' || method === 'HEAD')) {
      const isZipped = /\bgzip\b/.test(String(asked['accept-encoding']));
      const encoding = isZipped ? { 'content-encoding': 'gzip' } : {};
      response.writeHead(200, {
        ...headers,
        ...encoding,
        vary: 'accept-encoding',
        'content-type': found.type,
      });
      return void response.end(isZipped ? found.zipped : found.body);
    }
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
