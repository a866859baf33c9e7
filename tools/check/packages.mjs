import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt, workspaces } from '../workspace/build.mjs';
import { manifestOf, packageEntries } from '../workspace/entries.mjs';
import { root, run, runTool } from '../workspace/run.mjs';

async function pack(folder, workFolder) {
  const { code, output } = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--loglevel', 'error', '--pack-destination', workFolder],
    { cwd: path.join(root, folder), isQuiet: true },
  );
  if (code !== 0) throw new Error(`npm pack of ${folder}: ${output}`);
  const start = output.search(/^\[|^\{/m);
  const [packed] = Object.values(JSON.parse(output.slice(start)));
  return { file: path.join(workFolder, packed.filename), names: packed.files.map(({ path: name }) => name) };
}

async function publintProblems(folder, file) {
  const [{ publint }, { formatMessage }] = [await import('publint'), await import('publint/utils')];
  const manifest = manifestOf(folder);
  const buffer = readFileSync(file);
  const tarball = buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
  const { messages } = await publint({ pack: { tarball }, strict: true });
  return messages
    .filter(({ type }) => type !== 'suggestion')
    .map(
      (message) =>
        `${folder}: publint: ${formatMessage(message, manifest, { color: false }) ?? message.code}`,
    );
}

async function attwProblems(folder, file) {
  const { code, output } = await runTool(
    '@arethetypeswrong/cli/dist/index.js',
    [file, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji', '--no-color'],
    { isQuiet: true },
  );
  return code === 0 ? [] : [`${folder}: attw:\n${output.trim()}`];
}

const strayFile = /\.test\.|\.tsbuildinfo$|(^|\/)(node_modules|artifacts|\.holdfast)\//;

/** Puts the tarballs where an application would have them, with the libraries that are installed here. */
async function unpackAll(tarballs, workFolder) {
  const modules = path.join(workFolder, 'node_modules');
  mkdirSync(path.join(modules, '@holdfast'), { recursive: true });
  for (const name of readdirSync(path.join(root, 'node_modules'))) {
    if (!name.startsWith('.') && name !== '@holdfast') {
      symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name), 'junction');
    }
  }
  for (const { folder, file } of tarballs) {
    const goal = path.join(modules, manifestOf(folder).name);
    mkdirSync(goal, { recursive: true });
    await run('tar', ['-xzf', file, '-C', goal, '--strip-components=1'], { isQuiet: true });
  }
}

/** Imports and requires one entry from the unpacked tarballs, as an application on Node would. */
async function useProblems(entry, workFolder) {
  const forms = [
    `await import(${JSON.stringify(entry.id)})`,
    `createRequire(import.meta.url)(${JSON.stringify(entry.id)})`,
  ];
  const code = `import { createRequire } from 'node:module'; ${forms.join('; ')};`;
  const result = await run(process.execPath, ['--no-warnings', '--input-type=module', '-e', code], {
    cwd: workFolder,
    isQuiet: true,
  });
  return result.code === 0
    ? []
    : [`${entry.id} cannot be imported from its tarball:\n${result.output.trim().slice(0, 1500)}`];
}

async function problemsOf(folder, workFolder, tarballs) {
  const { file, names } = await pack(folder, workFolder);
  tarballs.push({ folder, file });
  return [
    ...names.filter((name) => strayFile.test(name)).map((name) => `${folder}: ${name} is in the tarball`),
    ...(await publintProblems(folder, file)),
    ...(await attwProblems(folder, file)),
  ];
}

/** Packs every package as for publishing, and looks at the tarballs the way a user's tools will. */
export async function check() {
  if ((await ensureBuilt()) !== 0) return { problems: ['the build failed'], seen: '' };
  const workFolder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-packages-'));
  const entries = packageEntries();
  const folders = workspaces(['packages']).filter((folder) =>
    existsSync(path.join(root, folder, 'src/index.ts')),
  );
  const tarballs = [];
  const problems = folders.length === 0 ? ['no package was looked at'] : [];
  try {
    for (const folder of folders) problems.push(...(await problemsOf(folder, workFolder, tarballs)));
    await unpackAll(tarballs, workFolder);
    for (const entry of entries) problems.push(...(await useProblems(entry, workFolder)));
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
  return { problems, seen: `${tarballs.length} tarballs, ${entries.length} entries` };
}
