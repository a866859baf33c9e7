import { existsSync, readFileSync, readdirSync } from 'node:fs';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

/**
 * Bundles what `tsc -b` emitted: one file an entry of each package's exports map, and one
 * self-contained script a page of an example. There is no second transform, so what runs is what was
 * type-checked. An entry whose source does not exist yet is left out.
 */

/** Hands tsc's source maps to rollup, so that the final maps point to `src/*.ts`. */
const inputMaps = {
  name: 'input-maps',
  load(id) {
    const mapFile = `${id}.map`;
    if (!id.endsWith('.js') || !existsSync(mapFile)) return null;
    const code = readFileSync(id, 'utf8').replace(/\n\/\/# sourceMappingURL=.*$/, '');
    return { code, map: JSON.parse(readFileSync(mapFile, 'utf8')) };
  },
};

const isBareImport = (id) => !id.startsWith('.') && !id.startsWith('/') && !/^[A-Za-z]:\\/.test(id);

const foldersIn = (parent) =>
  existsSync(parent)
    ? readdirSync(parent)
        .map((name) => `${parent}/${name}`)
        .filter((folder) => existsSync(`${folder}/package.json`))
    : [];

const readManifest = (folder) => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));

/** `./dist/authority.js` of an exports map -> `{ authority: 'packages/session/build/authority/index.js' }` */
function entriesOf(folder) {
  const conditions = Object.values(readManifest(folder).exports ?? {}).filter(
    (entry) => typeof entry === 'object',
  );
  const entries = conditions.map(({ source, default: output }) => [
    output.replace(/^\.\/dist\/|\.js$/g, ''),
    `${folder}/${source.replace(/^\.\/src\//, 'build/').replace(/\.ts$/, '.js')}`,
  ]);
  return Object.fromEntries(entries.filter(([, input]) => existsSync(input)));
}

/**
 * One config for each folder: a file a module, so that a host's bundler can leave out of a client's page what only staff
 * load; its dependencies stay imports.
 */
function libraryConfig(folder, input) {
  return {
    input,
    plugins: [inputMaps],
    external: isBareImport,
    output: {
      dir: `${folder}/dist`,
      format: 'es',
      sourcemap: true,
      entryFileNames: '[name].js',
      preserveModules: true,
      preserveModulesRoot: `${folder}/build`,
    },
  };
}

/** A page's script holds all that it needs, as small as it goes: the example serves files and nothing else. */
function pageConfig(folder, name) {
  return {
    input: { [name]: `${folder}/build/pages/${name}.js` },
    plugins: [inputMaps, nodeResolve({ browser: true }), commonjs(), terser()],
    output: { dir: `${folder}/dist`, format: 'es', sourcemap: true, inlineDynamicImports: true },
  };
}

function exampleConfigs(folder) {
  const main = `${folder}/build/server.js`;
  const pages = existsSync(`${folder}/build/pages`) ? readdirSync(`${folder}/build/pages`) : [];
  const pageNames = pages
    .filter((file) => /^[\w-]+\.js$/.test(file))
    .map((file) => file.slice(0, -'.js'.length));
  return [
    ...(existsSync(main) ? [libraryConfig(folder, { server: main })] : []),
    ...pageNames.map((name) => pageConfig(folder, name)),
  ];
}

/** Dependencies first: a page's bundle takes the packages' built files. */
const packageConfigs = foldersIn('packages')
  .map((folder) => [folder, entriesOf(folder)])
  .filter(([, entries]) => Object.keys(entries).length > 0)
  .map(([folder, entries]) => libraryConfig(folder, entries));

export default [...packageConfigs, ...foldersIn('examples').flatMap(exampleConfigs)];
