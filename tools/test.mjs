#!/usr/bin/env node
/**
 * `npm test [-- --only unit,cross,scenarios] [-- FILTER ...]`: installs what is missing, runs every test that CI
 * runs, and prints `N passed, N failed[, N skipped]` as its last line.
 *
 * Unit and cross-package tests run together; the browser scenarios run alone after them, because they
 * assert instants and other work on the machine would make them late.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { requireNode } from './workspace/node-version.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { ensureBuilt } from './workspace/build.mjs';
import { root } from './workspace/run.mjs';

const stages = ['unit', 'cross', 'scenarios'];
const projectsOf = { unit: ['unit', 'unit-page'], cross: ['cross'] };
/** With the install, the checks and a first build of livekit-server these stay under the 40 minutes of CI. */
const quickMinutes = 11;
const scenarioMinutes = 26;

function readArguments(args) {
  const at = args.indexOf('--only');
  const only = at < 0 ? stages : (args[at + 1] ?? '').split(',');
  const filters = at < 0 ? args : args.toSpliced(at, 2);
  return { only, filters };
}

const hasScenarios = () => {
  const folder = path.join(root, 'test/scenarios');
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((file) => file.endsWith('.scenario.ts'))
  );
};

const nothing = { passed: 0, failed: 0, skipped: 0 };
const sum = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** Browser, namespaces and video server: what is missing is a sentence here, and a failure under `CI=true`. */
async function provisioned(only) {
  if (!only.includes('cross') && !only.includes('scenarios')) return { env: {}, missing: [] };
  const { provision } = await import('./provision.mjs');
  const { env, missing } = await provision();
  for (const sentence of missing) console.log(sentence);
  return { env, missing };
}

async function runScenarios(filters, env) {
  if (!hasScenarios()) return nothing;
  if ((await ensureBuilt()) !== 0) return { ...nothing, failed: 1 };
  const { runVitest } = await import('./workspace/vitest.mjs');
  const limitMs = scenarioMinutes * 60_000;
  return runVitest(['scenarios'], { filters, env: { HOLDFAST_SCENARIO_PROFILE: 'drill', ...env }, limitMs });
}

async function main({ only, filters }) {
  const unknown = only.filter((name) => !stages.includes(name));
  if (unknown.length > 0) throw new Error(`--only takes ${stages.join(', ')}; got ${unknown.join(', ')}`);
  const { env, missing } = await provisioned(only);
  const { runVitest } = await import('./workspace/vitest.mjs');
  const quick = only.filter((name) => name !== 'scenarios').flatMap((name) => projectsOf[name]);
  const first =
    quick.length > 0 ? await runVitest(quick, { filters, env, limitMs: quickMinutes * 60_000 }) : nothing;
  const second = only.includes('scenarios') ? await runScenarios(filters, env) : nothing;
  const counts = sum(first, second);
  const isIncomplete = process.env.CI === 'true' && missing.length > 0;
  return isIncomplete && counts.failed === 0 ? { ...counts, failed: missing.length } : counts;
}

requireNode();
await ensureInstalled();
const counts = await main(readArguments(process.argv.slice(2)));
if (counts.passed + counts.failed + counts.skipped === 0) {
  console.error('No test was found: that is a failure, not a success.');
  counts.failed = 1;
}
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.failed > 0 ? 1 : 0;
