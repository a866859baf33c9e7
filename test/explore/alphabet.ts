import {
  Command,
  COMMAND_RULES,
  Fact,
  FACT_SOURCES,
  ITEM_RULES,
  isCommandType,
  ITEMS,
  type Actor,
  type CommandType,
  type FactType,
  type Input,
  type Role,
} from '@holdfast/protocol';
import { clientOf, type Session } from '@holdfast/session/authority';
import { ANSWERS, deviceOf } from '@holdfast/session/testing';
import { valuesOf, type Pool, type Schema } from './values.js';

/** One thing that somebody can say or state, with a name for the path to a violation. */
export interface Saying {
  readonly name: string;
  readonly from: Actor;
  readonly body: Command | Fact;
}

/** Time is a move of its own; what no machine hears is not a letter of any alphabet. */
const NOT_SAID: readonly FactType[] = ['clock.reached', 'sink.failed', 'sink.recovered', 'input.refused'];

/** Fields that name a person. Whoever is not of the session is one of them. */
const OF_PEOPLE = ['person', 'to', 'by', 'owner', 'fellow'];
const MOST_WORDS = 8;

/** How much of all combinations is said. */
export interface Width {
  /** Of each role so many people: the second of the duty list is not the first. */
  readonly ofRole: number;
  /** Above this many combinations of one command its values vary one by one. */
  readonly most: number;
}
export const WIDE: Width = { ofRole: 2, most: 160 };
export const NARROW: Width = { ofRole: 1, most: 1 };

/** What stands in the charts under a name, wherever: `run` in the run, `attempt` in the run, `step` in a list. */
function keptUnder(session: Session, field: string): readonly unknown[] {
  const found: unknown[] = [];
  const look = (value: unknown, name: string): void => {
    if (Array.isArray(value)) for (const one of value) look(one, name);
    else if (value !== null && typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) look(inner, key);
    else if (name === field || name === `${field}s`) found.push(value);
  };
  for (const chart of Object.values(session.charts)) look(chart.context, '');
  return [...new Set(found)];
}

const instancesOf = (session: Session, concept: string): readonly string[] =>
  Object.keys(session.charts)
    .filter((key) => key.startsWith(`${concept}:`))
    .map((key) => key.slice(concept.length + 1));

/** Some of each role, the practitioner and the client first. */
function somePeople(
  { people }: Session,
  { ofRole }: Width,
): readonly { readonly id: string; readonly role: Role }[] {
  return people.filter(
    ({ role }, index) => people.slice(0, index).filter((other) => other.role === role).length < ofRole,
  );
}

/** Words and numbers of this session, so that what is said can mean something in it; and one of each that cannot. */
function poolOf(session: Session, nowMs: number, width: Width): Pool {
  const people = somePeople(session, width).map(({ id }) => id);
  const words = (field: string): readonly string[] => {
    if (field === 'client') return [clientOf(session)];
    const kept = keptUnder(session, field).filter((value) => typeof value === 'string');
    const own = field === 'alert' || field === 'run' ? [] : instancesOf(session, field);
    const known = field === 'alert' ? instancesOf(session, 'alert').slice(-4) : [...kept.slice(-3), ...own];
    const persons = OF_PEOPLE.includes(field) ? people : [];
    return [...new Set([...known, ...persons, 'x1', '2027-01-01'])].slice(-MOST_WORDS);
  };
  const numbers = (field: string): readonly number[] => {
    if (field.endsWith('Ms')) return [Math.max(0, nowMs - 1500), nowMs, nowMs + 30_000];
    const kept = keptUnder(session, field).filter((value) => typeof value === 'number');
    return [...new Set([...kept, 1])];
  };
  return { words, numbers, most: width.most };
}

/** Every item with a proper answer, with each other word that it takes, and with each statement turned round. */
function itemAnswers(): readonly Command[] {
  return ITEMS.flatMap((item): readonly Command[] => {
    const proper = ANSWERS[item];
    const flags = Object.entries(proper.flags ?? {});
    return [
      proper,
      ...ITEM_RULES[item].answers
        .filter((answer) => answer !== proper.answer)
        .map((answer): Command => ({ type: 'item.answer', item, answer })),
      ...flags.map(([flag, value]): Command => ({
        ...proper,
        flags: { ...proper.flags, [flag]: !value },
      })),
      { type: 'item.answer', item, answer: 'confirmed' },
    ];
  });
}

