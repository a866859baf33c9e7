import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './run.mjs';

const entryId = 'measured-entry.js';

/** A module that exists in memory only, resolved as if it lay in the root folder. */
const inMemory = (code) => ({
  name: 'in-memory',
  resolveId: (id) => (id === entryId ? path.join(root, entryId) : null),
  load: (id) => (id === path.join(root, entryId) ? code : null),
});

const gzipBytes = (code) => gzipSync(code, { level: 9 }).byteLength;

async function byRollup(code, external) {
  const [{ rollup }, { nodeResolve }, commonjs, terser] = await Promise.all([
    import('rollup'),
    import('@rollup/plugin-node-resolve'),
    import('@rollup/plugin-commonjs').then((module) => module.default),
    import('@rollup/plugin-terser').then((module) => module.default),
  ]);
  const bundle = await rollup({
    input: entryId,
    external,
    plugins: [
      inMemory(code),
      nodeResolve({ browser: true, rootDir: root }),
      commonjs(),
      terser({ module: true }),
    ],
    onwarn: () => undefined,
  });
  const { output } = await bundle.generate({ format: 'es', inlineDynamicImports: true });
  await bundle.close();
  return gzipBytes(output[0].code);
}

async function byEsbuild(code, external) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, sourcefile: entryId },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external,
    write: false,
    logLevel: 'silent',
  });
  return gzipBytes(outputFiles[0].contents);
}

/**
 * What a browser loads for a piece of code, minified and gzipped at level 9, in bytes: as rollup with
 * terser makes it, and as esbuild does (whose tree shaking of xstate and zod is weaker).
 */
export async function measureBundle(code, { external = [] } = {}) {
  return { rollupBytes: await byRollup(code, external), esbuildBytes: await byEsbuild(code, external) };
}
