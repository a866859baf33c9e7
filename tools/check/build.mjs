import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt, workspaces } from '../workspace/build.mjs';
import { root } from '../workspace/run.mjs';

/** Files that a package's exports map names and the build did not make. */
function missingOutputs(folder) {
  const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
  return Object.values(manifest.exports ?? {})
    .filter((entry) => typeof entry === 'object')
    .flatMap((entry) => Object.values(entry))
    .filter((file) => !existsSync(path.join(root, folder, file)))
    .map((file) => `${folder}: exports names ${file}, which the build did not make`);
}

/** The build runs, and makes every file that the exports maps promise. */
export async function check() {
  const code = await ensureBuilt();
  if (code !== 0) return { problems: [`the build ended with code ${code}; its output is above`], seen: '' };
  const packages = workspaces(['packages']);
  return { problems: packages.flatMap(missingOutputs), seen: `${packages.length} packages` };
}
