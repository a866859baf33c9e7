import { OLD_PHONE } from '../../test/scenarios/kit/old-phone.js';
import { openLab } from '../first/run.js';
import { openLedger, printTable, writeResult } from '../kit/result.js';
import { figuresOf } from './figures.js';
import { measureWeak, type Weak } from './measure.js';
import { ours, peer } from './subjects.js';

/**
 * `npm run bench -- weak`: the client's page on an old phone and a weak link (D02), beside a bare livekit-client page on the
 * same ones.
 *
 * @param args `--quick`: once each. `--fresh`: forget an interrupted run.
 */
export async function runWeak(args: readonly string[]): Promise<void> {
  const mode = args.includes('--quick') ? 'quick' : 'full';
  const ledger = openLedger<Weak>(`weak-${mode}`, args.includes('--fresh'));
  const subjects = [ours(), peer()];
  const lab = await openLab('weak', OLD_PHONE);
  try {
    for (const subject of subjects) await subject.prepare(lab);
    for (let repetition = 1; repetition <= (mode === 'quick' ? 1 : 5); repetition += 1) {
      for (const subject of repetition % 2 === 0 ? subjects.toReversed() : subjects) {
        const key = `${repetition}/${subject.name}`;
        if (ledger.find(key) !== undefined) continue;
        ledger.add(key, await measureWeak(lab, subject));
        process.stderr.write(`${new Date().toISOString()} ${key} ${JSON.stringify(ledger.find(key))}\n`);
      }
    }
  } finally {
    for (const subject of subjects) await subject.stop();
    await lab.close();
  }
  const figures = figuresOf(ledger.all());
  writeResult('weak', mode === 'quick' ? 'weak-quick' : 'weak', figures);
  printTable(figures);
  ledger.close();
}
