import {
  COMMAND_RULES,
  isCommandType,
  type Effect,
  type Input,
  type ProtocolEvent,
} from '@holdfast/protocol';
import { nextDeadline, step, type Session } from '@holdfast/session/authority';
import {
  admitted,
  aLiveMeeting,
  aLiveSession,
  aWaitingSession,
  aWalk,
  CLIENT,
  PARTICIPANTS,
  PRACTITIONER,
  type Walk,
} from '@holdfast/session/testing';
import { wrong, wrongNow } from '../properties/invariants.js';
import { inputOf, NARROW, sayings } from './alphabet.js';
import { wrongMove } from './invariants.js';
import type { Move, Node, System } from './search.js';
import { coarseShape } from './shape.js';

/** A whole session at an instant, with what has come out of it so far. */
export interface World {
  readonly session: Session;
  readonly nowMs: number;
  readonly events: readonly ProtocolEvent[];
  readonly effects: readonly Effect[];
}

const worldOf = ({ session, nowMs, events, effects }: Walk): World => ({
  session,
  nowMs,
  events: [...events],
  effects: [...effects],
});

/** Where the search begins: the quickest ways into the stages of a session. Everything else it finds by itself. */
export const STARTS: readonly (readonly [string, World])[] = [
  ['a new session', worldOf(aWalk())],
  ['a client who waits', worldOf(aWaitingSession())],
  ['a live session', worldOf(aLiveSession())],
  [
    'a live session with risk',
    worldOf(aLiveSession().say(PRACTITIONER, { type: 'risk.raise', client: CLIENT })),
  ],
  ['a lost contact', worldOf(aLiveSession().cut().by(2000))],
  ['a decision that is due', worldOf(aLiveSession().cut().by(480_000))],
  ['a list that is used up', worldOf(aLiveSession().cut().by(720_000))],
  [
    'others in the room',
    worldOf(
      PARTICIPANTS.reduce((walk, { id }) => admitted(walk, id), aLiveSession({ others: PARTICIPANTS })),
    ),
  ],
  ['a joint meeting', worldOf(aLiveMeeting().of(CLIENT))],
];

const CLOCK = { person: null, role: null, source: 'clock', device: null } as const;
const clockAt = (atMs: number): Input => ({
  id: `t${atMs}`,
  atMs,
  saidAtMs: null,
  from: CLOCK,
  body: { type: 'clock.reached' },
});

/** Long enough that several deadlines pass while nobody looked: a session server that was asleep. */
const LATE_MS = 400_000;

/**
 * What can happen next, as inputs: everything that can be said, now and at the instant of the next deadline, before it
 * fires; the deadline itself; and a clock that comes too late.
 */
export function* inputsOf({ session, nowMs }: World): Generator<readonly [name: string, input: Input]> {
  const dueMs = nextDeadline(session);
  if (dueMs !== null) {
    const atMs = Math.max(nowMs, dueMs);
    yield ['the next deadline passes', clockAt(atMs)];
    yield ['the clock comes too late', clockAt(atMs + LATE_MS)];
  }
  for (const saying of sayings(session, nowMs, NARROW)) {
    if (isCommandType(saying.body.type) && isBarredByTable(session, saying.from.role, saying.body.type))
      continue;
    yield [saying.name, inputOf(saying, nowMs)];
    if (dueMs !== null && dueMs > nowMs)
      yield [`${saying.name} as the next deadline is due`, inputOf(saying, dueMs)];
  }
}

/** The table of roles has tests of its own for every cell: what it bars changes nothing. */
function isBarredByTable(
  { charts }: Session,
  role: string | null,
  type: keyof typeof COMMAND_RULES,
): boolean {
  const stage = charts['lifecycle:session']?.value;
  const { roles, while: states } = COMMAND_RULES[type];
  const stages = states.lifecycle;
  return !roles.some((own) => own === role) || (stages !== undefined && !stages.some((own) => own === stage));
}

/** One input through the real `step`, with everything that must hold of a move. */
export function moved(before: World, name: string, input: Input): Move<World> {
  try {
    const { session, events, effects, refusal } = step(before.session, input);
    const nowMs = input.atMs;
    const state = {
      session,
      nowMs,
      events: events.length === 0 ? before.events : [...before.events, ...events],
      effects: effects.length === 0 ? before.effects : [...before.effects, ...effects],
    };
    const problem = wrongNow(state) ?? wrongMove({ before: before.session, input, session, events, refusal });
    return { name, state, problem };
  } catch (cause) {
    return { name, state: before, problem: `step throws: ${String(cause)}` };
  }
}

/** Two machines that talk to each other. */
export type Pair = readonly [emitter: string, hearer: string];

/** As it stands at the beginning of each of its configurations. */
export const nameOf = ([one, other]: Pair): string => `${one} with ${other}`;

/** The charts of a concept in this session, each as the other machine can tell it apart. */
const shapesOf = (session: Session, concept: string): readonly string[] => [
  ...new Set(
    Object.entries(session.charts)
      .filter(([key]) => key.startsWith(`${concept}:`))
      .map(([, chart]) => coarseShape(chart)),
  ),
];

function keysOf(session: Session, pairs: readonly Pair[]): readonly string[] {
  const concepts = [...new Set(pairs.flat())];
  const shapes = new Map(concepts.map((concept) => [concept, shapesOf(session, concept)]));
  return pairs.flatMap((pair) =>
    (shapes.get(pair[0]) ?? []).flatMap((own) =>
      (shapes.get(pair[1]) ?? []).map((theirs) => `${nameOf(pair)}: ${own} | ${theirs}`),
    ),
  );
}

/**
 * All pairs at once: whole sessions through the real `step`, breadth first. A session is looked at further when it shows a
 * pair of charts that was not seen together before.
 */
export const together = (pairs: readonly Pair[], most: number): System<World> => ({
  name: 'pairs',
  starts: STARTS,
  *moves(world) {
    for (const [name, input] of inputsOf(world)) yield moved(world, name, input);
  },
  keysOf: ({ session }) => keysOf(session, pairs),
  wrong: ({ state }: Node<World>) => wrong(state),
  most,
});
