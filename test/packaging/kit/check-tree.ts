import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { chartPage } from '../../../tools/check/chart-page.mjs';

const repository = path.resolve(fileURLToPath(new URL('../../..', import.meta.url)));
const settings = [
  '.oxlintrc.json',
  '.prettierrc',
  '.prettierignore',
  'knip.json',
  'rollup.config.mjs',
  'tsconfig.base.json',
  'tsconfig.tests.json',
  'vitest.config.ts',
];

/** Content by path. `null` takes a file of the sound tree away. */
export type Files = Readonly<Record<string, string | null>>;

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A small repository under the real settings, in a folder of its own. */
export interface CheckTree {
  readonly folder: string;
  /** Runs `npm run check` in the tree. */
  run(...args: string[]): Promise<Ended>;
  /** Runs `npm test` in the tree. */
  runTests(...args: string[]): Promise<Ended>;
  remove(): void;
}

interface PackageShape {
  readonly name: string;
  readonly uses?: readonly string[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly hasDom?: boolean;
  readonly sources: Readonly<Record<string, string>>;
}

const shapes: readonly PackageShape[] = [
  {
    name: 'protocol',
    sources: { 'index.ts': "/** Words. */\nexport const words = ['alive', 'gone'] as const;\n" },
  },
  {
    name: 'session',
    uses: ['protocol'],
    sources: {
      'index.ts':
        "import { words } from '@holdfast/protocol';\nimport { concepts } from './step/concepts.js';\n\n/** Joins. */\nexport const joinSession = (): string => concepts[0].machine.config.initial;\n/** Counts. */\nexport const view = (): number => words.length;\n",
      'step/concepts.ts':
        "import { presenceMachine } from '../presence.machine.js';\n\nexport const concepts = [{ name: 'presence', machine: { config: presenceMachine } }] as const;\n",
      'presence.machine.ts': "export const presenceMachine = { initial: 'alive', states: { alive: {} } };\n",
      'index.test.ts':
        "import { expect, test } from 'vitest';\nimport { view } from './index.js';\n\ntest('[S1][A01] counts the words', () => {\n  expect(view()).toBe(2);\n});\n",
    },
  },
  {
    name: 'webrtc',
    hasDom: true,
    sources: { 'index.ts': "/** Named. */\nexport const transport = 'webrtc';\n" },
  },
  {
    name: 'livekit',
    hasDom: true,
    sources: { 'index.ts': "/** Named. */\nexport const transport = 'livekit';\n" },
  },
  {
    name: 'elements',
    hasDom: true,
    sources: { 'index.ts': "/** Named. */\nexport const tag = 'holdfast-call';\n" },
  },
  {
    name: 'server',
    entries: { './livekit': 'livekit' },
    sources: {
      'index.ts': '/** Listens there. */\nexport const port = 8080;\n',
      'livekit/index.ts': "/** Named. */\nexport const room = 'epoch-1';\n",
    },
  },
];

const json = (value: unknown): string => JSON.stringify(value, null, 2);

const entry = (source: string, output: string) => ({
  source: `./src/${source}.ts`,
  types: `./build/${source}.d.ts`,
  default: `./dist/${output}.js`,
});

const manifestOf = ({ name, uses = [], entries = {} }: PackageShape) => ({
  name: `@holdfast/${name}`,
  version: '0.1.0',
  license: 'Apache-2.0',
  type: 'module',
  sideEffects: false,
  engines: { node: '>=20.19' },
  exports: {
    '.': entry('index', 'index'),
    ...Object.fromEntries(
      Object.entries(entries).map(([subpath, folder]) => [subpath, entry(`${folder}/index`, folder)]),
    ),
    './package.json': './package.json',
  },
  files: ['dist', 'build', 'src', '!**/*.test.*', '!**/*.tsbuildinfo'],
  ...(uses.length > 0 && {
    dependencies: Object.fromEntries(uses.map((used) => [`@holdfast/${used}`, '0.1.0'])),
  }),
});

const readmeOf = ({ name }: PackageShape): string =>
  `# ${name}\n\n\`\`\`ts\nimport * as ${name} from '@holdfast/${name}';\n\nconsole.log(${name});\n\`\`\`\n`;

const tsconfigOf = ({ uses = [], hasDom = false }: PackageShape) => ({
  extends: '../../tsconfig.base.json',
  compilerOptions: {
    rootDir: 'src',
    outDir: 'build',
    tsBuildInfoFile: 'build/tsconfig.tsbuildinfo',
    lib: hasDom ? ['ES2023', 'DOM'] : ['ES2023'],
  },
  include: ['src'],
  exclude: ['src/**/*.test.ts'],
  references: uses.map((used) => ({ path: `../${used}` })),
});

const rootManifest = {
  name: 'holdfast',
  private: true,
  type: 'module',
  workspaces: ['packages/*'],
  devDependencies: { vitest: '*' },
};

function soundFiles(): Record<string, string> {
  const packages = shapes.flatMap((shape): [string, string][] => [
    [`packages/${shape.name}/package.json`, json(manifestOf(shape))],
    [`packages/${shape.name}/tsconfig.json`, json(tsconfigOf(shape))],
    ...Object.entries(shape.sources).map(([file, text]): [string, string] => [
      `packages/${shape.name}/src/${file}`,
      text,
    ]),
    [`packages/${shape.name}/README.md`, readmeOf(shape)],
  ]);
  const lock = {
    lockfileVersion: 3,
    packages: {
      '': rootManifest,
      ...Object.fromEntries(
        shapes.map((shape) => [`packages/${shape.name}`, { dependencies: manifestOf(shape).dependencies }]),
      ),
    },
  };
  return {
    ...Object.fromEntries(packages),
    'package.json': json(rootManifest),
    'package-lock.json': json(lock),
    'tsconfig.json': json({
      files: [],
      references: shapes.map(({ name }) => ({ path: `packages/${name}` })),
    }),
    'README.md': '# Title\n\nSee [the title](#title) and [the licence](LICENSE).\n',
    LICENSE: 'Apache-2.0\n',
    'packages/session/records.setup.ts': "process.stdout.write('');\n",
    'examples/quickstart/src/server.ts': "console.log('a host');\n",
    'examples/quickstart/src/pages/join.ts': "console.log('a page');\n",
    'docs/safety-protocol.md':
      '# Rules\n\nChart: [presence](charts/presence.md).\n\n- **S1** Words are counted. [A01]\n',
    'docs/charts/presence.md': chartPage('presence', { initial: 'alive', states: { alive: {} } }),
    'docs/safety-case/requirements.md': '| A01 | Words are counted. | covered |\n',
    'docs/safety-case/hazards.md': '| H01 | Words are lost. | not yet: a test that loses them |\n',
  };
}

/** Third-party packages are the repository's own; the packages of the tree are the tree's. */
function linkModules(folder: string): void {
  const modules = path.join(folder, 'node_modules');
  mkdirSync(path.join(modules, '@holdfast'), { recursive: true });
  for (const name of readdirSync(path.join(repository, 'node_modules'))) {
    if (name.startsWith('.') || name.startsWith('@holdfast')) continue;
    symlinkSync(path.join(repository, 'node_modules', name), path.join(modules, name));
  }
  for (const { name } of shapes)
    symlinkSync(path.join(folder, 'packages', name), path.join(modules, '@holdfast', name));
  writeFileSync(path.join(modules, '.package-lock.json'), json({ packages: {} }));
}

async function writeFiles(folder: string, changes: Files): Promise<void> {
  const sound = soundFiles();
  for (const [file, text] of Object.entries({ ...sound, ...changes })) {
    if (text === null) continue;
    const isOwn = !(file in changes) && /\.(?:ts|json)$/.test(file) && file !== 'package-lock.json';
    const content = isOwn ? await format(text, { printWidth: 110, singleQuote: true, filepath: file }) : text;
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
}

function runTool(folder: string, tool: string, args: readonly string[]): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^VITEST|^CI$|^NODE_ENV$/.test(name));
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(repository, 'tools', tool), ...args], {
      cwd: folder,
      env: { ...Object.fromEntries(inherited), HOLDFAST_CHECK_ROOT: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** A tree that passes every check, with the given files changed, added or taken away. */
export async function aCheckTree(changes: Files = {}): Promise<CheckTree> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-check-'));
  await writeFiles(folder, changes);
  for (const file of settings) {
    if (!(file in changes)) copyFileSync(path.join(repository, file), path.join(folder, file));
  }
  linkModules(folder);
  return {
    folder,
    run: (...args) => runTool(folder, 'check.mjs', args),
    runTests: (...args) => runTool(folder, 'test.mjs', args),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
