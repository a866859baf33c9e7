#!/usr/bin/env node
/**
 * `npm run scenarios [-- NAME ...] [-- --resume] [-- --drill]`: the browser scenarios in full and at production times.
 *
 * A name is a part of a scenario's title. Results go to test/artifacts/results-production.json; with
 * `--resume` what passed there is not run again. `--drill` uses the drill policy's times instead.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { requireNode } from './workspace/node-version.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { ensureBuilt } from './workspace/build.mjs';
import { root } from './workspace/run.mjs';

async function main(args) {
  const names = args.filter((argument) => !argument.startsWith('--'));
  const profile = args.includes('--drill') ? 'drill' : 'production';
  const isResumed = args.includes('--resume');
  const { provision } = await import('./provision.mjs');
  const { env, missing } = await provision();
  for (const sentence of missing) console.error(sentence);
  if ((await ensureBuilt()) !== 0) return 1;
  if (!isResumed && names.length === 0) {
    rmSync(path.join(root, `test/artifacts/results-${profile}.json`), { force: true });
  }
  const { runVitest } = await import('./workspace/vitest.mjs');
  const counts = await runVitest(['scenarios'], {
    env: {
      ...env,
      HOLDFAST_SCENARIO_PROFILE: profile,
      HOLDFAST_SCENARIO_SET: 'all',
      HOLDFAST_SCENARIO_NAMES: names.join(','),
      HOLDFAST_SCENARIO_RESUME: isResumed ? '1' : '',
    },
  });
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
  return counts.failed > 0 || counts.passed + counts.skipped === 0 ? 1 : 0;
}

requireNode();
await ensureInstalled();
process.exitCode = await main(process.argv.slice(2));
