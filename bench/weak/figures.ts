import { median, type Figure } from '../kit/result.js';
import { stockName } from '../first/stock.js';
import type { Weak } from './measure.js';
import { ourName } from './subjects.js';

type Runs = Readonly<Record<string, Weak>>;
type Pick = (run: Weak) => number | null;

interface Row {
  readonly id: string;
  readonly unit: string;
  readonly pick: Pick;
  /** Ours at most; `add`: at most the peer's and so much. */
  readonly goal: { readonly most: number } | { readonly add: number };
}

const kilobytes = (bytes: number): number => Math.round(bytes / 100) / 10;

/** The goals: a person waits ten seconds for a page and not much longer for a call; a weak link is no lost client. */
const ROWS: readonly Row[] = [
  {
    id: 'weak-first-screen-bytes',
    unit: 'kB',
    pick: (run) => kilobytes(run.firstScreenBytes),
    goal: { most: 250 },
  },
  { id: 'weak-link-to-first-screen', unit: 'ms', pick: (run) => run.firstScreenMs, goal: { most: 10_000 } },
  { id: 'weak-click-to-seen-and-heard', unit: 'ms', pick: (run) => run.fromClickMs, goal: { add: 2000 } },
  {
    id: 'weak-link-to-seen-and-heard',
    unit: 'ms',
    pick: (run) => run.seenAndHeardMs,
    goal: { most: 60_000 },
  },
  { id: 'weak-longest-gap', unit: 'ms', pick: (run) => run.longestGapMs, goal: { add: 500 } },
  { id: 'weak-false-losses', unit: 'losses', pick: (run) => run.lost, goal: { most: 0 } },
];

/** Ours beside the peer's, medians; every value is in `detail`. */
export function figuresOf(runs: Runs): Figure[] {
  const of = (name: string): Weak[] =>
    Object.entries(runs)
      .filter(([key]) => key.endsWith(`/${name}`))
      .map(([, run]) => run);
  return ROWS.map((row) => figureOf(row, of(ourName), of(stockName)));
}

function figureOf(
  { id, unit, pick, goal }: Row,
  ourRuns: readonly Weak[],
  peerRuns: readonly Weak[],
): Figure {
  const [oursAll, theirsAll] = [ourRuns.map(pick), peerRuns.map(pick)];
  const numbers = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
  const [ours, theirs] = [median(numbers(oursAll)), median(numbers(theirsAll))];
  // One visit in which it never happened is a failure, whatever the median says.
  const isWhole = ourRuns.length > 0 && oursAll.every((value) => value !== null) && ours !== null;
  const most = 'most' in goal ? goal.most : theirs === null ? null : theirs + goal.add;
  const worst = Math.max(...numbers(oursAll));
  const met = most === null ? null : isWhole && (most === 0 ? worst : ours) <= most;
  return {
    id,
    unit,
    ours,
    peer: theirs === null ? null : { name: stockName, value: theirs },
    goal: 'most' in goal ? { op: '<=', value: goal.most } : { op: '<= peer +', value: goal.add },
    met: ourRuns.length === 0 ? null : met,
    n: ourRuns.length,
    detail: { ours: oursAll, peer: theirsAll, fits: ourRuns.map(({ fits }) => fits) },
  };
}
