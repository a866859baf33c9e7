import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Runs a TypeScript file of bench/ on a Node that does not strip types, with the scenario kit
 * and the policy compiled in. What is measured is not this file but the programs and pages that it starts.
 *
 * @param {string} entry Path from the repository's root.
 * @returns {Promise<Record<string, any>>} The module.
 */
export async function loadTypeScript(entry) {
  const outfile = join(root, 'node_modules/.cache/holdfast-bench', entry.replace(/\.ts$/, '.mjs'));
  await mkdir(dirname(outfile), { recursive: true });
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['source'],
    external: ['playwright-core', 'esbuild', 'livekit-server-sdk'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