interface Option {
  readonly type: string;
  readonly schema: Schema;
}
/** The members of a union that `type` tells apart. */
const optionsOf = (union: typeof Command | typeof Fact): readonly Option[] =>
  union.def.options.map((schema) => ({ type: schema.shape.type.def.values[0] ?? '', schema }));
const COMMANDS = optionsOf(Command);
const FACTS = optionsOf(Fact);

const bodiesOf = (type: string, schema: Schema, pool: Pool): readonly (Command | Fact)[] =>
  type === 'item.answer' ? itemAnswers() : (valuesOf(schema, type, pool) as readonly (Command | Fact)[]);

const sayingOf = (from: Actor, body: Command | Fact): Saying => ({
  name: `${from.person ?? from.source} ${JSON.stringify(body)}`,
  from,
  body,
});

/** A device speaks for its own person: what says otherwise is stopped at the edge, not by a machine. */
const isOwnDevice = (body: object): boolean =>
  !('device' in body) || !('person' in body) || String(body.device).startsWith(`${String(body.person)}.`);

type Only = (type: string) => boolean;

function commandsOf(session: Session, pool: Pool, width: Width, only: Only): readonly Saying[] {
  return COMMANDS.filter(({ type }) => only(type)).flatMap(({ type, schema }) => {
    const { roles } = COMMAND_RULES[type as CommandType];
    const senders = somePeople(session, width).filter(({ role }) => roles.includes(role));
    return bodiesOf(type, schema, pool).flatMap((body) =>
      senders.map(({ id: person, role }) =>
        sayingOf({ person, role, source: 'device', device: deviceOf(person) }, body),
      ),
    );
  });
}

function factsOf(session: Session, pool: Pool, only: Only): readonly Saying[] {
  const sides = somePeople(session, WIDE).filter(({ role }) => role === 'client' || role === 'practitioner');
  const devices = sides.flatMap(({ id }) => [deviceOf(id), `${id}.b`]);
  const withDevices: Pool = {
    words: (field) =>
      field === 'device' ? devices : field === 'person' ? sides.map(({ id }) => id) : pool.words(field),
    most: pool.most,
    // A fact says what was: nothing after now.
    numbers: (field) => pool.numbers(field).slice(0, 2),
  };
  return FACTS.filter(({ type }) => only(type) && !NOT_SAID.includes(type as FactType)).flatMap(
    ({ type, schema }) =>
      bodiesOf(type, schema, withDevices)
        .filter((body) => isOwnDevice(body) && !('verdict' in body && body.verdict !== 'unknown'))
        .map((body) => sayingOf(speakerOf(session, type as FactType, body), body)),
  );
}

function speakerOf(session: Session, type: FactType, body: object): Actor {
  const source = FACT_SOURCES[type][0] ?? 'server';
  if (source !== 'device') return { person: null, role: null, source, device: null };
  const device = 'device' in body ? String(body.device) : null;
  const person = 'person' in body ? String(body.person) : (device?.slice(0, device.indexOf('.')) ?? null);
  const role = session.people.find(({ id }) => id === person)?.role ?? null;
  return { person, role, source, device: device ?? deviceOf(person ?? '') };
}

/**
 * Everything that can be said or stated in this session, by everybody who may: each command and fact of the protocol, each
 * word of its lists. A new command is found here by itself.
 *
 * @param only Which commands and facts; all by default.
 */
export function sayings(
  session: Session,
  nowMs: number,
  width: Width,
  only: Only = () => true,
): readonly Saying[] {
  const pool = poolOf(session, nowMs, width);
  return [...commandsOf(session, pool, width, only), ...factsOf(session, { ...pool, most: WIDE.most }, only)];
}

/** A saying as an input of `step`. */
export const inputOf = ({ from, body }: Saying, atMs: number): Input => ({
  id: `${isCommandType(body.type) ? 'c' : 'f'}${atMs}`,
  atMs,
  saidAtMs: null,
  from,
  body,
});
