#!/usr/bin/env node
/**
 * `npm run bench -- NAME [--quick] [...]`: builds, provides browsers and servers, runs bench/NAME.mjs with the
 * other arguments, and checks the file that it wrote to bench/results/. Exits 1 when that file is not
 * as documented; a goal that was not met is printed, not hidden behind an exit code.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { requireNode } from './workspace/node-version.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { ensureBuilt } from './workspace/build.mjs';
import { benchResultFaults } from './workspace/bench-result.mjs';
import { root, run } from './workspace/run.mjs';

const benchFolder = path.join(root, 'bench');

const benchNames = () =>
  existsSync(benchFolder)
    ? readdirSync(benchFolder)
        .filter((file) => file.endsWith('.mjs'))
        .map((file) => file.slice(0, -'.mjs'.length))
    : [];

/** A quick run may keep its figures apart from the full ones. */
function freshResult(name, startedAtMs) {
  const files = [`${name}.json`, `${name}-quick.json`].map((file) => path.join(benchFolder, 'results', file));
  return files.find((file) => existsSync(file) && statSync(file).mtimeMs >= startedAtMs);
}

function judge(file) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  const faults = benchResultFaults(result);
  for (const fault of faults) console.error(`${path.relative(root, file)}: ${fault}`);
  const missed =
    faults.length > 0 ? [] : result.figures.filter(({ met }) => met !== true).map(({ id }) => id);
  console.log(`\nwritten: ${path.relative(root, file)}`);
  if (missed.length > 0) console.log(`goals not met or not measured: ${missed.join(', ')}`);
  return faults.length > 0 ? 1 : 0;
}

async function main([name, ...args]) {
  if (!benchNames().includes(name)) {
    console.error(
      `Usage: npm run bench -- NAME [--quick]. Benches: ${benchNames().join(', ') || 'none yet'}.`,
    );
    return 2;
  }
  const { provision } = await import('./provision.mjs');
  const { env, missing } = await provision();
  for (const sentence of missing) console.error(sentence);
  if ((await ensureBuilt()) !== 0) return 1;
  // Whole seconds: some file systems keep no finer times.
  const startedAtMs = Math.floor(Date.now() / 1000) * 1000;
  const { code } = await run(process.execPath, [path.join(benchFolder, `${name}.mjs`), ...args], { env });
  if (code !== 0) return code;
  const file = freshResult(name, startedAtMs);
  if (file) return judge(file);
  console.error(`bench/${name}.mjs ended without writing bench/results/${name}.json`);
  return 1;
}

requireNode();
await ensureInstalled();
process.exitCode = await main(process.argv.slice(2));
