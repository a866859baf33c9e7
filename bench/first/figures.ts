import { median, quantile, type Figure } from '../kit/result.js';
import { ourName, ourReturnName } from './holdfast.js';
import type { Click, Cut } from './measure.js';
import { stockName, stockTogetherName } from './stock.js';

type Runs = Readonly<Record<string, Cut | Click>>;

/** What a client's device loads of protocol and session, minified and gzipped. */
export interface Bundle {
  readonly rollupBytes: number;
  readonly esbuildBytes: number;
}

/** The table of figures from what was measured, ours beside theirs. */
export function figuresOf(runs: Runs, bundle: Bundle | null): Figure[] {
  const cut = (seconds: number, pick: (cut: Cut) => number | null) =>
    pairs(runs, `cut-${seconds}/`, [ourName, stockName], (run) => pick(run as Cut));
  const whoDropped = cut(40, (run) => run.whoDroppedMs);
  const ownSideKnows = cut(40, (run) => run.ownSideKnowsMs);
  const clicks = (...names: [string, string]) =>
    pairs(runs, 'click/', names, (run) => (run as Click).firstFrameMs);
  return [
    absolute('client-cut-who-dropped', whoDropped, 5000),
    absolute('client-cut-own-side-knows', ownSideKnows, 3000),
    relative('heal-8s-first-frame', cut(8, bothBack), 150),
    absolute('heal-40s-first-frame', cut(40, bothBack), 3000),
    absolute('heal-240s-first-frame', cut(240, bothBack), 5000),
    relative('click-to-first-frame', clicks(ourName, stockName), 50),
    relative('click-to-first-frame-both-join', clicks(ourName, stockTogetherName), 50),
    relative('click-to-first-frame-comes-back', clicks(ourReturnName, stockName), 50),
    size('client-bundle-rollup', bundle?.rollupBytes ?? null, 36),
    size('client-bundle-esbuild', bundle?.esbuildBytes ?? null, 45),
  ].filter((figure) => figure !== null);
}

function size(id: string, bytes: number | null, maxKilobytes: number): Figure {
  const ours = bytes === null ? null : bytes / 1000;
  const met = ours === null ? null : ours <= maxKilobytes;
  return {
    id,
    unit: 'kB',
    ours,
    peer: null,
    goal: { op: '<=', value: maxKilobytes },
    met,
    n: ours === null ? 0 : 1,
  };
}

/** Together again means that both see a new frame. */
function bothBack(cut: Cut): number | null {
  if (cut.practitionerFrameMs === null || cut.clientFrameMs === null) return null;
  return Math.max(cut.practitionerFrameMs, cut.clientFrameMs);
}

/** The same repetition of both; null where it never happened, absent where it was not measured. */
interface Pair {
  ours?: number | null;
  peer?: number | null;
  peerName?: string;
}

function pairs(
  runs: Runs,
  prefix: string,
  [own, peerName]: readonly [own: string, peer: string],
  pick: (run: Cut | Click) => number | null,
): Pair[] {
  const found = new Map<string, Pair>();
  for (const [key, run] of Object.entries(runs)) {
    if (!key.startsWith(prefix)) continue;
    const [, repetition = '', ...name] = key.split('/');
    const subject = name.join('/');
    const pair = found.get(repetition) ?? {};
    if (subject === own) pair.ours = pick(run);
    else if (subject === peerName) Object.assign(pair, { peer: pick(run), peerName });
    found.set(repetition, pair);
  }
  return [...found.values()];
}

function absolute(id: string, measured: readonly Pair[], goalMs: number): Figure | null {
  const base = summary(id, measured);
  if (base === null) return null;
  // One repetition in which it never happened is a failure, whatever the median says.
  const isMet = measured.every((pair) => pair.ours !== null) && base.ours !== null && base.ours <= goalMs;
  return { ...base, goal: { op: '<=', value: goalMs }, met: hasOurs(measured) ? isMet : null };
}

function relative(id: string, measured: readonly Pair[], allowedMs: number): Figure | null {
  const base = summary(id, measured);
  if (base === null) return null;
  const differences = measured.flatMap(({ ours, peer }) =>
    typeof ours === 'number' && typeof peer === 'number' ? [ours - peer] : [],
  );
  const difference = median(differences);
  return {
    ...base,
    goal: { op: '<= peer +', value: allowedMs },
    met: hasOurs(measured) ? difference !== null && difference <= allowedMs : null,
    detail: { ...base.detail, pairedMedianDifference: difference },
  };
}

function hasOurs(measured: readonly Pair[]): boolean {
  return measured.some((pair) => pair.ours !== undefined);
}

function summary(id: string, measured: readonly Pair[]): Omit<Figure, 'goal' | 'met'> | null {
  if (measured.length === 0) return null;
  const ours = measured.flatMap((pair) => pair.ours ?? []);
  const peer = measured.flatMap((pair) => pair.peer ?? []);
  const peerMedian = median(peer);
  const peerName = measured.find((pair) => pair.peerName !== undefined)?.peerName;
  return {
    id,
    unit: 'ms',
    ours: median(ours),
    peer: peerMedian === null || peerName === undefined ? null : { name: peerName, value: peerMedian },
    n: Math.max(ours.length, peer.length),
    detail: {
      ours: spread(measured.map((pair) => pair.ours)),
      peer: spread(measured.map((pair) => pair.peer)),
    },
  };
}

function spread(values: readonly (number | null | undefined)[]) {
  const taken = values.filter((value) => value !== undefined);
  const numbers = taken.filter((value) => value !== null);
  return {
    n: taken.length,
    never: taken.length - numbers.length,
    p50: median(numbers),
    p95: quantile(numbers, 0.95),
    values: taken,
  };
}
