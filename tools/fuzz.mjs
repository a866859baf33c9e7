#!/usr/bin/env node
/**
 * `npm run fuzz [-- --inputs N] [--seed N] [--minutes N]`: random and damaged input for every public parser, and random
 * sessions through `step`. No parser throws or lets anything through that a second look calls wrong; `step` never throws,
 * and its session is the same after it was written and read. A million inputs by default, in chunks of a thousand; each
 * chunk has a seed of its own, the next number. Stops at the first fault with the seed that shows it again, or after
 * `--minutes` (30), with the seed to go on from. Exits 1 on a fault.
 */
import { requireNode } from './workspace/node-version.mjs';
import { ensureInstalled } from './workspace/install.mjs';
import { loadTypeScript } from './workspace/load.mjs';

function numberOf(args, name, usual) {
  const at = args.indexOf(`--${name}`);
  if (at < 0) return usual;
  const value = Number(args[at + 1]);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} takes a whole number`);
  return value;
}

async function main(args) {
  const inputs = numberOf(args, 'inputs', 1_000_000);
  const first = numberOf(args, 'seed', 1);
  const endsAtMs = Date.now() + numberOf(args, 'minutes', 30) * 60_000;
  const { fuzz, CHUNK } = await loadTypeScript('test/fuzz/run.ts');
  let [done, accepted, seed] = [0, 0, first];
  for (; done < inputs && Date.now() < endsAtMs; seed += 1) {
    const chunk = fuzz(seed);
    done += chunk.inputs;
    accepted += chunk.accepted;
    if (chunk.faults.length > 0) {
      console.error(`${chunk.faults.join('\n')}\nagain: npm run fuzz -- --seed ${seed} --inputs ${CHUNK}`);
      return 1;
    }
    if (seed % 50 === 0) console.log(`${done.toLocaleString('en')} inputs, seed ${seed}`);
  }
  if (done < inputs)
    console.log(`time is up; go on: npm run fuzz -- --seed ${seed} --inputs ${inputs - done}`);
  console.log(
    `fuzz: ${done.toLocaleString('en')} inputs, ${accepted.toLocaleString('en')} accepted, 0 faults`,
  );
  return 0;
}

requireNode();
await ensureInstalled();
process.exitCode = await main(process.argv.slice(2));
