import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyWebhook } from '@holdfast/server';

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** A host's receiver: verifies, keeps each id once, answers with whatever status it is told to. */
export interface Receiver {
  readonly url: string;
  /** Parsed bodies of authentic messages, each `webhook-id` once. */
  readonly bodies: unknown[];
  readonly ids: string[];
  status: number;
  close(): Promise<void>;
}

export async function receiver(): Promise<Receiver> {
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const id = String(request.headers['webhook-id']);
      const isAuthentic = verifyWebhook(SECRET, request.headers, body, Date.now());
      const status = isAuthentic ? made.status : 401;
      if (status === 200) made.ids.push(id);
      if (status === 200 && !seen.has(id)) made.bodies.push(JSON.parse(body));
      if (status === 200) seen.add(id);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const made: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    bodies: [],
    ids: [],
    status: 200,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return made;
}
