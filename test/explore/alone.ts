import type { Actor } from '@holdfast/protocol';
import type { ChartKey, ChartState, Session } from '@holdfast/session/authority';
import { aSession } from '@holdfast/session/testing';
import { initialTransition, type AnyStateMachine } from 'xstate';
import { circumstances } from '../../packages/session/src/step/circumstances.js';
import type { Circumstances, Concept, Message } from '../../packages/session/src/step/concept.js';
import { NARROW, sayings, WIDE, type Width } from './alphabet.js';
import { wrongChart } from './invariants.js';
import { search, type Found, type Move, type System } from './search.js';
import { coarseShape, fineShape, partsShapes } from './shape.js';
import { plainIds, type Survey, type Utterance } from './survey.js';
import { tell } from './talk.js';
import type { World } from './together.js';

/** One chart by itself, at an instant. */
interface Solo {
  readonly instance: string;
  readonly chart: ChartState;
  readonly nowMs: number;
}

/** A message as it reaches the chart. */
interface Letter {
  readonly name: string;
  readonly message: Message;
  readonly by: Actor;
}

const CLOCK: Actor = { person: null, role: null, source: 'clock', device: null };
const LATE_MS = 400_000;
/** A run that is late opens its few attempts one after the other; this many are no end. */
const MOST_PASSES = 20;

const keyOf = (concept: Concept, instance: string): ChartKey => `${concept.name}:${instance}`;
const place = (session: Session, key: ChartKey, chart: ChartState): Session => ({
  ...session,
  charts: { ...session.charts, [key]: chart },
});

/** Ids that this chart knows: an event about "the run" is heard as one about the run that the chart has now. */
function ownIds(chart: ChartState): ReadonlyMap<string, string> {
  const texts = [...JSON.stringify(chart.context).matchAll(/"([^"]*\.[A-Za-z]+\d+[^"]*)"/g)];
  return new Map(texts.map(([, id = '']) => [plainIds(id), id]));
}

/** The event with this chart's ids, at this chart's instant: what was a second ago is a second ago. */
function heardAs({ message, atMs }: Utterance, ids: ReadonlyMap<string, string>, nowMs: number): Message {
  const swap = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return ids.get(plainIds(value)) ?? value;
    if (typeof value === 'number') return name.endsWith('Ms') ? Math.max(0, value - atMs + nowMs) : value;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, swap(inner, key)]));
  };
  return swap(message, '') as Message;
}

/** The machine with what surrounds it: each message is told in every surroundings that the machine's guards tell apart. */
class Alone {
  private readonly worlds: readonly World[];
  private readonly people: readonly string[];

  /** Fields of the context that guards asked for so far. */
  readonly asked = new Set<string>();
  private readonly concept: Concept;
  private readonly known: Survey;
  /** Narrower once it is clear that not everything can be looked at. */
  width: Width = WIDE;
  /** Commands and facts that concern it in some surroundings. */
  private readonly listensTo: ReadonlySet<string>;

  constructor(concept: Concept, known: Survey) {
    this.known = known;
    this.concept = { ...concept, machine: askedOf(concept.machine, this.asked) };
    this.worlds = known.surroundings;
    this.people = aSession().people.map(({ id }) => id);
    this.listensTo = new Set(
      this.worlds.flatMap(({ session, nowMs }) =>
        sayings(session, nowMs, NARROW)
          .filter(({ body }) => concept.concerns(body, session).length > 0)
          .map(({ body }) => body.type),
      ),
    );
  }

  /** Every chart that a session begins with, and every chart that an event makes. */
  starts(): readonly (readonly [string, Solo])[] {
    const session = aSession();
    const first = this.concept.startsWith(session).map((instance): readonly [string, Solo] => {
      const input = { instance, session, message: null, atMs: 0 };
      const [made] = initialTransition(this.concept.machine, input as never);
      const chart = { value: made.value, context: made.context as ChartState['context'] };
      return [instance, { instance, chart, nowMs: 1000 }];
    });
    return [...first, ...this.known.utterances.flatMap((utterance) => this.madeBy(utterance))];
  }

  private madeBy({ message, by, atMs }: Utterance): readonly (readonly [string, Solo])[] {
    return this.worlds.flatMap(({ session }) =>
      this.concept
        .concerns(message, session)
        .filter((instance) => session.charts[keyOf(this.concept, instance)] === undefined)
        .map((instance): readonly [string, Solo] => {
          const told = { atMs, by, now: circumstances(session) };
          const { chart } = tell(this.concept, instance, null, message, session, told);
          return [`${message.type} makes ${instance}`, { instance, chart, nowMs: atMs }];
        }),
    );
  }

