import type { Concept } from '../../packages/session/src/step/concept.js';
import { concepts } from '../../packages/session/src/step/concepts.js';
import { alone } from './alone.js';
import { CHART_INVARIANTS, MOVE_INVARIANTS } from './invariants.js';
import { search, type Violation } from './search.js';
import { survey, type Survey } from './survey.js';
import { nameOf, together, type Pair } from './together.js';

/** How much is looked at, in transitions: a count and not a time, so that the same machines give the same figures. */
export interface Plan {
  readonly survey: number;
  /** Of each machine. */
  readonly alone: number;
  readonly pairs: number;
}
export const PLANS = {
  full: { survey: 30_000, alone: 100_000, pairs: 200_000 },
  quick: { survey: 14_000, alone: 5000, pairs: 8000 },
} as const satisfies Record<string, Plan>;

/** One line of the table. */
export interface Row {
  readonly name: string;
  readonly configurations: number;
  readonly transitions: number;
  readonly pairs: number;
  readonly invariants: number;
  readonly violations: readonly Violation[];
  /** How configurations were told apart, and whether all were looked at. */
  readonly how: string;
}

/** Two halves of about the same length, for two cores. */
export const PARTS = ['machines', 'pairs'] as const;
export type Part = (typeof PARTS)[number];

/** Every machine by itself. */
export const machineRows = (
  known: Survey,
  all: readonly Concept[],
  plan: Plan,
  done: (name: string) => void = () => undefined,
): readonly Row[] =>
  all.map((concept) => {
    const { seen, transitions, violations, how } = alone(concept, known, plan.alone);
    done(concept.name);
    return {
      name: concept.name,
      configurations: seen.size,
      transitions,
      pairs: 0,
      invariants: CHART_INVARIANTS,
      violations,
      how,
    };
  });

/** Each two machines once, whoever speaks first; a machine that hears itself is looked at alone. */
export const talking = ({ pairs }: Survey): readonly Pair[] => {
  const names = pairs
    .filter(([one, other]) => one !== other)
    .map(([one, other]) => (one < other ? `${one} ${other}` : `${other} ${one}`))
    .toSorted();
  return [...new Set(names)].map((name) => name.split(' ') as unknown as Pair);
};

/** Every pair that talks, all in the same sessions. */
export function pairRows(known: Survey, plan: Plan): readonly Row[] {
  const pairs = talking(known);
  const { seen, transitions, violations, isWhole } = search(together(pairs, plan.pairs));
  const keys = [...seen];
  const rows = pairs.map((pair) => ({
    name: nameOf(pair),
    configurations: keys.filter((key) => key.startsWith(`${nameOf(pair)}:`)).length,
    transitions: 0,
    pairs: 1,
    invariants: 0,
    violations: [],
    how: '',
  }));
  const how = isWhole ? 'all looked at' : 'cut short';
  const all = { name: 'all pairs', configurations: 0, transitions, pairs: 0, violations, how };
  return [...rows, { ...all, invariants: MOVE_INVARIANTS }];
}

/**
 * One half of the work.
 *
 * @param done Told the name of each machine that was looked at: a full search takes minutes.
 */
export function explore(part: Part, plan: Plan, done: (name: string) => void): readonly Row[] {
  const known = survey(concepts, plan.survey);
  done(`the survey for ${part}`);
  return part === 'machines' ? machineRows(known, concepts, plan, done) : pairRows(known, plan);
}

const sum = (rows: readonly Row[], field: 'configurations' | 'transitions' | 'pairs'): number =>
  rows.reduce((total, row) => total + row[field], 0);
const count = (size: number): string => size.toLocaleString('en');

const pathLines = ({ machine, problem, path }: Violation): readonly string[] => [
  '',
  `${machine}: ${problem}`,
  ...path.map((by, index) => `  ${index + 1}. ${by}`),
];

/** The table, the shortest path to each violation, and the sum as the last line. */
export function report(rows: readonly Row[]): {
  readonly lines: readonly string[];
  readonly isSound: boolean;
} {
  const violations = rows.flatMap((row) => row.violations);
  const header = ['machine', 'configurations', 'transitions', 'invariants', 'violations', ''];
  const cells = rows.map((row) => [
    row.name,
    row.configurations === 0 ? '' : count(row.configurations),
    row.transitions === 0 ? '' : count(row.transitions),
    row.invariants === 0 ? '' : count(row.invariants),
    row.invariants === 0 ? '' : count(row.violations.length),
    row.how,
  ]);
  const table = [header, ...cells].map((row) =>
    row
      .map((cell, column) => (column === 0 || column === 5 ? cell.padEnd(26) : cell.padStart(15)))
      .join(' ')
      .trimEnd(),
  );
  const invariants = CHART_INVARIANTS + MOVE_INVARIANTS;
  const last =
    `explore: ${count(sum(rows, 'configurations'))} configurations, ${count(sum(rows, 'transitions'))} transitions, ` +
    `${sum(rows, 'pairs')} pairs, ${invariants} invariants, ${violations.length} violations`;
  return { lines: [...table, ...violations.flatMap(pathLines), '', last], isSound: violations.length === 0 };
}
