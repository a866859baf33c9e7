#!/usr/bin/env node
/**
 * Finds, and where it may fetches, what the browser scenarios need: Chromium, network namespaces
 * (iproute2, nftables) and livekit-server. Never touches anything but the distribution's packages (as
 * root on a Debian-like system) and one cache folder.
 *
 *   node tools/provision.mjs            prints what it found
 */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './workspace/run.mjs';

export const livekitVersion = '1.13.5';
const goMinutes = 7;

const cacheFolder = path.join(
  process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'),
  `holdfast/livekit-server-${livekitVersion}`,
);

const isRoot = () => process.getuid?.() === 0;
const mayInstall = () => process.platform === 'linux' && isRoot() && existsSync('/etc/debian_version');

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** First of the commands that is on the PATH or in one of the folders, as a full path. */
function findProgram(names, folders = []) {
  const places = [...(process.env.PATH ?? '').split(path.delimiter), ...folders];
  return names.flatMap((name) => places.map((folder) => path.join(folder, name))).find(isExecutable);
}

let hasUpdated = false;
async function installPackages(names) {
  if (!mayInstall()) return;
  console.log(`Installing ${names.join(', ')} from the distribution ...`);
  const options = { isQuiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  if (!hasUpdated) await run('apt-get', ['update', '-qq'], options);
  hasUpdated = true;
  const { code, output } = await run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...names],
    options,
  );
  if (code !== 0) console.error(output.trim().split('\n').slice(-5).join('\n'));
}

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** A browser counts when it answers: a distribution's placeholder that asks for snap does not. */
async function workingChromium() {
  const named = process.env.HOLDFAST_CHROMIUM;
  const found = [named, findProgram(chromiumNames), macChrome].filter((file) => file && isExecutable(file));
  for (const file of found) {
    const { code } = await run(file, ['--version'], { isQuiet: true, limitMs: 20_000 });
    if (code === 0) return file;
  }
  return undefined;
}

async function chromium() {
  let file = await workingChromium();
  if (!file) {
    await installPackages(['chromium']);
    file = await workingChromium();
  }
  if (file) return { env: { HOLDFAST_CHROMIUM: file } };
  return {
    missing:
      "Chromium is missing: install your distribution's chromium package, or set HOLDFAST_CHROMIUM to its path.",
  };
}

/** Makes and removes a namespace of its own, because a container may forbid what root may do elsewhere. */
async function canIsolate() {
  const name = `holdfast-probe-${process.pid}`;
  if ((await run('ip', ['netns', 'add', name], { isQuiet: true })).code !== 0) return false;
  const listed = await run('ip', ['netns', 'exec', name, 'nft', 'list', 'ruleset'], { isQuiet: true });
  await run('ip', ['netns', 'delete', name], { isQuiet: true });
  return listed.code === 0;
}

async function namespaces() {
  const rule = 'Network namespaces are missing: run as root on Linux with iproute2 and nftables installed';
  if (process.platform !== 'linux' || !isRoot()) return { missing: `${rule} (sudo npm test).` };
  const systemFolders = ['/usr/sbin', '/sbin'];
  const wanted = [
    ['ip', 'iproute2'],
    ['nft', 'nftables'],
  ].filter(([program]) => !findProgram([program], systemFolders));
  if (wanted.length > 0) await installPackages(wanted.map(([, name]) => name));
  if (await canIsolate()) return { env: { HOLDFAST_NETNS: '1' } };
  return { missing: `${rule}; in a container, give it NET_ADMIN and SYS_ADMIN.` };
}

async function livekitFound() {
  const named = process.env.LIVEKIT_SERVER_BIN ?? process.env.HOLDFAST_LIVEKIT_SERVER;
  if (named && isExecutable(named)) return named;
  const onPath = findProgram(['livekit-server']);
  if (onPath) {
    const { output } = await run(onPath, ['--version'], { isQuiet: true, limitMs: 20_000 });
    if (output.includes(livekitVersion)) return onPath;
    console.log(`${onPath} is not version ${livekitVersion}; looking further.`);
  }
  const cached = path.join(cacheFolder, 'server');
  return isExecutable(cached) ? cached : undefined;
}

async function buildLivekit(go) {
  console.log(
    `Building livekit-server v${livekitVersion} with Go into ${cacheFolder} (some minutes, once) ...`,
  );
  mkdirSync(cacheFolder, { recursive: true });
  const { code, output } = await run(
    go,
    ['install', `github.com/livekit/livekit-server/cmd/server@v${livekitVersion}`],
    { isQuiet: true, env: { GOBIN: cacheFolder, GOFLAGS: '' }, limitMs: goMinutes * 60_000 },
  );
  if (code !== 0) console.error(output.trim().split('\n').slice(-5).join('\n'));
}

async function livekit() {
  let file = await livekitFound();
  const go = findProgram(['go'], ['/usr/local/go/bin']);
  if (!file && go) {
    await buildLivekit(go);
    file = await livekitFound();
  }
  if (file) return { env: { HOLDFAST_LIVEKIT_SERVER: file, LIVEKIT_SERVER_BIN: file } };
  return {
    missing: `livekit-server v${livekitVersion} is missing: install Go (it is then built once), or set LIVEKIT_SERVER_BIN to the program.`,
  };
}

const parts = { chromium, namespaces, livekit };

/**
 * Provides the named parts, or all: `{ env, missing }`. `env` is for the processes that use them;
 * `missing` says in one sentence each what is not there and how to get it.
 */
export async function provision(names = Object.keys(parts)) {
  const results = [];
  for (const name of names) results.push(await parts[name]());
  return {
    env: Object.assign({}, ...results.map(({ env }) => env)),
    missing: results.map(({ missing }) => missing).filter((sentence) => sentence !== undefined),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { env, missing } = await provision();
  for (const [name, value] of Object.entries(env)) console.log(`${name}=${value}`);
  for (const sentence of missing) console.log(sentence);
  if (missing.length > 0) process.exitCode = 1;
}
