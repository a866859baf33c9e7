#!/usr/bin/env node
/**
 * `npm start [-- --livekit] [-- --drill] ...`: installs what is missing, builds when a source changed,
 * and starts the quickstart in this process. Arguments go on to it. `--joint` starts the example of a
 * joint meeting instead, which needs LiveKit.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireNode } from './workspace/node-version.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { ensureBuilt } from './workspace/build.mjs';
import { root } from './workspace/run.mjs';

const isJoint = process.argv.includes('--joint');
const example = path.join(root, 'examples', isJoint ? 'joint-meeting' : 'quickstart');
if (isJoint) process.argv = [...process.argv.filter((argument) => argument !== '--joint'), '--livekit'];

/** A LiveKit server of this machine, unless the environment names one that runs already. */
async function findLivekit() {
  if (process.env.LIVEKIT_URL) return true;
  const { provision } = await import('./provision.mjs');
  const { env, missing } = await provision(['livekit']);
  Object.assign(process.env, env);
  for (const sentence of missing) console.error(sentence);
  return missing.length === 0;
}

requireNode();
await ensureInstalled();
const buildCode = await ensureBuilt();
if (buildCode !== 0) {
  console.error('The build failed; its output is above.');
  process.exit(buildCode);
}
if (process.argv.includes('--livekit') && !(await findLivekit())) process.exit(1);

const { main = 'dist/server.js' } = JSON.parse(readFileSync(path.join(example, 'package.json'), 'utf8'));
const mainFile = path.join(example, main);
process.argv[1] = mainFile;
await import(pathToFileURL(mainFile).href);
