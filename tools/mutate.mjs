#!/usr/bin/env node
/**
 * `npm run mutate [-- PART ...] [--minutes N] [--fresh]`: mutation testing of the machines, `step`, the view and the policy
 * checks with Stryker: one small change at a time, and does a test fail? Survivors are lines that no test holds.
 *
 * A part is a folder; each keeps its result in node_modules/.cache/holdfast-mutate and is gone on with where its sources and
 * tests did not change, so an interrupted run loses one part at most. Starts no new part after `--minutes` (100). A part's
 * mutants run against its own tests only: what another folder's tests would kill is shown as survived. Not part of CI; exits
 * 1 only when Stryker itself could not run.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { requireNode } from './workspace/node-version.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { root, runTool } from './workspace/run.mjs';

const session = 'packages/session/src';
const results = path.join(root, 'node_modules/.cache/holdfast-mutate');
const usualMinutes = 100;

const machine = (name) => ({
  name,
  mutate: [`${session}/machines/${name}/**/*.ts`],
  tests: [`${session}/machines/${name}/**/*.test.ts`, `${session}/machines/hears.test.ts`],
});
const others = [
  {
    name: 'step',
    mutate: [`${session}/step/*.ts`],
    tests: [`${session}/step/*.test.ts`, `${session}/machines/run/*.test.ts`],
  },
  { name: 'view', mutate: [`${session}/view/**/*.ts`], tests: [`${session}/view/**/*.test.ts`] },
  {
    name: 'policy',
    mutate: ['packages/protocol/src/policy/*.ts'],
    tests: ['packages/protocol/src/**/*.test.ts'],
  },
];

/** Every folder of a machine, and what stands beside them. */
const parts = () => [
  ...readdirSync(path.join(root, session, 'machines'))
    .sort()
    .map(machine),
  ...others,
];

const hasTests = ({ name }) =>
  others.some((part) => part.name === name) ||
  readdirSync(path.join(root, session, 'machines', name)).some((file) => file.endsWith('.test.ts'));

/** Killed and survived of one part, from Stryker's own report. */
function countsOf(name) {
  const file = path.join(results, `${name}.json`);
  if (!existsSync(file)) return { all: 0, killed: 0, survivors: [] };
  const { files } = JSON.parse(readFileSync(file, 'utf8'));
  const mutants = Object.entries(files).flatMap(([source, { mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, source })),
  );
  const counted = mutants.filter(({ status }) => !['Ignored', 'CompileError', 'Pending'].includes(status));
  const survivors = counted.filter(({ status }) => ['Survived', 'NoCoverage'].includes(status));
  return { all: counted.length, killed: counted.length - survivors.length, survivors };
}

async function mutate({ name, mutate: files, tests }) {
  const incrementalFile = path.join(results, `${name}.json`);
  const mutated = [...files, '!**/*.test.ts'].join(',');
  const config = 'tools/mutate/stryker.config.json';
  const { code } = await runTool(
    '@stryker-mutator/core/bin/stryker.js',
    ['run', config, '--incremental', '--incrementalFile', incrementalFile, '--mutate', mutated],
    { env: { HOLDFAST_MUTATE_TESTS: tests.join(',') } },
  );
  return code === 0;
}

function print(names) {
  let [all, killed] = [0, 0];
  for (const name of names) {
    const counts = countsOf(name);
    [all, killed] = [all + counts.all, killed + counts.killed];
    const share = counts.all === 0 ? '-' : `${Math.round((counts.killed / counts.all) * 100)} %`;
    console.log(`${name.padEnd(14)} ${String(counts.all).padStart(6)} mutants ${share.padStart(6)} killed`);
    for (const { source, location, mutatorName } of counts.survivors.slice(0, 8))
      console.log(`    ${source}:${location.start.line} ${mutatorName}`);
  }
  const share = all === 0 ? 0 : Math.round((killed / all) * 100);
  console.log(`mutate: ${all} mutants, ${killed} killed, ${all - killed} survived, ${share} %`);
}

async function main(args) {
  const at = args.indexOf('--minutes');
  const minutes = at < 0 ? usualMinutes : Number(args[at + 1]);
  const wanted = args.filter((word, index) => !word.startsWith('--') && (at < 0 || index !== at + 1));
  const chosen = parts().filter(
    (part) => hasTests(part) && (wanted.length === 0 || wanted.includes(part.name)),
  );
  if (chosen.length === 0) {
    console.error(
      `There is no part ${wanted.join(', ')}. Parts: ${parts()
        .map(({ name }) => name)
        .join(', ')}.`,
    );
    return 2;
  }
  if (args.includes('--fresh')) rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const endsAtMs = Date.now() + minutes * 60_000;
  const left = [];
  for (const part of chosen) {
    if (Date.now() >= endsAtMs) left.push(part.name);
    else if (!(await mutate(part))) return 1;
  }
  print(chosen.filter(({ name }) => !left.includes(name)).map(({ name }) => name));
  if (left.length > 0) console.log(`time is up; go on: npm run mutate -- ${left.join(' ')}`);
  return 0;
}

requireNode();
await ensureInstalled();
process.exitCode = await main(process.argv.slice(2));
