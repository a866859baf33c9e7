import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { missingOptionals } from '../complete-lock.mjs';
import { workspaces } from '../workspace/build.mjs';
import { root } from '../workspace/run.mjs';

const dependencyKinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
const readJson = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** What a manifest asks for and the lock, written from an older manifest, does not say. */
function outdated(lock, folder) {
  const manifest = readJson(path.join(folder, 'package.json'));
  const locked = lock.packages[folder];
  if (locked === undefined) return [`package-lock.json does not know ${folder}: run npm install`];
  return dependencyKinds
    .flatMap((kind) => Object.entries(manifest[kind] ?? {}).map(([name, range]) => ({ kind, name, range })))
    .filter(({ kind, name, range }) => locked[kind]?.[name] !== range)
    .map(
      ({ name, range }) =>
        `${folder || 'root'}: ${name}@${range} is not in package-lock.json: run npm install`,
    );
}

/** `npm ci` must work on every platform: each manifest is in the lock, and each platform package has an entry. */
export function check() {
  if (!existsSync(path.join(root, 'package-lock.json')))
    return { problems: ['no package-lock.json'], seen: '' };
  const lock = readJson('package-lock.json');
  const missing = missingOptionals(lock).map(
    ({ name, version }) => `${name}@${version} has no entry: run node tools/complete-lock.mjs`,
  );
  const problems = [...missing, ...['', ...workspaces()].flatMap((folder) => outdated(lock, folder))];
  return { problems, seen: `${Object.keys(lock.packages).length} entries` };
}
