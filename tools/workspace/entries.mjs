import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { workspaces } from './build.mjs';
import { root } from './run.mjs';

/** The manifest of a workspace folder. */
export const manifestOf = (folder) =>
  JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));

/**
 * Every entry of every package whose source exists:
 * `{ folder, id: '@holdfast/session/testing', name: 'session-testing', types: './build/testing/index.d.ts', output }`.
 */
export function packageEntries() {
  return workspaces(['packages']).flatMap((folder) => {
    const manifest = manifestOf(folder);
    return Object.entries(manifest.exports ?? {})
      .filter(([, entry]) => typeof entry === 'object' && existsSync(path.join(root, folder, entry.source)))
      .map(([subpath, entry]) => ({
        folder,
        id: `${manifest.name}${subpath.slice(1)}`,
        name: `${manifest.name}${subpath.slice(1)}`.replace(/^@[^/]+\//, '').replaceAll('/', '-'),
        types: entry.types,
        output: entry.default,
      }));
  });
}
