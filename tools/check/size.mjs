import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from '../workspace/build.mjs';
import { measureBundle } from '../workspace/bundle.mjs';
import { root } from '../workspace/run.mjs';

/** Budgets in bytes, gzip -9. */
const budgets = [
  {
    name: "client's device: protocol + session",
    folder: 'packages/session',
    code: "import { joinSession } from '@holdfast/session'; globalThis.use = joinSession;",
    external: [],
    onDemand: false,
    maxRollupBytes: 36_000,
    maxEsbuildBytes: 45_000,
  },
  {
    name: "practitioner's device: protocol + session",
    folder: 'packages/session',
    code: "import { joinSession } from '@holdfast/session'; globalThis.use = joinSession;",
    external: [],
    onDemand: true,
    maxRollupBytes: 70_000,
    maxEsbuildBytes: 80_000,
  },
  {
    name: 'elements + lit',
    folder: 'packages/elements',
    code: "import '@holdfast/elements';",
    external: ['@holdfast/protocol', '@holdfast/session'],
    onDemand: true,
    maxRollupBytes: 50_000,
    maxEsbuildBytes: 52_000,
  },
];

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

async function problemsOf({ name, code, external, onDemand, maxRollupBytes, maxEsbuildBytes }, figures) {
  try {
    const { rollupBytes, esbuildBytes } = await measureBundle(code, { external, onDemand });
    figures.push(`${name} ${kB(rollupBytes)} (esbuild ${kB(esbuildBytes)})`);
    return [
      ...(rollupBytes > maxRollupBytes
        ? [`${name}: ${kB(rollupBytes)} by rollup, budget ${kB(maxRollupBytes)}`]
        : []),
      ...(esbuildBytes > maxEsbuildBytes
        ? [`${name}: ${kB(esbuildBytes)} by esbuild, budget ${kB(maxEsbuildBytes)}`]
        : []),
    ];
  } catch (error) {
    return [`${name} could not be bundled: ${error.message}`];
  }
}

/** What a browser has to load stays within its budget, for both bundlers that hosts use. */
export async function check() {
  if ((await ensureBuilt()) !== 0) return { problems: ['the build failed'], seen: '' };
  const measured = budgets.filter(({ folder }) => existsSync(path.join(root, folder, 'src/index.ts')));
  const figures = [];
  const problems = measured.length === 0 ? ['nothing was measured'] : [];
  for (const budget of measured) problems.push(...(await problemsOf(budget, figures)));
  return { problems, seen: figures.join('; ') };
}
