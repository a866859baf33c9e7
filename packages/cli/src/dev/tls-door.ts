import { connect } from 'node:net';
import { createServer, type Server } from 'node:tls';
import type { Certificate } from './certificate.js';

/** Where a door leads: a host and port that speak without TLS. */
export interface Inside {
  readonly host: string;
  readonly port: number;
}

/** Puts TLS in front of a server that has none: a secure page may only speak to secure addresses. */
export function openTlsDoor(
  certificate: Certificate,
  host: string,
  port: number,
  inside: Inside,
): Promise<Server> {
  const door = createServer(certificate, (outside) => {
    const inner = connect(inside);
    const end = (): void => {
      outside.destroy();
      inner.destroy();
    };
    outside.on('error', end).on('close', end);
    inner.on('error', end).on('close', end);
    outside.pipe(inner).pipe(outside);
  });
  return new Promise((resolve, reject) => {
    door.once('error', reject);
    door.listen(port, host, () => resolve(door));
  });
}
