import { startService, waitUntilReady, type Service } from './processes.js';
import type { Stage } from './scenario.js';

/** A site that has nothing to do with the session, and notes what a visitor brings. */
export interface Elsewhere {
  readonly url: string;
  /** What the visits so far told of where they came from. */
  referrers(): readonly string[];
}

const port = 8090;
const program = `
require('node:http').createServer((req, res) => {
  if (req.url === '/') console.log('referrer:' + (req.headers.referer ?? ''));
  res.writeHead(200, { 'content-type': 'text/html' });
  res.end('<!doctype html><title>Weather</title><link rel="icon" href="data:,"><p>Sunny</p>');
}).listen(${port}, process.argv[1]);
`;

export async function startElsewhere(stage: Stage): Promise<Elsewhere> {
  const { network, door, artifacts } = stage;
  const url = `http://${network.hostAddress}:${port}/`;
  const service: Service = startService({
    network,
    command: process.execPath,
    args: ['-e', program, network.hostAddress],
    logFile: artifacts.path('elsewhere.log'),
  });
  stage.onEnd(() => service.stop());
  await waitUntilReady(door, `${url}ready`, service);
  const lines = () => service.output().split('\n');
  return {
    url,
    referrers: () =>
      lines()
        .filter((line) => line.startsWith('referrer:'))
        .map((line) => line.slice('referrer:'.length)),
  };
}
