import { createHash } from 'node:crypto';
import type { Files } from './check-tree.js';

/** A tree with one thing wrong, and what the check must say about it. */
export interface BrokenTree {
  readonly check: string;
  readonly title: string;
  readonly files: Files;
  readonly reasons: readonly RegExp[];
}

/** Text that no bundler can shrink: the same on every run. */
function incompressible(chunks: number): string {
  return Array.from({ length: chunks }, (_, index) =>
    createHash('sha512').update(String(index)).digest('base64'),
  ).join('');
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const manifest = (changes: object): string =>
  JSON.stringify({ name: 'holdfast', private: true, type: 'module', workspaces: ['packages/*'], ...changes });

const protocolManifest = (changes: object): string =>
  JSON.stringify({
    name: '@holdfast/protocol',
    version: '0.1.0',
    license: 'Apache-2.0',
    type: 'module',
    exports: { '.': { source: './src/index.ts', types: './build/index.d.ts', default: './dist/index.js' } },
    files: ['dist', 'build', 'src', '!**/*.test.*', '!**/*.tsbuildinfo'],
    ...changes,
  });

// Spelt in parts, so that this file itself passes the check.
const homePath = ['', 'home', 'someone', 'project'].join('/');
const task = ['TO', 'DO'].join('');
const only = ['on', 'ly'].join('');

const repositoryFiles: readonly BrokenTree[] = [
  {
    check: 'lock',
    title: 'a platform package without an entry, and a dependency that the lock does not know',
    files: {
      'package.json': manifest({ devDependencies: { rollup: '4.0.0' } }),
      'package-lock.json': JSON.stringify({
        packages: { '': {}, 'packages/protocol': { optionalDependencies: { '@x/y-darwin-arm64': '1.2.3' } } },
      }),
    },
    reasons: [
      /@x\/y-darwin-arm64@1\.2\.3 has no entry/,
      /root: rollup@4\.0\.0 is not in package-lock\.json/,
      /does not know packages\/session/,
    ],
  },
  {
    check: 'hygiene',
    title: 'a path of one machine, a task without an issue, a test that shuts out the others',
    files: {
      'docs/notes.md': `Look in ${homePath}.\n`,
      'packages/protocol/src/late.ts': `// ${task}: later\nexport const late = 1; // ${task}(#12): fine\n`,
      'packages/protocol/src/late.test.ts': `test.${only}('x', () => {});\n`,
    },
    reasons: [
      /docs\/notes\.md:1: a path of one machine/,
      /late\.ts:1: a task without an issue number/,
      /late\.test\.ts:1: a test that shuts out/,
    ],
  },
  {
    check: 'links',
    title: 'a link to no file and to no heading',
    files: {
      'docs/page.md':
        '# Page\n\n[a](missing.md) [b](#nowhere) [c](../README.md#gone) [d](../README.md#title)\n',
    },
    reasons: [/missing\.md does not exist/, /#nowhere: no such heading/, /README\.md#gone: no such heading/],
  },
  {
    check: 'format',
    title: 'double quotes',
    files: { 'packages/protocol/src/index.ts': 'export const words = ["alive",   "gone"]\n' },
    reasons: [/packages\/protocol\/src\/index\.ts/, /format --update/],
  },
  {
    check: 'trace',
    title: 'a covered line and a rule without a test, a test and a rule that quote what is not listed',
    files: {
      'docs/safety-case/hazards.md':
        '| H01 | Words are lost. | covered |\n| H02 | More. | soon |\n| H03 | Much. | covered |\n',
      'docs/safety-protocol.md': '# Rules\n\n- **S1** Words stay. [A01, A99]\n- **S2** Nothing else. [H01]\n',
      'packages/protocol/src/words.test.ts': "test('[S1, C42] words stay', () => {});\n",
    },
    reasons: [
      /H01 is covered and no test quotes it/,
      /H03 is covered and no rule serves it/,
      /H02 has the status "soon"/,
      /rule S2 .* is quoted by no test/,
      /rule S1 quotes A99, which is not listed/,
      /quotes C42, which is not listed/,
    ],
  },
];

const codeRules: readonly BrokenTree[] = [
  {
    check: 'conventions',
    title: 'a named zod import, a star export, charts with after, invoke and an actor',
    files: {
      'packages/protocol/src/named.ts': "import { z } from 'zod/mini';\nexport const schema = z;\n",
      'packages/server/src/index.ts': "export * from './port.js';\n",
      'packages/session/src/risk.machine.ts':
        "export const risk = { after: { 300: 'lost' }, invoke: { src: 'x' }, entry: sendTo('y', {}) };\n",
    },
    reasons: [
      /named\.ts: write import \* as z/,
      /server\/src\/index\.ts: index\.ts lists its exports by name/,
      /risk\.machine\.ts: `after`/,
      /risk\.machine\.ts: `invoke`/,
      /risk\.machine\.ts: an actor inside a machine/,
    ],
  },
  {
    check: 'conventions',
    title: 'a session package in which no chart is found',
    files: { 'packages/session/src/presence.machine.ts': null },
    reasons: [/no \*\.machine\.ts: nothing was looked at/],
  },
  {
    check: 'charts',
    title: 'a chart that is not what the machine says, one of no machine, a machine that no rule links to',
    files: {
      'packages/session/src/presence.machine.ts':
        "export const presenceMachine = { initial: 'gone', states: { gone: { on: { 'device.joined': 'alive' } }, alive: {} } };\n",
      'docs/charts/absent.md': '# The chart of absent\n',
      'docs/safety-protocol.md': '# Rules\n',
    },
    reasons: [
      /charts\/presence\.md is not what the machine presence says.*--update/,
      /charts\/absent\.md belongs to no machine/,
      /no link to charts\/presence\.md/,
    ],
  },
  {
    check: 'examples',
    title: 'a quickstart whose embedding is long, and partly lies in another file',
    files: {
      'examples/quickstart/src/server.ts': `${lines(40, (index) => `console.log(${index});\n// Not counted.\n`)}\n`,
      'examples/quickstart/src/mount.ts': `web.on('request', (request) => server.handle(request));\n${lines(18, (index) => `console.log(${index});`)}\n`,
    },
    reasons: [/embeds in 60 lines; under 60 is the promise: .*mount\.ts 19/],
  },
  {
    check: 'examples',
    title: 'a quickstart without a server file',
    files: { 'examples/quickstart/src/server.ts': null },
    reasons: [/no server\.ts or no page: nothing was counted/],
  },
  {
    check: 'types',
    title: 'a wrong type in a source and in a test, the DOM in the server',
    files: {
      'packages/protocol/src/wrong.ts': "export const count: number = 'two';\n",
      'packages/session/src/wrong.test.ts':
        "import { view } from './index.js';\nexport const seen: string = view();\n",
      'packages/server/src/page.ts': 'export const title = document.title;\n',
    },
    reasons: [
      /protocol\/src\/wrong\.ts.*TS2322/,
      /session\/src\/wrong\.test\.ts.*TS2322/,
      /server\/src\/page\.ts.*Cannot find name 'document'/,
    ],
  },
  {
    check: 'unused',
    title: 'a file and an export that nothing uses',
    files: {
      'packages/protocol/src/alone.ts': 'export const alone = 1;\n',
      'packages/session/src/presence.machine.ts':
        "export const presenceMachine = { initial: 'alive' };\nexport const spare = 2;\n",
    },
    reasons: [/packages\/protocol\/src\/alone\.ts/, /spare/],
  },
];

const layers: readonly BrokenTree[] = [
  {
    check: 'lint',
    title: 'imports against the arrows of the design',
    files: {
      'packages/protocol/src/up.ts': "export { view } from '@holdfast/session';\n",
      'packages/protocol/src/vendor.ts': "export { setup } from 'xstate';\n",
      'packages/protocol/src/node.ts': "export { readFileSync } from 'node:fs';\n",
      'packages/protocol/src/path.ts': "export { view } from '../../session/src/index.js';\n",
      'packages/protocol/src/up.test.ts':
        "import { port } from '@holdfast/server';\nexport const seen = port;\n",
      'packages/session/src/up.ts': "export { port } from '@holdfast/server';\n",
      'packages/session/src/lazy.ts': "export const load = () => import('livekit-client');\n",
      'packages/webrtc/src/side.ts': "export { transport } from '@holdfast/livekit';\n",
      'packages/livekit/src/side.ts': "export { port } from '@holdfast/server';\n",
      'packages/elements/src/side.ts': "export { transport } from '@holdfast/webrtc';\n",
      'packages/server/src/side.ts': "export { tag } from '@holdfast/elements';\n",
      'packages/server/src/vendor.ts': "export { AccessToken } from 'livekit-server-sdk';\n",
      'packages/server/src/livekit/side.ts': "export { Room } from 'livekit-client';\n",
    },
    reasons: [
      /protocol\/src\/up\.ts:1: .*protocol imports no other package/,
      /protocol\/src\/vendor\.ts:1: .*protocol imports no other package/,
      /protocol\/src\/node\.ts:1: .*protocol imports no other package/,
      /protocol\/src\/path\.ts:1: .*by its name, never by a path/,
      /protocol\/src\/up\.test\.ts:1: .*tests across packages belong in test/,
      /session\/src\/up\.ts:1: .*session imports protocol only/,
      /session\/src\/lazy\.ts:1: .*session imports protocol only/,
      /webrtc\/src\/side\.ts:1: .*webrtc imports protocol and session only/,
      /livekit\/src\/side\.ts:1: .*livekit imports protocol, session and livekit-client only/,
      /elements\/src\/side\.ts:1: .*elements imports protocol, session and lit only/,
      /server\/src\/side\.ts:1: .*server imports protocol and session only/,
      /server\/src\/vendor\.ts:1: .*behind the VideoServer port/,
      /server\/src\/livekit\/side\.ts:1: .*No browser library/,
    ],
  },
  {
    check: 'lint',
    title: 'clocks, timers, randomness, platform and cycles in the pure layers',
    files: {
      'packages/protocol/src/now.ts': 'export const now = Date.now();\n',
      'packages/protocol/src/print.ts': "console.log('x');\n",
      'packages/protocol/src/random.ts': 'export const die = Math.random();\n',
      'packages/session/src/later.ts': 'setTimeout(() => undefined, 1);\n',
      'packages/session/src/born.ts': 'export const born = new Date();\n',
      'packages/session/src/page.ts': 'export const title = window.document.title;\n',
      'packages/session/src/id.ts': 'export const id = crypto.randomUUID();\n',
      'packages/session/src/any-way.ts': 'export const now = globalThis.performance.now();\n',
      'packages/session/src/a.ts': "import { b } from './b.js';\nexport const a = (): number => b();\n",
      'packages/session/src/b.ts': "import { a } from './a.js';\nexport const b = (): number => a();\n",
      'packages/session/src/device/allowed.ts': 'export const startedAtMs = Date.now();\n',
    },
    reasons: [
      /now\.ts:1: .*'Date'.*Time arrives as atMs/,
      /print\.ts:1: .*'console'/,
      /random\.ts:1: .*Math\.random/,
      /later\.ts:1: .*'setTimeout'.*A deadline is data/,
      /born\.ts:1: .*'Date'/,
      /page\.ts:1: .*'window'/,
      /id\.ts:1: .*'crypto'/,
      /any-way\.ts:1: .*'globalThis'/,
      /session\/src\/a\.ts:1: Dependency cycle/,
      /^(?![\s\S]*device\/allowed\.ts)/,
    ],
  },
  {
    check: 'lint',
    title: 'any, a forgotten promise, files and functions that are too long, a default export',
    files: {
      'packages/server/src/any.ts': 'export const seen: any = 1;\n',
      'packages/server/src/forgotten.ts':
        'const save = async (): Promise<void> => {};\nexport function store(): void {\n  save();\n}\n',
      'packages/server/src/long.ts': `${lines(401, (index) => `export const line${index} = ${index};`)}\n`,
      'packages/server/src/wide.ts': `export function wide(): number {\n  let sum = 0;\n${lines(60, (index) => `  sum += ${index};`)}\n  return sum;\n}\n`,
      'packages/server/src/standard.ts': 'export default 1;\n',
    },
    reasons: [
      /any\.ts:1: .*no-explicit-any/,
      /forgotten\.ts:3: .*no-floating-promises/,
      /long\.ts:\d+: .*max-lines/,
      /wide\.ts:1: .*max-lines-per-function/,
      /standard\.ts:1: .*no-default-export/,
    ],
  },
  {
    check: 'lint',
    title: 'a linter that looks past files, and a layer that is gone',
    files: {
      '.oxlintrc.json': JSON.stringify({
        ignorePatterns: ['**/node_modules/**', 'packages/server/**'],
        overrides: [
          { files: ['packages/bridge/src/**'], rules: { 'eslint/no-restricted-imports': 'error' } },
        ],
      }),
    },
    reasons: [
      /oxlint saw \d+ files; there are \d+/,
      /the layer rule for packages\/bridge\/src\/ guards no file/,
    ],
  },
];

const outputs: readonly BrokenTree[] = [
  {
    check: 'build',
    title: 'an entry in the exports map without a source',
    files: {
      'packages/protocol/package.json': protocolManifest({
        exports: {
          '.': { source: './src/index.ts', types: './build/index.d.ts', default: './dist/index.js' },
          './audit': {
            source: './src/audit/index.ts',
            types: './build/audit/index.d.ts',
            default: './dist/audit.js',
          },
        },
      }),
    },
    reasons: [/packages\/protocol: exports names \.\/dist\/audit\.js, which the build did not make/],
  },
  {
    check: 'build',
    title: 'an import of nothing',
    files: { 'packages/protocol/src/index.ts': "export { words } from './absent.js';\n" },
    reasons: [/Cannot find module '\.\/absent\.js'/, /the build ended with code/],
  },
  {
    check: 'api',
    title: 'a report that differs, one of an entry that is gone, and public names without a docblock',
    files: {
      'packages/server/src/index.ts':
        '/** Settings. */\nexport interface Settings {\n  readonly waitMs: number;\n}\nexport const port = 8080;\n',
      'docs/api/protocol.api.md': 'export const words: readonly string[];\n',
      'docs/api/video.api.md': 'export {};\n',
    },
    reasons: [
      /@holdfast\/protocol: docs\/api\/protocol\.api\.md differs/,
      /video\.api\.md belongs to no entry/,
      /@holdfast\/server: no docblock says what this is: export const port/,
      /@holdfast\/server: no docblock says what this is: readonly waitMs: number;/,
    ],
  },
  {
    check: 'packages',
    title:
      'no licence or README in the tarball but tests, no types, an import of what is not there, a wrong example',
    files: {
      LICENSE: null,
      'packages/livekit/README.md': null,
      'packages/server/README.md':
        "# server\n\n```ts\nimport { door } from '@holdfast/server';\n\nconsole.log(door);\n```\n",
      'packages/webrtc/README.md': '# webrtc\n',
      'packages/protocol/package.json': protocolManifest({ files: ['dist', 'src'] }),
      'packages/protocol/src/words.test.ts': 'export {};\n',
      'packages/session/src/index.ts':
        "import { words } from '@holdfast/protocol';\nexport const joinSession = (): number => words.length;\nexport const view = joinSession;\nexport const title = document.title;\ndeclare const document: { title: string };\n",
    },
    reasons: [
      /packages\/elements: no LICENSE is in the tarball/,
      /packages\/livekit: no README\.md is in the tarball/,
      /packages\/webrtc: README\.md has no example/,
      /server-README-example-1\.mts\(1,10\): error TS2305: .*'door'/,
      /packages\/protocol: src\/words\.test\.ts is in the tarball/,
      /packages\/protocol: publint: .*types.*does not exist/,
      /packages\/protocol: attw:/,
      /@holdfast\/session cannot be imported from its tarball/,
    ],
  },
  {
    check: 'size',
    title: 'more than a device should load',
    files: {
      'packages/session/src/index.ts': `export const joinSession = (): string => '${incompressible(700)}';\nexport const view = joinSession;\n`,
      'packages/elements/src/index.ts': `export const tag = '${incompressible(700)}';\nObject.assign(globalThis, { tag });\n`,
    },
    reasons: [
      /protocol \+ session: \d+\.\d kB by rollup, budget 36\.0 kB/,
      /protocol \+ session: \d+\.\d kB by esbuild, budget 45\.0 kB/,
    ],
  },
  {
    check: 'size',
    title: 'an entry without the names that are measured',
    files: { 'packages/session/src/index.ts': 'export const start = 1;\n' },
    reasons: [/could not be bundled: .*joinSession/],
  },
];

/** One or more for each check. */
export const brokenTrees: readonly BrokenTree[] = [...repositoryFiles, ...codeRules, ...layers, ...outputs];
