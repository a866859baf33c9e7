import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyChain } from '@holdfast/protocol/audit';
import { sqliteStore } from '@holdfast/server';
import { expect, test } from 'vitest';
import { bundleChild } from './children/bundle.js';

/** Runs the child until it has acknowledged so many commits, kills it in the middle, and returns the last one that it said. */
function killAfter(script: string, directory: string, commits: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let faults = '';
    child.stderr.on('data', (data: Buffer) => (faults += data.toString()));
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.split('\n').length > commits) child.kill('SIGKILL');
    });
    child.on('close', (_, signal) => {
      const whole = said.slice(0, said.lastIndexOf('\n')).split('\n').map(Number);
      if (signal === 'SIGKILL') resolve(whole.at(-1) ?? 0);
      else reject(new Error(faults));
    });
  });
}

test('[H17] kill -9 in the middle of commits loses nothing that was acknowledged, and the chain holds', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-kill-'));
  const script = await bundleChild('committing');
  const key = { tenant: 't1', session: 's1' };
  for (let round = 1; round <= 6; round += 1) {
    const acknowledged = await killAfter(script, directory, 7 * round);
    const store = sqliteStore({ directory });
    const record = await store.load(key);
    expect(record?.revision).toBeGreaterThanOrEqual(acknowledged);
    const events = await store.events(key, 0, 100_000);
    expect(verifyChain(events.map((event) => JSON.stringify(event)))).toEqual({
      events: record?.revision,
      sessions: 1,
      fault: null,
    });
    expect(await store.inputOutcome(key, `i${acknowledged}`)).toMatchObject({ outcome: 'accepted' });
    await store.close();
  }
});
