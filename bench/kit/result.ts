import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** One measured figure beside the same figure of another product, and what was aimed at. */
export interface Figure {
  readonly id: string;
  readonly unit: string;
  /** Median where there are several; null where it could not be measured. */
  readonly ours: number | null;
  readonly peer: { readonly name: string; readonly value: number } | null;
  /** `<=` and `>=` compare `ours`; `<= peer +` compares the median of the paired differences. */
  readonly goal: { readonly op: '<=' | '>=' | '<= peer +'; readonly value: number };
  /** Null where nothing of ours was measured. */
  readonly met: boolean | null;
  readonly n: number;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface BenchResult {
  readonly bench: string;
  readonly machine: string;
  readonly takenAt: string;
  readonly figures: readonly Figure[];
}

const folder = join(process.cwd(), 'bench/results');

/** @param file Without its ending: a quick run keeps its figures apart from the full ones. */
export function writeResult(bench: string, file: string, figures: readonly Figure[]): void {
  const result: BenchResult = { bench, machine: machine(), takenAt: new Date().toISOString(), figures };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${file}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

function machine(): string {
  const processors = cpus();
  return `${processors.length} x ${processors[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}

/** Measurements that were already taken, so that a long bench goes on where it was interrupted. */
export interface Ledger<T> {
  find(key: string): T | undefined;
  add(key: string, value: T): void;
  all(): Readonly<Record<string, T>>;
  /** The bench is complete: the next one starts from nothing. */
  close(): void;
}

/** An interrupted run that is older says little about the machine and the build of today. */
const interruptedForMs = 6 * 3_600_000;

/** @param isFresh Whether to forget what an earlier, interrupted run has measured. */
export function openLedger<T>(name: string, isFresh: boolean): Ledger<T> {
  const file = join(folder, `.${name}.runs.json`);
  const isUsable = existsSync(file) && !isFresh && Date.now() - statSync(file).mtimeMs < interruptedForMs;
  const runs: Record<string, T> = isUsable ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return {
    find: (key) => runs[key],
    add: (key, value) => {
      runs[key] = value;
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, `${JSON.stringify(runs, null, 1)}\n`);
    },
    all: () => runs,
    close: () => rmSync(file, { force: true }),
  };
}

export function median(values: readonly number[]): number | null {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? 0;
  return low + (high - low) * (at - Math.floor(at));
}

export function printTable(figures: readonly Figure[]): void {
  const rows = [['figure', 'ours', 'peer', 'goal', 'met', 'n']];
  for (const figure of figures) {
    const goal = `${figure.goal.op} ${figure.goal.value} ${figure.unit}`;
    const met = figure.met === null ? '-' : figure.met ? 'yes' : 'NO';
    const peer = figure.peer ? `${round(figure.peer.value)} ${figure.unit} (${figure.peer.name})` : '-';
    rows.push([
      figure.id,
      figure.ours === null ? '-' : `${round(figure.ours)} ${figure.unit}`,
      peer,
      goal,
      met,
      String(figure.n),
    ]);
  }
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows)
    process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
