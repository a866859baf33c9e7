import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root, run } from './run.mjs';

const skippedFolders = new Set(['node_modules', 'dist', 'build', '.git', '.holdfast', '.cache', 'artifacts']);

function walk(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : walk(name);
    return entry.isFile() ? [name] : [];
  });
}

/**
 * The project's own files, relative to the root: what git knows or would add; without git, all but
 * outputs.
 */
export async function projectFiles() {
  const listed = existsSync(path.join(root, '.git'))
    ? await run('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { isQuiet: true })
    : { code: 1, output: '' };
  const files = listed.code === 0 ? listed.output.split('\n').filter((name) => name !== '') : walk('');
  return files.filter((name) => existsSync(path.join(root, name))).sort();
}

/** Text of one project file. */
export const readText = (file) => readFileSync(path.join(root, file), 'utf8');
