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

/** Of what an entry loads at once: the entry and what it imports, without what it imports on demand. */
function loadedAtOnce(output, isEntry, importsOf) {
  const seen = new Set();
  const visit = (name) => {
    const chunk = output.get(name);
    if (chunk === undefined || seen.has(name)) return;
    seen.add(name);
    importsOf(chunk).forEach(visit);
  };
  visit([...output].find(([, chunk]) => isEntry(chunk))[0]);
  return [...seen].map((name) => output.get(name));
}

async function byRollup(code, external, onDemand) {
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
  const { output } = await bundle.generate({ format: 'es', inlineDynamicImports: onDemand });
  await bundle.close();
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
  return loadedAtOnce(
    chunks,
    ({ isEntry }) => isEntry,
    ({ imports }) => imports,
  ).reduce((sum, chunk) => sum + gzipBytes(chunk.code), 0);
}

async function byEsbuild(code, external, onDemand) {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: root, sourcefile: entryId },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external,
    splitting: !onDemand,
    outdir: root,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const bytesOf = new Map(
    outputFiles.map((file) => [path.relative(root, file.path), gzipBytes(file.contents)]),
  );
  const chunks = new Map(
    Object.entries(metafile.outputs).map(([name, output]) => [name, { name, ...output }]),
  );
  return loadedAtOnce(
    chunks,
    ({ entryPoint }) => entryPoint !== undefined,
    ({ imports }) => imports.filter(({ kind }) => kind !== 'dynamic-import').map((imported) => imported.path),
  ).reduce((sum, { name }) => sum + (bytesOf.get(name) ?? 0), 0);
}

/**
 * What a browser loads for a piece of code, minified and gzipped at level 9, in bytes: as rollup with
 * terser makes it, and as esbuild does (whose tree shaking of xstate and zod is weaker).
 *
 * @param onDemand Whether what is imported on demand counts as well.
 */
export async function measureBundle(code, { external = [], onDemand = true } = {}) {
  return {
    rollupBytes: await byRollup(code, external, onDemand),
    esbuildBytes: await byEsbuild(code, external, onDemand),
  };
}
