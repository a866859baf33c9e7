/** A place that a search has come to, and how. */
export interface Node<S> {
  readonly state: S;
  readonly from: Node<S> | null;
  readonly by: string;
}

/** The shortest way to a node: breadth first comes to each place by a shortest path. */
export function pathTo<S>(node: Node<S>): readonly string[] {
  const path: string[] = [];
  for (let at: Node<S> | null = node; at !== null; at = at.from) path.push(at.by);
  return path.reverse();
}

/** What is wrong at the end of a path. */
export interface Violation {
  readonly machine: string;
  readonly problem: string;
  readonly path: readonly string[];
}

/** What a search has seen. */
export interface Found {
  /** The key of each configuration. */
  readonly seen: ReadonlySet<string>;
  readonly transitions: number;
  readonly violations: readonly Violation[];
  /** Everything that was reached was looked at: false when the search was cut short. */
  readonly isWhole: boolean;
}

/** What a search needs to know of a system. */
export interface System<S> {
  readonly name: string;
  readonly starts: readonly (readonly [name: string, state: S])[];
  /** Every state that one move leads to; a problem when the move itself is wrong. */
  readonly moves: (state: S) => Iterable<Move<S>>;
  /** What makes a state worth looking at: keys, of which at least one must be new. */
  readonly keysOf: (state: S) => readonly string[];
  /** What is wrong with a state, looked at when it is new. */
  readonly wrong: (node: Node<S>) => string | null;
  /** At most so many transitions. */
  readonly most: number;
}
export interface Move<S> {
  readonly name: string;
  readonly state: S;
  readonly problem: string | null;
}

/** Enough to see what is wrong; each is the shortest of its kind. */
const MOST_VIOLATIONS = 5;

/** Breadth first from the starts, until nothing new is found or the search has taken its most. */
export function search<S>({ name, starts, moves, keysOf, wrong, most }: System<S>): Found {
  const seen = new Set<string>();
  const queue: Node<S>[] = [];
  const violations: Violation[] = [];
  const report = (node: Node<S>, problem: string | null): void => {
    if (problem === null || violations.length >= MOST_VIOLATIONS) return;
    violations.push({ machine: name, problem, path: pathTo(node) });
  };
  const visit = (node: Node<S>): void => {
    const fresh = keysOf(node.state).filter((key) => !seen.has(key));
    if (fresh.length === 0) return;
    for (const key of fresh) seen.add(key);
    report(node, wrong(node));
    queue.push(node);
  };
  for (const [by, state] of starts) visit({ state, from: null, by });
  let transitions = 0;
  let looked = 0;
  for (; looked < queue.length && transitions < most && violations.length < MOST_VIOLATIONS; looked += 1) {
    const from = queue[looked];
    if (from === undefined) break;
    for (const { name: by, state, problem } of moves(from.state)) {
      transitions += 1;
      const node = { state, from, by };
      if (problem === null) visit(node);
      else report(node, problem);
    }
  }
  return { seen, transitions, violations, isWhole: looked === queue.length };
}
