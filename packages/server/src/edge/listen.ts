import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { ServerError } from '../errors.js';

export interface ListenOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Default `127.0.0.1`: this machine only. */
  readonly host?: string;
  /** Answers the requests that are not the session server's own. Default: 404. */
  readonly fallback?: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

interface Routes {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
}

/** An HTTP server for nothing but the routes. */
export async function listenOn(
  routes: Routes,
  { port, host = '127.0.0.1', fallback }: ListenOptions,
): Promise<Listening> {
  const http = createServer((request, response) => {
    if (routes.handle(request, response)) return;
    if (fallback === undefined) response.writeHead(404).end();
    else fallback(request, response);
  });
  http.on('upgrade', (request, socket, head) => {
    if (!routes.upgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, resolve);
  }).catch((cause: unknown) => {
    const { code } = cause as { readonly code?: unknown };
    throw new ServerError(
      'bad-option',
      `port ${port} of ${host} cannot be used (${String(code)}): give another, or 0 for a free one`,
      { cause },
    );
  });
  return {
    port: (http.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      await closed;
    },
  };
}
