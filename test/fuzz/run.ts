import { nextDeadline, step, type Session } from '@holdfast/session/authority';
import type { Input } from '@holdfast/protocol';
import { inputOf, NARROW, sayings } from '../explore/alphabet.js';
import { STARTS } from '../explore/together.js';
import { wrongNow } from '../properties/invariants.js';
import { anyJson, mutated, type Json } from './json.js';
import { PARSERS, type Parser } from './parsers.js';
import { randomFrom, type Random } from './random.js';

/** Inputs of one chunk: what a seed gives again. */
export const CHUNK = 1000;
/** Of a chunk so many go through `step`, in one session; the others through a parser. */
const OF_STEP = 100;
/** What can be said is gathered anew after so many inputs: it is slow, and changes slowly. */
const SAID_FOR = 12;

/** What came of one chunk. */
export interface Chunk {
  readonly seed: number;
  readonly inputs: number;
  readonly accepted: number;
  /** What was wrong, with the input that showed it. */
  readonly faults: readonly string[];
}

const wire = (value: Json): unknown => JSON.parse(JSON.stringify(value));
/** A key that no parser may take for a field of its own; zod leaves it out of records. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && Object.hasOwn(inner, '__proto__')
      ? Object.fromEntries(Object.entries(inner).filter(([name]) => name !== '__proto__'))
      : inner,
  );
const sorted = (value: unknown): string =>
  JSON.stringify(JSON.parse(plain(value)), (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** What is wrong with the way in which a parser took a value; `true` or `false` when it did as it should. */
export function judge({ parse, wrong }: Parser, value: unknown): string | boolean {
  try {
    const { success, data } = parse(value);
    if (!success) return false;
    const fault = wrong(data);
    if (fault !== null) return fault;
    if (sorted(data) !== sorted(value)) return 'what comes out is not what went in';
    return parse(data).success ? true : 'what was let through once is refused the second time';
  } catch (cause) {
    return `throws: ${String(cause)}`;
  }
}

function parsed(random: Random): { readonly isTaken: boolean; readonly fault: string | null } {
  const parser = random.pick(PARSERS);
  const sample = random.pick(parser.samples);
  const kind = random.below(10);
  let value: Json = kind < 2 ? anyJson(random) : sample;
  if (kind >= 3) for (let times = random.below(3); times >= 0; times -= 1) value = mutated(value, random);
  const input = wire(value);
  const verdict = judge(parser, input);
  const isWrong = typeof verdict === 'string' || (kind === 2 && !verdict);
  return {
    isTaken: verdict === true,
    fault: isWrong
      ? `${parser.name}: ${verdict || 'a proper one is refused'}: ${JSON.stringify(input)}`
      : null,
  };
}

function nextInput(session: Session, nowMs: number, said: readonly (() => Input)[], random: Random): Input {
  const due = nextDeadline(session);
  if (said.length > 0 && random.chance(0.7)) return random.pick(said)();
  const laterMs = nowMs + random.below(90_000);
  const atMs = due !== null && random.chance(0.6) ? Math.max(nowMs, due + random.below(3) - 1) : laterMs;
  const from = { person: null, role: null, source: 'clock', device: null } as const;
  return { id: `t${atMs}`, atMs, saidAtMs: null, from, body: { type: 'clock.reached' } };
}

/** One session through `step`: it never throws, and is the same after it was written down and read again. */
function stepped(random: Random, faults: string[]): number {
  const [name, start] = random.pick(STARTS);
  let { session, nowMs } = start;
  const trail: string[] = [name];
  let said: readonly (() => Input)[] = [];
  for (let count = 0; count < OF_STEP; count += 1) {
    if (count % SAID_FOR === 0) {
      const atMs = nowMs;
      said = sayings(session, atMs, NARROW).map((saying) => () => inputOf(saying, Math.max(atMs, nowMs)));
    }
    const input = nextInput(session, nowMs, said, random);
    trail.push(`${input.atMs} ${JSON.stringify(input.body)} by ${String(input.from.person)}`);
    try {
      const result = step(session, input);
      const read = JSON.parse(JSON.stringify(result.session)) as Session;
      const seen = { session: read, nowMs: input.atMs, events: [], effects: [] };
      const fault =
        JSON.stringify(read) === JSON.stringify(result.session) ? wrongNowOf(seen, input) : 'not plain JSON';
      if (fault !== null) faults.push(`step: ${fault}:\n  ${trail.slice(-12).join('\n  ')}`);
      session = read;
      nowMs = input.atMs;
    } catch (cause) {
      faults.push(`step throws: ${String(cause)}:\n  ${trail.slice(-12).join('\n  ')}`);
    }
    if (faults.length > 0) return count + 1;
  }
  return OF_STEP;
}

/** Parts are counted from the beginning of a record, which is not kept here. */
const wrongNowOf = (seen: Parameters<typeof wrongNow>[0], { atMs }: Input): string | null => {
  const found = wrongNow({ ...seen, nowMs: atMs });
  return found?.startsWith('dropped:') === true ? null : found;
};

/** One chunk of random inputs: the same seed gives the same. */
export function fuzz(seed: number): Chunk {
  const random = randomFrom(seed);
  const faults: string[] = [];
  let accepted = 0;
  const steps = stepped(random, faults);
  for (let count = steps; count < CHUNK && faults.length === 0; count += 1) {
    const { isTaken, fault } = parsed(random);
    if (isTaken) accepted += 1;
    if (fault !== null) faults.push(fault);
  }
  return { seed, inputs: CHUNK, accepted, faults };
}