  fine = ({ chart, nowMs }: Solo): readonly string[] => [fineShape(chart, nowMs, this.people, this.asked)];
  coarse = ({ chart }: Solo): readonly string[] => [coarseShape(chart)];
  parts = ({ chart }: Solo): readonly string[] => partsShapes(chart);

  *moves(solo: Solo): Generator<Move<Solo>> {
    const { chart, nowMs } = solo;
    const rooms = this.rooms(solo);
    const [due] = Object.entries(chart.context.deadlines).toSorted(([, a], [, b]) => a - b);
    if (due !== undefined) yield* this.passes(solo, due, rooms);
    const dueMs = due === undefined ? nowMs : Math.max(nowMs, due[1]);
    for (const atMs of dueMs === nowMs ? [nowMs] : [nowMs, dueMs]) {
      const when = atMs === nowMs ? '' : ` as ${String(due?.[0])} is due`;
      for (const letter of this.letters(solo, atMs, rooms))
        yield* this.told(solo, { ...letter, name: `${letter.name}${when}` }, atMs, rooms);
    }
  }

  /** Its earliest deadline, at its instant and far too late. `step` has taken it out of the chart before. */
  private *passes(
    solo: Solo,
    [deadline, dueAtMs]: [string, number],
    rooms: readonly Room[],
  ): Generator<Move<Solo>> {
    const { [deadline]: _, ...deadlines } = solo.chart.context.deadlines;
    const chart = { ...solo.chart, context: { ...solo.chart.context, deadlines } };
    const message: Message = { type: 'deadline.passed', deadline, dueAtMs };
    for (const [name, atMs] of [
      [`${deadline} passes`, Math.max(solo.nowMs, dueAtMs)],
      [`${deadline} passes late`, Math.max(solo.nowMs, dueAtMs + LATE_MS)],
    ] as const)
      for (const move of this.told({ ...solo, chart }, { name, message, by: CLOCK }, atMs, rooms))
        yield { ...move, problem: move.problem ?? this.endless(move.state, deadline, rooms) };
  }

  /** A deadline that, as often as it passes, is due again at that instant: `step` would never come to an end. */
  private endless(passed: Solo, deadline: string, [room]: readonly Room[]): string | null {
    if (room === undefined) return null;
    let { chart } = passed;
    for (let times = 0; times < MOST_PASSES; times += 1) {
      const { [deadline]: dueAtMs, ...deadlines } = chart.context.deadlines;
      if (dueAtMs === undefined || dueAtMs > passed.nowMs) return null;
      const message: Message = { type: 'deadline.passed', deadline, dueAtMs };
      const without = { ...chart, context: { ...chart.context, deadlines } };
      const told = { atMs: passed.nowMs, by: CLOCK, now: room.now };
      ({ chart } = tell(this.concept, passed.instance, without, message, room.session, told));
    }
    return `endless: ${deadline} passes and is due again at once, time and again`;
  }

  private letters({ instance, chart }: Solo, atMs: number, rooms: readonly Room[]): readonly Letter[] {
    const session = rooms[0]?.session;
    if (session === undefined) return [];
    const only = (type: string): boolean => this.listensTo.has(type);
    const said = sayings(session, atMs, this.width, only).map(({ name, body, from }) => ({
      name,
      message: body,
      by: from,
    }));
    const ids = ownIds(chart);
    const heard = this.known.utterances.map((utterance): Letter => {
      const message = heardAs(utterance, ids, atMs);
      return { name: `hears ${message.type}`, message, by: utterance.by };
    });
    return [...said, ...heard].filter(({ message }) =>
      this.concept.concerns(message, session).includes(instance),
    );
  }

  /** The surroundings with this chart in them. */
  private rooms({ instance, chart }: Solo): readonly Room[] {
    const key = keyOf(this.concept, instance);
    const rooms = this.worlds.map(({ session }) => {
      const own = place(session, key, chart);
      const now = circumstances(own);
      return { session: own, now, words: new Map<string, string>() };
    });
    const distinct = new Map(
      rooms.map((room) => [JSON.stringify({ ...room.now, limits: 0, staff: 0 }), room]),
    );
    return [...distinct.values()];
  }

