import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, run } from './run.mjs';

/** Names in the lock that node_modules does not hold at the locked version. Platform packages may be absent. */
export function notInstalled(lock, installed) {
  return Object.entries(lock.packages)
    .filter(([name, entry]) => name.includes('node_modules/') && !entry.optional)
    .filter(([name, entry]) => {
      const present = installed.packages[name];
      return present === undefined || (!entry.link && present.version !== entry.version);
    })
    .map(([name]) => name);
}

const readJson = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** Installs what is missing and nothing when all is there; ends the process when npm cannot. */
export async function ensureInstalled() {
  if (!existsSync(path.join(root, 'node_modules/.package-lock.json'))) return installAll();
  const missing = notInstalled(readJson('package-lock.json'), readJson('node_modules/.package-lock.json'));
  if (missing.length === 0) return;
  console.log(`Installing ${missing.length} packages that changed or are missing ...`);
  const { code } = await run('npm', ['install', '--no-save', '--no-audit', '--no-fund']);
  if (code !== 0) await installAll();
}

async function installAll() {
  console.log('Installing packages (half a minute the first time) ...');
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund']);
  if (code === 0) return;
  console.log('npm ci did not succeed; trying npm install.');
  const second = await run('npm', ['install', '--no-audit', '--no-fund']);
  if (second.code === 0) return;
  console.error('The packages could not be installed: npm must reach a registry. See the lines above.');
  process.exit(1);
}
