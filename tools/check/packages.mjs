import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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

/** What a reader and a lawyer look for in a package; npm takes neither from the repository's root. */
async function paperProblems(folder, file) {
  const read = async (name) => {
    const { code, output } = await run('tar', ['-xzOf', file, `package/${name}`], { isQuiet: true });
    return code === 0 ? output : undefined;
  };
  const [licence, readme] = [await read('LICENSE'), await read('README.md')];
  const problems = [];
  if (licence === undefined) problems.push(`${folder}: no LICENSE is in the tarball`);
  else if (licence !== readFileSync(path.join(root, 'LICENSE'), 'utf8'))
    problems.push(`${folder}: the LICENSE in the tarball is not the repository's`);
  if (readme === undefined) problems.push(`${folder}: no README.md is in the tarball`);
  else if (examplesIn(readme).length === 0)
    problems.push(`${folder}: README.md has no example (a block of ts)`);
  return problems;
}

const examplesIn = (readme) => [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);

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

/** The examples of the README files, the repository's own too, compile against the tarballs, as where they are installed. */
async function exampleProblems(tarballs, workFolder) {
  const readmes = tarballs.map(({ folder }) => [
    path.basename(folder),
    path.join(workFolder, 'node_modules', manifestOf(folder).name, 'README.md'),
  ]);
  const files = [['root', path.join(root, 'README.md')], ...readmes].flatMap(([name, readme]) => {
    return (existsSync(readme) ? examplesIn(readFileSync(readme, 'utf8')) : []).map((code, index) => {
      const file = `${name}-README-example-${index + 1}.mts`;
      writeFileSync(path.join(workFolder, file), code);
      return file;
    });
  });
  if (files.length === 0) return [];
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
  const where = ['--lib', 'es2023,dom,dom.iterable', '--types', 'node', '--pretty', 'false'];
  const { code, output } = await runTool('typescript/bin/tsc', [...flags, ...where, ...files], {
    cwd: workFolder,
    isQuiet: true,
  });
  return code === 0 ? [] : output.trim().split('\n');
}

async function problemsOf(folder, workFolder, tarballs) {
  const { file, names } = await pack(folder, workFolder);
  tarballs.push({ folder, file });
  return [
    ...names.filter((name) => strayFile.test(name)).map((name) => `${folder}: ${name} is in the tarball`),
    ...(await paperProblems(folder, file)),
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
    problems.push(...(await exampleProblems(tarballs, workFolder)));
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
  return { problems, seen: `${tarballs.length} tarballs, ${entries.length} entries` };
}
