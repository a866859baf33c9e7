import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { createServer as createHttpServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { selfSignedCertificate } from './certificate.js';
import { openTlsDoor } from './tls-door.js';

const NAMES = ['192.0.2.7', 'localhost'];

describe('certificate made on the spot', () => {
  test('is a certificate of its own key, for the given names, valid now and for a month', () => {
    const nowMs = Date.UTC(2026, 5, 1);
    const certificate = new X509Certificate(selfSignedCertificate(NAMES, nowMs).cert);
    expect(certificate.subjectAltName).toBe('IP Address:192.0.2.7, DNS:localhost');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect([
      new Date(certificate.validFrom).toISOString(),
      new Date(certificate.validTo).toISOString(),
    ]).toEqual(['2026-05-31T00:00:00.000Z', '2026-07-01T00:00:00.000Z']);
  });

  test('two are never the same', () => {
    const serials = [1, 2].map(() => new X509Certificate(selfSignedCertificate(NAMES, 0).cert).serialNumber);
    expect(new Set(serials).size).toBe(2);
  });

  test('holds for a real connection of one who trusts it', async () => {
    const made = selfSignedCertificate(NAMES, Date.now());
    const server = createServer(made, (socket) => socket.end('hello'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca: made.cert });
    const [said] = (await once(socket, 'data')) as [Buffer];
    expect([said.toString(), socket.authorized]).toEqual(['hello', true]);
    server.close();
  });

  test('puts TLS in front of a server that has none', async () => {
    const inside = createHttpServer((_request, response) => response.end('inside'));
    inside.listen(0, '127.0.0.1');
    await once(inside, 'listening');
    const made = selfSignedCertificate(NAMES, Date.now());
    const { port } = inside.address() as AddressInfo;
    const door = await openTlsDoor(made, '127.0.0.1', 0, { host: '127.0.0.1', port });
    const socket = connect({
      host: '127.0.0.1',
      port: (door.address() as AddressInfo).port,
      servername: 'localhost',
      ca: made.cert,
    });
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toMatch(/inside/);
    door.close();
    inside.close();
  });
});
