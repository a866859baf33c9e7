import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = new URL('../../../', import.meta.url).pathname;

/**
 * One script of this folder as a file that Node runs by itself, for tests that kill it. Packages of the workspace are
 * taken from their source; everything else stays an import.
 */
export async function bundleChild(name: string): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'holdfast-child-')), `${name}.mjs`);
  await build({
    entryPoints: [join(root, 'test/contracts/children', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['source', 'module', 'import'],
    external: ['libsql', 'ws', 'livekit-server-sdk'],
    // Imports that stay are found from the repository, wherever the file lies.
    plugins: [
      {
        name: 'outside',
        setup: (made) =>
          made.onResolve({ filter: /^(libsql|ws)$/ }, ({ path }) => ({
            path: import.meta.resolve(path),
            external: true,
          })),
      },
    ],
  });
  return outfile;
}