  /** Rooms that agree in all that was asked for give the same answer: one of them is enough. */
  private *told(
    solo: Solo,
    { name, message, by }: Letter,
    atMs: number,
    rooms: readonly Room[],
  ): Generator<Move<Solo>> {
    let left = rooms;
    for (let [room] = left; room !== undefined; [room] = left) {
      const current = room;
      const asked = new Set<string>();
      const now = asking(current.now, asked);
      yield this.answered(solo, name, message, { atMs, by, now }, current.session);
      left = left.filter(
        (other) => other !== current && [...asked].some((field) => differs(other, current, field)),
      );
    }
  }

  private answered(
    { instance, chart: before }: Solo,
    name: string,
    message: Message,
    told: { readonly atMs: number; readonly by: Actor; readonly now: Circumstances },
    session: Session,
  ): Move<Solo> {
    const { atMs } = told;
    try {
      const { chart, emitted, refused } = tell(this.concept, instance, before, message, session, told);
      const problem = wrongChart({ before, message, atMs, chart, emitted, isRefused: refused !== null });
      return { name, state: { instance, chart, nowMs: atMs }, problem };
    } catch (cause) {
      return { name, state: { instance, chart: before, nowMs: atMs }, problem: `throws: ${String(cause)}` };
    }
  }
}

/** One surroundings, and what its fields are as text. */
interface Room {
  readonly session: Session;
  readonly now: Circumstances;
  readonly words: Map<string, string>;
}

const wordOf = ({ now, words }: Room, field: string): string => {
  const known = words.get(field);
  if (known !== undefined) return known;
  const word = JSON.stringify((now as unknown as Readonly<Record<string, unknown>>)[field]);
  words.set(field, word);
  return word;
};
const differs = (one: Room, other: Room, field: string): boolean =>
  wordOf(one, field) !== wordOf(other, field);

/** An object that notes which of its fields are asked for. */
const asking = <T extends object>(about: T, asked: Set<string>): T =>
  new Proxy(about, {
    get: (target, field, receiver) => {
      if (typeof field === 'string') asked.add(field);
      return Reflect.get(target, field, receiver) as unknown;
    },
  });

type Guard = (args: { readonly context: object }, params: unknown) => boolean;

/** The same machine, noting which fields of the context its guards ask for. */
function askedOf(machine: AnyStateMachine, asked: Set<string>): AnyStateMachine {
  const guards = Object.entries(machine.implementations.guards as Readonly<Record<string, Guard>>).map(
    ([name, guard]): readonly [string, Guard] => [
      name,
      (args, params) => guard({ ...args, context: asking(args.context, asked) }, params),
    ],
  );
  return machine.provide({ guards: Object.fromEntries(guards) } as never);
}

/** Guards are learned while the search runs: it starts anew with what they ask for, until they ask for nothing more. */
const MOST_ROUNDS = 4;

/** What was found of one machine, and how its configurations were told apart. */
export type FoundAlone = Found & { readonly how: string };

const STATES = 'told apart by states, deadlines and flags';

/**
 * Every configuration of one machine that its own alphabet leads to. When there are too many as its guards tell them
 * apart, they are told apart by states, deadlines and flags; when these are too many, each two of its parts are seen
 * together.
 *
 * @param most Transitions of one search.
 */
export function alone(concept: Concept, known: Survey, most: number): FoundAlone {
  const machine = new Alone(concept, known);
  const searched = (keysOf: System<Solo>['keysOf']): Found =>
    search({
      name: concept.name,
      starts: machine.starts(),
      moves: (solo) => machine.moves(solo),
      keysOf,
      wrong: () => null,
      most,
    });
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const before = machine.asked.size;
    const fine = searched(machine.fine);
    if (fine.violations.length > 0) return { ...fine, how: 'told apart as the guards do' };
    if (!fine.isWhole) break;
    if (machine.asked.size === before) return { ...fine, how: 'told apart as the guards do' };
  }
  machine.width = NARROW;
  const coarse = searched(machine.coarse);
  if (coarse.isWhole || coarse.violations.length > 0) return { ...coarse, how: STATES };
  const parts = searched(machine.parts);
  const how = `${STATES}, cut short; each two of its parts${parts.isWhole ? '' : ', cut short'}`;
  const transitions = coarse.transitions + parts.transitions;
  return { ...coarse, transitions, violations: parts.violations, how };
}
