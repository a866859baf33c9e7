#!/usr/bin/env node
/**
 * `npm run check [-- NAME ...] [--update] [--list]`: what a machine can hold, so that nobody has to remember it.
 *
 * Without names it runs every check and prints one line each. `--update` rewrites the files that a
 * check compares against (API reports). Exits 1 when one fails. A check that is not shown to fail in
 * test/packaging/checks.test.ts is not a check.
 */
import { requireNode } from './workspace/node-version.mjs';
import { ensureInstalled } from './workspace/install.mjs';

/** In the order in which they run: the quick ones first, then what needs the build. */
const checkNames = [
  'lock',
  'hygiene',
  'links',
  'format',
  'conventions',
  'charts',
  'examples',
  'types',
  'lint',
  'unused',
  'build',
  'api',
  'packages',
  'size',
  'trace',
];

async function runOne(name, options) {
  const startedAtMs = Date.now();
  const { check } = await import(`./check/${name}.mjs`);
  const { problems, seen } = await check(options);
  const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1).padStart(6);
  const verdict = problems.length === 0 ? 'ok  ' : 'FAIL';
  console.log(`${verdict} ${name.padEnd(12)} ${seconds} s  ${seen}`);
  for (const problem of problems) console.log(`     ${problem.replaceAll('\n', '\n     ')}`);
  return problems.length === 0;
}

async function main(args) {
  const wanted = args.filter((argument) => !argument.startsWith('--'));
  const unknown = wanted.filter((name) => !checkNames.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no check ${unknown.join(', ')}. Checks: ${checkNames.join(', ')}.`);
    return 2;
  }
  const chosen = wanted.length > 0 ? checkNames.filter((name) => wanted.includes(name)) : checkNames;
  const failed = [];
  for (const name of chosen) {
    const isFine = await runOne(name, { isUpdate: args.includes('--update') });
    if (!isFine) failed.push(name);
  }
  const passed = chosen.length - failed.length;
  console.log(
    `\n${passed} checks passed, ${failed.length} failed${failed.length > 0 ? `: ${failed.join(', ')}` : ''}`,
  );
  return failed.length > 0 ? 1 : 0;
}

requireNode();
if (process.argv.includes('--list')) {
  console.log(checkNames.join('\n'));
} else {
  await ensureInstalled();
  process.exitCode = await main(process.argv.slice(2));
}
