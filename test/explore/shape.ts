import { stateName, type ChartState } from '@holdfast/session/authority';

/** How far a counter is told apart: more is as much. */
const MOST = 2;

/** Ids of people by what they are, so that `duty-1` is not a word like `clientSafe`; other ids only as there or not. */
const isId = (text: string): boolean => /[0-9:.]/.test(text);

/**
 * A value as the machine's guards can tell it apart: instants as past, now or to come; counters up to two; ids as there or
 * not, people by their id; codes and booleans as they are.
 */
function shapeOf(value: unknown, name: string, nowMs: number, people: readonly string[]): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!name.endsWith('Ms')) return Math.min(value, MOST);
    return value < nowMs ? 'past' : value === nowMs ? 'now' : 'to come';
  }
  if (typeof value === 'string') return people.includes(value) || !isId(value) ? value : 'id';
  if (Array.isArray(value))
    return [...new Set(value.map((one) => JSON.stringify(shapeOf(one, name, nowMs, people))))].slice(0, MOST);
  return Object.fromEntries(
    Object.entries(value as object)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [
        people.includes(key) || !isId(key) ? key : key.replaceAll(/\d+/g, 'n'),
        shapeOf(inner, key, nowMs, people),
      ]),
  );
}

/** Deadlines by name, in the order in which they are due. */
const deadlinesOf = ({ context }: ChartState): string =>
  Object.entries(context.deadlines)
    .toSorted(([a, aMs], [b, bMs]) => aMs - bMs || (a < b ? -1 : 1))
    .map(([name]) => name)
    .join(' ');

/**
 * A chart as its guards can tell it apart: what makes one configuration of a machine.
 *
 * @param asked Fields of the context that some guard of the machine has asked for.
 */
export function fineShape(
  chart: ChartState,
  nowMs: number,
  people: readonly string[],
  asked: ReadonlySet<string>,
): string {
  const context = Object.fromEntries(
    Object.entries(chart.context).filter(([name]) => name !== 'deadlines' && asked.has(name)),
  );
  return `${stateName(chart.value)} {${deadlinesOf(chart)}} ${JSON.stringify(shapeOf(context, '', nowMs, people))}`;
}

/** Each two parts of a chart together: its parallel states, its deadlines as a whole, and its yes and no. */
export function partsShapes(chart: ChartState): readonly string[] {
  const [states = '', rest = ''] = coarseShape(chart).split(' {');
  const [deadlines = '', flags = ''] = rest.split('} ');
  const parts = [...states.split('+'), `{${deadlines}}`, ...flags.split(' ')];
  return parts.flatMap((part, index) => parts.slice(index).map((other) => `${part} with ${other}`));
}

const coarse = new WeakMap<ChartState, string>();

/** A chart as another machine can tell it apart: its states, which deadlines stand, and its yes and no. */
export function coarseShape(chart: ChartState): string {
  const known = coarse.get(chart);
  if (known !== undefined) return known;
  const shape = shapeForOthers(chart);
  coarse.set(chart, shape);
  return shape;
}

function shapeForOthers(chart: ChartState): string {
  const booleans = Object.entries(chart.context)
    .filter(([, value]) => value === true)
    .map(([name]) => name);
  const names = Object.keys(chart.context.deadlines).toSorted();
  return `${stateName(chart.value)} {${names.join(' ')}} ${booleans.join(' ')}`;
}
