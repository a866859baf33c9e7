import type { Actor, Input } from '@holdfast/protocol';
import type { Session } from '@holdfast/session/authority';
import { circumstances } from '../../packages/session/src/step/circumstances.js';
import type { Circumstances, Concept, Emitted } from '../../packages/session/src/step/concept.js';
import { search } from './search.js';
import { listen } from './talk.js';
import { inputsOf, moved, together, type Pair, type World } from './together.js';

/** An event that some machine emits, as the others hear it. */
export interface Utterance {
  readonly message: Emitted;
  readonly by: Actor;
  readonly atMs: number;
}

/** What is known of the machines before any is looked at closely. */
export interface Survey {
  /** Who hears whom. A machine that hears itself is a pair of its own. */
  readonly pairs: readonly Pair[];
  readonly utterances: readonly Utterance[];
  /** Sessions that differ in what a machine may know of the others. */
  readonly surroundings: readonly World[];
}

const MOST_SURROUNDINGS = 40;
const MOST_OF_KIND = 16;

/** Ids of runs, calls, absences: the first and the second are alike. */
export const plainIds = (text: string): string => text.replaceAll(/\.([A-Za-z]+)\d+/g, '.$1n');

const likeness = ({ type, subject, outcome, details = {}, alert }: Emitted, by: Actor): string => {
  const words = Object.entries(details).map(([name, value]) =>
    typeof value === 'number' ? name : `${name} ${String(value)}`,
  );
  return plainIds(JSON.stringify([type, subject, outcome ?? null, words, alert ?? null, by.person]));
};

/** The names of fields with their values, as far as a machine's guards may ask for them. */
export const fieldsOf = ({ limits: _, staff: __, ...rest }: Circumstances): readonly string[] =>
  Object.entries(rest).map(([name, value]) => `${name} ${plainIds(JSON.stringify(value))}`);

/** Worlds that show two values together which no world before showed together. */
function differing(worlds: readonly World[]): readonly World[] {
  const seen = new Set<string>();
  return worlds
    .filter(({ session }) => {
      const fields = fieldsOf(circumstances(session));
      const both = fields.flatMap((one, index) => fields.slice(index).map((other) => `${one} ${other}`));
      const fresh = both.filter((pair) => !seen.has(pair));
      for (const pair of fresh) seen.add(pair);
      return fresh.length > 0;
    })
    .slice(0, MOST_SURROUNDINGS);
}

/** What the machines say in one step, when nothing like it was heard before. */
class Ear {
  readonly pairs = new Map<string, Pair>();
  readonly utterances = new Map<string, Utterance>();
  private readonly seen = new Set<string>();
  private readonly ofKind = new Map<string, number>();

  private readonly concepts: readonly Concept[];

  constructor(concepts: readonly Concept[]) {
    this.concepts = concepts;
  }

  hear(before: Session, input: Input, kinds: readonly string[]): void {
    const sound = kinds.join(' ');
    if (kinds.length === 0 || this.seen.has(sound)) return;
    this.seen.add(sound);
    for (const { emitter, message, hearers } of listen(this.concepts, before, input)) {
      for (const hearer of hearers) this.pairs.set(`${emitter} ${hearer}`, [emitter, hearer]);
      this.keep({ message, by: input.from, atMs: input.atMs });
    }
  }

  private keep(utterance: Utterance): void {
    const like = likeness(utterance.message, utterance.by);
    const count = this.ofKind.get(utterance.message.type) ?? 0;
    if (this.utterances.has(like) || count >= MOST_OF_KIND) return;
    this.ofKind.set(utterance.message.type, count + 1);
    this.utterances.set(like, utterance);
  }
}

/**
 * Walks whole sessions, each chart by itself, and notes what the machines say to each other, who hears it, and in how many
 * ways the surroundings of a machine can differ.
 *
 * @param most Transitions of the walk.
 */
export function survey(concepts: readonly Concept[], most: number): Survey {
  const ear = new Ear(concepts);
  const visited: World[] = [];
  const lonely: readonly Pair[] = concepts.map(({ name }) => [name, name]);
  search({
    ...together(lonely, most),
    *moves(world) {
      for (const [name, input] of inputsOf(world)) {
        const move = moved(world, name, input);
        const news = move.state.events.slice(world.events.length);
        ear.hear(
          world.session,
          input,
          news.map(({ kind, outcome }) => `${kind}/${String(outcome)}`),
        );
        yield move;
      }
    },
    wrong: ({ state }) => {
      visited.push(state);
      return null;
    },
  });
  return {
    pairs: [...ear.pairs.values()],
    utterances: [...ear.utterances.values()],
    surroundings: differing(visited),
  };
}
