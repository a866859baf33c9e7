import { projectFiles, readText } from '../workspace/files.mjs';

const namedZod = /^\s*import\s+(?:type\s+)?\{[^}]*\}\s*from\s*'zod(?:\/mini)?'/m;
const starExport = /^\s*export\s+\*/m;
/** What the pure `transition` function does not run, or what a restored machine forgets. */
const forbiddenInCharts = [
  { pattern: /\bafter\s*:/, reason: '`after`: a restored machine forgets it; a deadline is data' },
  { pattern: /\binvoke\s*:/, reason: '`invoke`: step never starts it; a result comes back as a fact' },
  {
    pattern: /\b(?:spawn|spawnChild|sendTo|fromPromise|fromCallback)\b\s*\(/,
    reason: 'an actor inside a machine: step never runs it',
  },
];

const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

function problemsOf(file) {
  const text = withoutComments(readText(file));
  const found = [];
  if (namedZod.test(text))
    found.push("write import * as z from 'zod/mini': a named import costs 85 kB with esbuild");
  if (/(^|\/)index\.ts$/.test(file) && starExport.test(text))
    found.push('index.ts lists its exports by name');
  if (file.endsWith('.machine.ts')) {
    found.push(...forbiddenInCharts.filter(({ pattern }) => pattern.test(text)).map(({ reason }) => reason));
  }
  return found.map((problem) => `${file}: ${problem}`);
}

/** Rules of design and style that the linter has no words for: charts, zod, index files. */
export async function check() {
  const files = (await projectFiles()).filter((file) =>
    /^(?:packages|examples)\/[^/]+\/src\/.*\.ts$/.test(file),
  );
  const charts = files.filter((file) => file.endsWith('.machine.ts'));
  const problems = files.flatMap(problemsOf);
  // A rename must not turn the rule about charts off in silence.
  const hasSession = files.some((file) => file.startsWith('packages/session/src/'));
  if (hasSession && charts.length === 0)
    problems.push('packages/session/src has no *.machine.ts: nothing was looked at');
  return { problems, seen: `${files.length} files, ${charts.length} charts` };
}
