import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { root, runTool } from './run.mjs';

const stampFile = path.join(root, 'node_modules/.cache/holdfast/build.sha256');

/** Folders of packages and examples, relative to the root. */
export function workspaces(parents = ['packages', 'examples']) {
  return parents.flatMap((parent) => {
    const folder = path.join(root, parent);
    const names = existsSync(folder) ? readdirSync(folder).sort() : [];
    return names
      .map((name) => `${parent}/${name}`)
      .filter((name) => existsSync(path.join(root, name, 'package.json')));
  });
}

/** Every file below a folder, relative to the root, in a fixed order. */
export function filesBelow(folder) {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path
        .relative(root, path.join(entry.parentPath ?? entry.path, entry.name))
        .split(path.sep)
        .join('/'),
    )
    .sort();
}

function sourcesHash() {
  const settings = [
    'LICENSE',
    'package-lock.json',
    'rollup.config.mjs',
    'tsconfig.base.json',
    'tsconfig.json',
  ];
  const files = workspaces().flatMap((name) => [
    `${name}/package.json`,
    `${name}/tsconfig.json`,
    ...filesBelow(`${name}/src`).filter((file) => !file.endsWith('.test.ts')),
  ]);
  const hash = createHash('sha256');
  for (const file of [...settings, ...files].filter((name) => existsSync(path.join(root, name)))) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** The compiler leaves the output of a deleted source behind; rollup and npm pack would pick it up. */
function removeStaleOutput() {
  for (const name of workspaces()) {
    for (const file of filesBelow(`${name}/build`)) {
      const stem = file.slice(`${name}/build/`.length).replace(/\.(js|d\.ts)(\.map)?$/, '');
      const isOutput = /\.(js|d\.ts)(\.map)?$/.test(file);
      if (isOutput && !existsSync(path.join(root, name, 'src', `${stem}.ts`))) rmSync(path.join(root, file));
    }
  }
}

const isEntry = (name) =>
  ['index.js', 'server.js'].some((file) => existsSync(path.join(root, name, 'build', file)));

const isBuilt = () =>
  workspaces(['packages']).every((name) => existsSync(path.join(root, name, 'LICENSE'))) &&
  workspaces().every(
    (name) => filesBelow(`${name}/src`).length === 0 || existsSync(path.join(root, name, 'dist')),
  );

/** npm packs only what lies in a package's folder, and takes no links: the one LICENSE is copied at each build. */
function copyLicense() {
  // Without it there is nothing to copy, and the packages check says so.
  if (!existsSync(path.join(root, 'LICENSE'))) return;
  for (const name of workspaces(['packages']))
    copyFileSync(path.join(root, 'LICENSE'), path.join(root, name, 'LICENSE'));
}

/** Compiles and bundles everything. Gives the exit code of the first step that failed, else 0. */
export async function build() {
  const compiled = await runTool('typescript/bin/tsc', ['-b']);
  if (compiled.code !== 0) return compiled.code;
  removeStaleOutput();
  copyLicense();
  // Rollup refuses an empty list: nothing to bundle before the first entry file exists.
  if (!workspaces().some((name) => isEntry(name))) return 0;
  for (const name of workspaces()) rmSync(path.join(root, name, 'dist'), { recursive: true, force: true });
  const bundled = await runTool('rollup/dist/bin/rollup', ['-c', '--silent']);
  return bundled.code;
}

let failedCode = 0;

/** Builds when a source changed since the last build here. Gives the build's exit code; a failure is told once. */
export async function ensureBuilt() {
  if (failedCode !== 0) return failedCode;
  const hash = sourcesHash();
  const last = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (last === hash && isBuilt()) return 0;
  console.log('Building ...');
  const code = await build();
  failedCode = code;
  if (code === 0) {
    mkdirSync(path.dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, hash);
  }
  return code;
}
