import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

/**
 * Compiles a TypeScript file with all that it imports of this repository into one module, for a Node that does not strip
 * types. Packages resolve to their source: nothing needs to be built.
 *
 * @param {string} entry Path from the repository's root.
 * @param {{ keepNames?: boolean }} options `keepNames`: functions keep the names that they have in the source, which takes
 *   time at each that is made. Default true.
 * @returns {Promise<string>} Path of the module, below node_modules/.cache.
 */
export async function bundleTypeScript(entry, { keepNames = true } = {}) {
  const { build } = await import('esbuild');
  const outfile = join(root, 'node_modules/.cache/holdfast-load', entry.replace(/\.ts$/, '.mjs'));
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
    // Guards that are made of others are told apart by the name of their function.
    keepNames,
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}

/**
 * Runs a TypeScript file: {@link bundleTypeScript}, then import.
 *
 * @param {string} entry Path from the repository's root.
 * @param {{ keepNames?: boolean }} [options]
 * @returns {Promise<Record<string, any>>} The module.
 */
export async function loadTypeScript(entry, options) {
  return import(pathToFileURL(await bundleTypeScript(entry, options)).href);
}
