import { createServer } from 'node:net';
import { CliError } from '../cli-error.js';

const TRIES = 50;

/** The wanted port, or the next one that is free. @throws CliError `no-port`. */
export async function freePort(wanted: number, host: string): Promise<number> {
  for (let port = wanted; port < Math.min(wanted + TRIES, 65_536); port += 1) {
    if (await isFree(port, host)) return port;
  }
  throw new CliError(
    'no-port',
    `Ports ${wanted} to ${wanted + TRIES - 1} are all in use. Choose another with --port.`,
  );
}

/** Any free port of the system's choosing. */
export async function anyPort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string')
    throw new CliError('no-port', 'The system gave no port.');
  return address.port;
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
