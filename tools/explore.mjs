#!/usr/bin/env node
/**
 * `npm run explore [-- --quick]`: looks at every configuration that each machine can come to by itself, and each pair of
 * machines that talk to each other, and checks what must hold in each. Prints a table; the last line is
 * `explore: N configurations, N transitions, N pairs, N invariants, N violations`. Exits 1 on a violation, with the
 * shortest path to it. Full: less than 10 minutes on two cores; `--quick`: less than one.
 *
 * Machines, messages and pairs are found in the sources; there is no list of states. What is left out:
 *
 * - Instants are only before, at or after each other and now; counters count to two; ids of runs, calls and absences are
 *   alike. A configuration is looked at once, by the first session or chart that shows it: what would follow only from
 *   another one that looks the same is not seen.
 * - A machine by itself is told what a walk through real sessions has heard of the others, in the surroundings in which
 *   that walk has found them; not every thinkable message, not every thinkable surroundings.
 * - Of a command with many fields the values vary one by one, not all with all. `saidAtMs` is never earlier than now:
 *   late reports have tests and properties of their own.
 * - A pair is looked at in whole sessions through `step`; what the other machines do meanwhile is one case of many. A
 *   session is followed when it shows a pair of charts not seen before.
 * - A machine is told apart as its guards do where that comes to an end; otherwise by states, deadlines and flags; and where
 *   these are too many (the run), each two of its parts are seen together.
 * - Where the table says "cut short" the search took its most before everything was looked at.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** One half in a thread of its own: the machines and the pairs take about as long. */
function inThread(file, part, plan) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { file, part, plan } });
    worker.on('message', ({ done, rows }) =>
      rows === undefined ? console.error(`done: ${done}`) : resolve(rows),
    );
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the search of ${part} ended with ${code}`)));
  });
}

async function main(args) {
  const { requireNode } = await import('./workspace/node-version.mjs');
  requireNode();
  const { ensureInstalled } = await import('./workspace/install.mjs');
  await ensureInstalled();
  const { bundleTypeScript } = await import('./workspace/load.mjs');
  const file = pathToFileURL(await bundleTypeScript('test/explore/run.ts')).href;
  const { PARTS, PLANS, report } = await import(file);
  const plan = PLANS[args.includes('--quick') ? 'quick' : 'full'];
  const rows = await Promise.all(PARTS.map((part) => inThread(file, part, plan)));
  const { lines, isSound } = report(rows.flat());
  console.log(lines.join('\n'));
  return isSound ? 0 : 1;
}

if (isMainThread) {
  process.exitCode = await main(process.argv.slice(2));
} else {
  const { explore } = await import(workerData.file);
  const done = (name) => parentPort.postMessage({ done: name });
  parentPort.postMessage({ rows: explore(workerData.part, workerData.plan, done) });
}
