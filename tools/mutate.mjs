#!/usr/bin/env node
/**
 * `npm run mutate [-- PART ...] [--minutes N] [--fresh]`: mutation testing of the machines, `step`, the view and the policy
 * checks with Stryker: one small change at a time, and does a test fail? Survivors are lines that no test holds.
 *
 * A part is a folder. Its figures and survivors go to bench/results/mutate.json, and it is run again only when its sources or
 * tests are others than then, or with `--fresh`: an interrupted run loses one part at most, and another machine goes on where
 * this one stopped. Beside each survivor stands the reason why no test notices it, written there by hand (docs/benchmarks.md
 * explains the words); a later run keeps it as long as the same change of the same code survives. Starts no new part after
 * `--minutes` (100). A part's mutants run against its own tests and the table of who hears what: what another folder's tests
 * would kill is shown as survived. Not part of CI; exits 1 only when Stryker itself could not run.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { requireNode } from './workspace/node-version.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { root, runTool } from './workspace/run.mjs';

const session = 'packages/session/src';
const reports = path.join(root, 'node_modules/.cache/holdfast-mutate');
const figures = path.join(root, 'bench/results/mutate.json');
const hears = `${session}/machines/hears.test.ts`;
const usualMinutes = 100;

const machine = (name) => ({
  name,
  mutate: [`${session}/machines/${name}/**/*.ts`],
  tests: [`${session}/machines/${name}/**/*.test.ts`, hears],
});
const others = [
  // Beside them: its test sends every message to every chart twice, and would be most of each mutant's time.
  {
    name: 'chart-moves',
    mutate: [`${session}/step/chart-moves.ts`],
    tests: [`${session}/step/chart-moves.test.ts`],
  },
  {
    name: 'step',
    mutate: [`${session}/step/!(chart-moves).ts`],
    tests: [`${session}/step/!(chart-moves).test.ts`],
  },
  { name: 'view', mutate: [`${session}/view/*.ts`], tests: [`${session}/view/**/*.test.ts`] },
  { name: 'tasks', mutate: [`${session}/view/tasks/*.ts`], tests: [`${session}/view/**/*.test.ts`] },
  {
    name: 'policy',
    mutate: ['packages/protocol/src/policy/*.ts'],
    tests: ['packages/protocol/src/policy/*.test.ts'],
  },
];

const byName = (a, b) => (a < b ? -1 : 1);

/** Every folder of a machine, and what stands beside them. A machine without a test of its own is no part. */
const parts = () => [
  ...readdirSync(path.join(root, session, 'machines'), { recursive: true })
    .filter((file) => file.includes(path.sep) && file.endsWith('.test.ts'))
    .map((file) => file.split(path.sep)[0])
    .filter((name, index, all) => all.indexOf(name) === index)
    .sort(byName)
    .map(machine),
  ...others,
];

/** What a part's figures hang on: its sources, its tests, and what stands beside these. */
function contentsOf({ mutate, tests }) {
  const hash = createHash('sha256');
  const folders = [
    ...new Set([...mutate, ...tests].map((pattern) => pattern.replace(/\/(\*|[^/]+\.ts$).*$/, ''))),
  ];
  for (const folder of folders.filter((name) => !name.endsWith('/machines')))
    for (const file of readdirSync(path.join(root, folder), { recursive: true }).sort(byName))
      if (/\.(ts|snap)$/.test(file)) hash.update(file).update(readFileSync(path.join(root, folder, file)));
  if (tests.includes(hears)) hash.update(readFileSync(path.join(root, hears)));
  return hash.digest('hex').slice(0, 16);
}

/** Figures by part, of this machine or another. */
const known = () => (existsSync(figures) ? JSON.parse(readFileSync(figures, 'utf8')) : {});

/** A change as a survivor's key: where, the code from there on, and what it becomes. */
function changeOf({ source, location, replacement }) {
  const { line, column } = location.start;
  const lines = readFileSync(path.join(root, source), 'utf8').split('\n');
  const code = (lines[line - 1] ?? '').slice(column - 1);
  const short = (text) => text.replaceAll(/\s+/g, ' ').slice(0, 60);
  return `${path.basename(source)}:${line}:${column} ${short(code)} → ${short(replacement)}`;
}

/** The same change, wherever its line has gone. */
const withoutPlace = (change) => change.replace(/:\d+:\d+ /, ' ');

/** The reason that a change had: at the same place, or wherever it was when all that read alike had the same. */
function reasonsOf(before) {
  const alike = new Map();
  for (const [change, reason] of Object.entries(before))
    alike.set(withoutPlace(change), (alike.get(withoutPlace(change)) ?? new Set()).add(reason));
  return (change) => {
    const [reason, ...others] = alike.get(withoutPlace(change)) ?? [''];
    return before[change] ?? (others.length === 0 ? reason : '');
  };
}

/** Killed and survived of one part, from Stryker's own report; a survivor keeps the reason that it had. */
function countsOf({ name }) {
  const { files } = JSON.parse(readFileSync(path.join(reports, `${name}.json`), 'utf8'));
  const mutants = Object.entries(files).flatMap(([source, { mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, source })),
  );
  const counted = mutants.filter(({ status }) => !['Ignored', 'CompileError', 'Pending'].includes(status));
  const survived = counted.filter(({ status }) => ['Survived', 'NoCoverage'].includes(status));
  const reasonOf = reasonsOf(known()[name]?.survived ?? {});
  return {
    mutants: counted.length,
    killed: counted.length - survived.length,
    survived: Object.fromEntries(survived.map(changeOf).map((change) => [change, reasonOf(change)])),
  };
}

/** Runs one part and keeps its figures. False when Stryker could not run. */
async function mutate(part) {
  const incrementalFile = path.join(reports, `${part.name}.json`);
  // Stryker would keep what it found of code that runs while a module is loaded, although a new test looks at it.
  rmSync(incrementalFile, { force: true });
  const mutated = [...part.mutate, '!**/*.test.ts'].join(',');
  const config = 'tools/mutate/stryker.config.json';
  const { code } = await runTool(
    '@stryker-mutator/core/bin/stryker.js',
    ['run', config, '--incremental', '--incrementalFile', incrementalFile, '--mutate', mutated],
    { env: { HOLDFAST_MUTATE_TESTS: part.tests.join(',') } },
  );
  if (code !== 0) return false;
  const all = { ...known(), [part.name]: { of: contentsOf(part), ...countsOf(part) } };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => byName(a, b)));
  writeFileSync(figures, `${JSON.stringify(sorted, null, 2)}\n`);
  return true;
}

const shareOf = (killed, mutants) =>
  mutants === 0 ? '-' : `${Math.floor((killed / mutants) * 1000) / 10} %`;

function print(chosen) {
  const found = known();
  let [all, dead, open] = [0, 0, 0];
  for (const part of chosen) {
    const { of, mutants, killed, survived } = found[part.name] ?? {};
    if (mutants === undefined) {
      console.log(`${part.name.padEnd(14)} not run`);
      continue;
    }
    const unexplained = Object.keys(survived).filter((change) => survived[change] === '');
    [all, dead, open] = [all + mutants, dead + killed, open + unexplained.length];
    const age = of === contentsOf(part) ? '' : ' (of an earlier state)';
    const share = shareOf(killed, mutants).padStart(7);
    console.log(`${part.name.padEnd(14)} ${String(mutants).padStart(6)} mutants ${share} killed${age}`);
    for (const change of unexplained.slice(0, 8)) console.log(`    ${change}`);
  }
  const survivors = `${all - dead} survived, ${open} of them without a reason`;
  console.log(`mutate: ${all} mutants, ${dead} killed, ${survivors}; ${shareOf(dead, all)} killed`);
}

async function main(args) {
  const at = args.indexOf('--minutes');
  const minutes = at < 0 ? usualMinutes : Number(args[at + 1]);
  const wanted = args.filter((word, index) => !word.startsWith('--') && (at < 0 || index !== at + 1));
  const chosen = parts().filter((part) => wanted.length === 0 || wanted.includes(part.name));
  if (chosen.length === 0) {
    const names = parts().map(({ name }) => name);
    console.error(`There is no part ${wanted.join(', ')}. Parts: ${names.join(', ')}.`);
    return 2;
  }
  mkdirSync(reports, { recursive: true });
  const endsAtMs = Date.now() + minutes * 60_000;
  const isDone = (part) => known()[part.name]?.of === contentsOf(part);
  for (const part of chosen.filter((one) => args.includes('--fresh') || !isDone(one))) {
    if (Date.now() >= endsAtMs) break;
    if (!(await mutate(part))) return 1;
  }
  print(chosen);
  const left = chosen.filter((part) => !isDone(part));
  if (left.length > 0)
    console.log(`time is up; go on: npm run mutate -- ${left.map(({ name }) => name).join(' ')}`);
  return 0;
}

requireNode();
await ensureInstalled();
process.exitCode = await main(process.argv.slice(2));
