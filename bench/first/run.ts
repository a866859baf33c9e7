import { join } from 'node:path';
import { launchDevice, type DeviceOptions } from '../../test/scenarios/kit/browser.js';
import { startLivekit } from '../../test/scenarios/kit/livekit.js';
import { createNetwork } from '../../test/scenarios/kit/network.js';
import { openHostDoor } from '../../test/scenarios/kit/processes.js';
import { openLedger, printTable, writeResult, type Ledger } from '../kit/result.js';
import { measureClick, measureCut, type Click, type Cut } from './measure.js';
import { figuresOf, type Bundle } from './figures.js';
import { holdfast } from './holdfast.js';
import { stock } from './stock.js';
import type { Lab, Subject } from './subject.js';

/** How often each thing is measured. The 240 s cut is long and its outcome is yes or no: once. */
const plans = {
  full: { clicks: 20, cuts: { 8: 5, 40: 5, 240: 1 } },
  quick: { clicks: 6, cuts: { 8: 3, 40: 1, 240: 0 } },
} as const;

/** At 30 frames a second a LiveKit session takes more than one core, and measures the machine instead. */
const framesPerSecond = 15;

/**
 * `npm run bench -- first`: the first whole session beside a bare livekit-client page. Subjects take
 * turns within each repetition, so a slow minute of the machine is slow for both.
 *
 * @param args `--quick`: fewer repetitions. `--fresh`: forget an interrupted run. `--only NAME`: one subject.
 * @param bundle The measured size, or null where the packages are not built.
 */
export async function runFirst(args: readonly string[], bundle: Bundle | null): Promise<void> {
  const mode = args.includes('--quick') ? 'quick' : 'full';
  const ledger = openLedger<Cut | Click>(`first-${mode}`, args.includes('--fresh'));
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
  const { alone, together } = stock();
  const chosen = (...subjects: Subject[]) =>
    subjects.filter((subject) => only === undefined || subject.name.startsWith(only));
  const { whole, comesBack } = holdfast();
  const [callers, joiners] = [chosen(alone, whole), chosen(alone, whole, comesBack, together)];
  const lab = await openLab();
  const plan = plans[mode];
  try {
    for (const subject of callers) await subject.prepare(lab);
    const clicks = { lab, subjects: joiners, ledger };
    await repeat(clicks, 'click', plan.clicks, (subject) => measureClick(lab, subject));
    const bench = { lab, subjects: callers, ledger };
    for (const [seconds, times] of Object.entries(plan.cuts)) {
      await repeat(bench, `cut-${seconds}`, times, (subject) =>
        measureCut(lab, subject, Number(seconds) * 1000),
      );
    }
  } finally {
    for (const subject of callers) await subject.stop();
    await lab.close();
  }
  const figures = figuresOf(ledger.all(), bundle);
  writeResult('first', mode === 'quick' ? 'first-quick' : 'first', figures);
  printTable(figures);
  if (only === undefined) ledger.close();
}

interface Bench {
  readonly lab: Lab;
  readonly subjects: readonly Subject[];
  readonly ledger: Ledger<Cut | Click>;
}

/** Every subject once per repetition, except what an interrupted run has already measured. */
async function repeat(
  bench: Bench,
  kind: string,
  times: number,
  measure: (subject: Subject) => Promise<Cut | Click>,
): Promise<void> {
  for (let repetition = 1; repetition <= times; repetition += 1) {
    for (const subject of turns(bench.subjects, repetition)) {
      const key = `${kind}/${repetition}/${subject.name}`;
      if (bench.ledger.find(key) !== undefined) continue;
      const again = (cause: unknown): Promise<void> => {
        say(`${key} again: ${cause instanceof Error ? cause.message : String(cause)}`);
        return subject.disconnect(bench.lab);
      };
      bench.ledger.add(key, await twice(() => measure(subject), again));
      say(key);
    }
  }
}

/** A browser that did not come up is no measurement; the second failure is one, and ends the bench. */
async function twice<T>(measure: () => Promise<T>, again: (cause: unknown) => Promise<void>): Promise<T> {
  try {
    return await measure();
  } catch (cause) {
    await again(cause);
    return measure();
  }
}

/** Who goes first changes with every repetition. */
function turns(subjects: readonly Subject[], repetition: number): readonly Subject[] {
  return repetition % 2 === 0 ? subjects.toReversed() : subjects;
}

function say(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}

/** @param viewport Of the client's device. Default: as the practitioner's. */
export async function openLab(
  name = 'first',
  viewport?: DeviceOptions['viewport'],
): Promise<Lab & { close(): Promise<void> }> {
  const folder = join(process.cwd(), `test/artifacts/bench-${name}`);
  const network = createNetwork(['practitioner', 'client']);
  const door = await openHostDoor(network, join(folder, 'door.log'));
  const program = needed('HOLDFAST_LIVEKIT_SERVER', 'the path of livekit-server v1.13.5');
  const livekit = await startLivekit({ network, door, program, folder, createsRooms: true });
  const browser = needed('HOLDFAST_CHROMIUM', 'the path of Chromium');
  const trustedOrigins = [8080, 8090].map((port) => `http://${network.hostAddress}:${port}`);
  const launch = (who: string, screen: Pick<DeviceOptions, 'viewport'> = {}) =>
    launchDevice({ network, name: who, program: browser, trustedOrigins, framesPerSecond, ...screen });
  const practitioner = await launch('practitioner');
  const client = await launch('client', viewport === undefined ? {} : { viewport });
  const close = async () => {
    await practitioner.close();
    await client.close();
    await livekit.stop();
    await door.close();
    network.destroy();
  };
  return { network, door, livekit, folder, practitioner, client, close };
}

function needed(name: string, what: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`this bench needs ${name}: ${what}; npm run bench finds it`);
  return value;
}
