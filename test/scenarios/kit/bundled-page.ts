import { join } from 'node:path';
import { build } from 'esbuild';
import { startService, waitUntilReady, writeTextFile } from './processes.js';
import { hostPort, type Stage } from './scenario.js';

const fileServer = `
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
const page = '<!doctype html><title>bundled page</title><script type="module" src="/page.js"></script>';
createServer((req, res) => {
  const isScript = req.url === '/page.js';
  res.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
  res.end(isScript ? readFileSync(process.argv[1]) : page);
}).listen(${hostPort}, process.argv[2]);
`;

/**
 * Serves a page made of one TypeScript file (its path from the repository's root) until the scenario ends; its address.
 * Served by the host side and not by the test: a page of no known origin may not reach a server in a private network.
 */
export async function serveBundledPage(stage: Stage, entry: string): Promise<string> {
  const { network, door, artifacts } = stage;
  const { outputFiles } = await build({
    entryPoints: [join(process.cwd(), entry)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['source'],
  });
  const script = artifacts.path('page.js');
  writeTextFile(script, outputFiles[0]?.text ?? '');
  const args = ['-e', fileServer, script, network.hostAddress];
  const logFile = artifacts.path('page-server.log');
  const server = startService({ network, command: process.execPath, args, logFile });
  stage.onEnd(() => server.stop());
  const address = `http://${network.hostAddress}:${hostPort}/`;
  await waitUntilReady(door, address, server);
  return address;
}
