import type { Random } from './random.js';

/** JSON, as it comes over a line. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const TEXTS = [
  '',
  ' ',
  'a',
  'c1',
  'c1.r1',
  '__proto__',
  'constructor',
  'toString',
  'type',
  'a\u0000b',
  '\ud800',
  '2027-02-31',
  'x'.repeat(161),
  'x'.repeat(501),
  '\u202Etxet',
  '<script>',
  "'; drop table",
] as const;
const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e308,
  1e-308,
  Number.MAX_SAFE_INTEGER,
] as const;

const scalar = (random: Random): Json =>
  random.pick<() => Json>([
    () => null,
    () => random.chance(0.5),
    () => random.pick(NUMBERS),
    () => random.below(1_000_000),
    () => random.pick(TEXTS),
  ])();

/** Any JSON: small, oddly shaped. */
export function anyJson(random: Random, depth = 3): Json {
  if (depth === 0 || random.chance(0.5)) return scalar(random);
  const size = random.below(5);
  if (random.chance(0.4)) return Array.from({ length: size }, () => anyJson(random, depth - 1));
  return objectOf(Array.from({ length: size }, () => [random.pick(TEXTS), anyJson(random, depth - 1)]));
}

/** Own fields only, also for a name like `__proto__`, as `JSON.parse` makes them. */
function objectOf(entries: readonly (readonly [string, Json])[]): Json {
  const made: { [name: string]: Json } = {};
  for (const [name, value] of entries)
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  return made;
}

const isObject = (value: Json): value is { readonly [name: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The same JSON with one thing in it changed, added, taken away or put elsewhere. */
export function mutated(value: Json, random: Random): Json {
  if (Array.isArray(value)) return mutatedList(value, random);
  if (!isObject(value)) return mutatedScalar(value, random);
  const entries = Object.entries(value);
  const at = random.below(Math.max(1, entries.length));
  const [name, inner] = entries[at] ?? ['', null];
  return random.pick<() => Json>([
    () => objectOf(entries.toSpliced(at, 1, [name, mutated(inner, random)])),
    () => objectOf(entries.toSpliced(at, 1, [name, mutated(inner, random)])),
    () => objectOf(entries.toSpliced(at, 1, [name, anyJson(random, 1)])),
    () => objectOf(entries.toSpliced(at, 1)),
    () => objectOf([...entries, [random.pick(TEXTS), anyJson(random, 1)]]),
    () => objectOf(entries.toSpliced(at, 1, [`${name}s`, inner])),
  ])();
}

function mutatedList(value: readonly Json[], random: Random): Json {
  const at = random.below(Math.max(1, value.length));
  return random.pick<() => Json>([
    () => value.toSpliced(at, 1),
    () => [...value, ...value.slice(at, at + 1)],
    () => [...value, anyJson(random, 1)],
    () => value.map((one, index) => (index === at ? mutated(one, random) : one)),
    () => Array.from({ length: 30 }, () => value[at] ?? null),
  ])();
}

function mutatedScalar(value: Json, random: Random): Json {
  if (typeof value === 'string' && random.chance(0.6))
    return random.pick([`${value}x`, value.slice(1), value.toUpperCase(), ` ${value}`, value.repeat(200)]);
  if (typeof value === 'number' && random.chance(0.6))
    return random.pick([-value, value + 0.5, value * 1000, Math.round(value / 1000), value + 1]);
  return scalar(random);
}
