import { readableKeys, type Id, type Instant, type Personal, type VaultView } from '@holdfast/protocol';
import { project } from '../project/project.js';
import type { Projection } from '../project/projection.js';
import type { Choice, DeviceState, Field, Message, Task, View } from '../view/types.js';
import { view } from '../view/view.js';
import { aDevice } from './a-projection.js';
import type { Walk } from './a-session.js';

/** What the vault of a filmed session holds, by owner. Nobody's. */
export const FILM_WORDS: VaultView = {
  c1: {
    name: 'C Name',
    callBackNumber: '+44 (20) 0000 0001',
    callerName: 'The service',
    address: '1 Test Street',
    contactName: 'E Name',
    contactNumber: '+44 20 0000 0002',
    backUpChannel: '+44 20 0000 0003',
  },
  p1: { name: 'P Name' },
  p2: { name: 'Q Name' },
  'duty-1': { name: 'D Name' },
  'safeguarding-1': { name: 'S Name' },
  interpreter: { name: 'I Name', callBackNumber: '+44 20 0000 0004' },
};

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'key' in value;

/** As it is by itself: said nothing of. */
const isUsual = (value: unknown): boolean =>
  value === false ||
  value === null ||
  value === undefined ||
  value === 'normal' ||
  (Array.isArray(value) && value.length === 0);

type Option = { readonly label: Message; readonly value?: unknown; readonly delayMs?: unknown };
const isOption = (value: unknown): value is Option =>
  typeof value === 'object' && value !== null && 'label' in value && isMessage(value.label);

/** Options whose words are those of their own value stand for themselves. */
function optionsOf(options: readonly Option[]): string {
  const prefixes = options.map(({ label, value }) =>
    label.params === undefined && label.key.endsWith(`.${String(value)}`)
      ? label.key.slice(0, -String(value).length)
      : null,
  );
  const [prefix = null] = prefixes;
  if (prefix !== null && prefixes.every((one) => one === prefix))
    return `${prefix}{${options.map(({ value }) => String(value)).join(' ')}}`;
  return `[${options.map(({ label, value, delayMs }) => `${String(value ?? delayMs)} ${shown(label)}`).join(', ')}]`;
}

function shown(value: unknown): string {
  if (isMessage(value)) {
    const { key, params = {} } = value;
    const filled = Object.entries(params).map(([name, word]) => `${name}: ${word}`);
    return filled.length === 0 ? `"${key}"` : `"${key}" (${filled.join(', ')})`;
  }
  if (!Array.isArray(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  return value.every(isOption) ? optionsOf(value) : `[${value.map(shown).join(', ')}]`;
}

/** Every field of it that is not as usual, by its name. */
const said = (of: object): string =>
  Object.entries(of)
    .filter(([, value]) => !isUsual(value))
    .map(([name, value]) => (value === true ? name : `${name}=${shown(value)}`))
    .join(' ');

const choiceLine = (of: string, { id, command, ...rest }: Choice): string =>
  `choice ${of}: ${id} ${said(rest)} ${JSON.stringify(command)}`;
const fieldLine = (of: string, { name, ...rest }: Field): string => `field ${of}: ${name} ${said(rest)}`;

const taskLines = (kind: string, { id, fields, choices, ...rest }: Task): string[] => [
  `${kind} ${id} ${said(rest)}`,
  ...fields.map((field) => fieldLine(id, field)),
  ...choices.map((one) => choiceLine(id, one)),
];

/** What comes after what: of lists whose lines stand for themselves. */
const orderLine = (name: string, of: readonly { readonly id: string }[]): string[] =>
  of.length < 2 ? [] : [`order of ${name}: ${of.map(({ id }) => id).join(', ')}`];

/** A screen as short lines, each of which says by itself what it is about. What is as usual is left out. */
export function linesOf(seen: View): readonly string[] {
  const {
    headline,
    explanation,
    notices,
    tasks,
    deadlines,
    facts,
    cannot,
    people,
    actions,
    reports,
    ...others
  } = seen;
  const { stage, whoActs, showsVideo, adjustments, line, ...whose } = others;
  return [
    `screen ${said(whose)}`,
    `stage ${said({ stage, whoActs, showsVideo })}`,
    `headline ${shown(headline)}`,
    ...explanation.map((one) => `explanation ${shown(one)}`),
    ...notices.map(({ id, ...one }) => `notice ${id} ${said(one)}`),
    ...orderLine('notices', notices),
    ...tasks.flatMap((one) => taskLines('task', one)),
    ...orderLine('tasks', tasks),
    ...deadlines.map(({ id, ...one }) => `deadline ${id} ${said(one)}`),
    ...orderLine('deadlines', deadlines),
    ...facts.map(({ id, ...one }) => `fact ${id} ${said(one)}`),
    ...orderLine('facts', facts),
    ...cannot.map(({ command, ...one }) => `cannot ${command} ${said(one)}`),
    ...people.map(({ id, ...one }) => `person ${id} ${said(one)}`),
    ...actions.map((one) => choiceLine('action', one)),
    ...orderLine('actions', actions),
    ...reports.flatMap((one) => taskLines('report', one)),
    ...(adjustments === null ? [] : [`adjustments ${JSON.stringify(adjustments)}`]),
    `line ${said(line)}`,
  ];
}

/** Of two lists of lines, what the first has more of. */
function beyond(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const one of others) left.set(one, (left.get(one) ?? 0) + 1);
  return lines.filter((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count <= 0;
  });
}

/** What a line is about. Where several of a kind stand side by side, that is all of it. */
function headOf(line: string): string {
  const [kind = '', first = '', second = ''] = line.split(' ');
  if (kind === 'explanation' || kind === 'cannot') return line;
  if (first === 'of') return `${kind} of ${second}`;
  if (kind === 'choice' || kind === 'field') return `${kind} ${first} ${second}`;
  return ['screen', 'stage', 'headline', 'line', 'adjustments'].includes(kind) ? kind : `${kind} ${first}`;
}

/** What went for good: a line that is only another now is among those that came, and with a task goes all that it asked. */
function goneOf(went: readonly string[], came: readonly string[]): readonly string[] {
  const gone = beyond(went.map(headOf), came.map(headOf)).filter((head) => !head.startsWith('order of '));
  const tasks = gone.filter((head) => /^(task|report) /.test(head)).map((head) => `${head.split(' ')[1]}:`);
  const parts = new Map<string, string[]>();
  for (const [kind = '', of = '', name = ''] of gone.map((head) => head.split(' ')))
    if (isPart(kind) && !tasks.includes(of)) parts.set(of, [...(parts.get(of) ?? []), `${kind} ${name}`]);
  return [
    ...gone.filter((head) => !isPart(head.split(' ')[0] ?? '')),
    ...[...parts].map(([of, names]) => `of ${of} ${names.join(', ')}`),
  ];
}
const isPart = (kind: string): boolean => kind === 'choice' || kind === 'field';

/** How a film begins, and what it is read with. */
export interface FilmOptions {
  /** What the vault holds; each person reads of it what is theirs to read. Default {@link FILM_WORDS}. */
  readonly words?: VaultView;
  /** The first screens stand in another film: only what becomes of them is shown. Default false. */
  readonly isGoingOn?: boolean;
}

/**
 * A session as those who matter see it: frame by frame what comes to each screen and what goes from it. A line that stays
 * is not said again.
 */
export class Film {
  private readonly frames: string[] = [];
  private readonly last = new Map<Id, readonly string[]>();
  private readonly devices = new Map<Id, Partial<DeviceState>>();
  private readonly words: VaultView;
  private readonly people: readonly Id[];
  /** What it is filmed of. */
  readonly walk: Walk;

  constructor(
    walk: Walk,
    people: readonly Id[],
    { words = FILM_WORDS, isGoingOn = false }: FilmOptions = {},
  ) {
    this.walk = walk;
    this.people = people;
    this.words = words;
    if (isGoingOn) for (const person of people) this.last.set(person, this.linesFor(walk, person));
  }

  /** All of it, for a snapshot. */
  get text(): string {
    return `\n${this.frames.join('\n\n')}\n`;
  }

  /** From now on this person's device knows this of itself, until it is said anew. */
  on(person: Id, device: Partial<DeviceState>): this {
    this.devices.set(person, device);
    return this;
  }

  /** What is different on each screen, as it is now. */
  frame(what: string): this {
    const changes = this.people.map((person) => {
      const lines = this.linesFor(this.walk, person);
      const change = this.changeOf(person, lines);
      this.last.set(person, lines);
      return change;
    });
    return this.keep(`# ${what}`, this.walk.nowMs, changes);
  }

  /** Something happens; then what is different on each screen. @throws Error when a command in it was refused. */
  step(what: string, act: (walk: Walk) => unknown): this {
    play(this.walk, act, what);
    return this.frame(what);
  }

  /** What would be different on each screen if this happened instead of what comes next. */
  aside(what: string, act: (walk: Walk) => unknown): this {
    const other = this.walk.fork();
    play(other, act, what);
    const changes = this.people.map((person) => this.changeOf(person, this.linesFor(other, person)));
    return this.keep(`~ or: ${what}`, other.nowMs, changes);
  }

  private changeOf(person: Id, lines: readonly string[]): string {
    const before = this.last.get(person) ?? [];
    const came = beyond(lines, before);
    const went = goneOf(beyond(before, lines), came);
    if (went.length + came.length === 0) return `${person}: as before`;
    return [`${person}:`, ...went.map((line) => `  - ${line}`), ...came.map((line) => `  + ${line}`)].join(
      '\n',
    );
  }

  private keep(what: string, atMs: Instant, changes: readonly string[]): this {
    this.frames.push([`${what} [${atMs / 1000} s]`, ...changes].join('\n'));
    return this;
  }

  private linesFor(walk: Walk, person: Id): readonly string[] {
    const held = project(walk.session, person);
    if (held === null) throw new Error(`${person} is not of the session`);
    const known = project(walk.session, person, this.wordsFor(walk, person, held));
    const media = held.role === 'client' || held.role === 'practitioner' ? 'up' : 'none';
    const device = aDevice({ lastHeardAtMs: walk.nowMs, media, ...this.devices.get(person) });
    return linesOf(view(known ?? held, device, walk.nowMs));
  }

  private wordsFor({ session }: Walk, id: Id, held: Projection): VaultView {
    const isAlerted = held.role === 'practitioner' || ('care' in held && held.care !== null);
    const owners = session.people.map((owner) => {
      const readable = readableKeys({ id, role: held.role, isAlerted }, owner);
      const words = Object.entries(this.words[owner.id] ?? {}) as [keyof Personal, string][];
      return [owner.id, Object.fromEntries(words.filter(([key]) => readable.includes(key)))] as const;
    });
    return Object.fromEntries(owners.filter(([, words]) => Object.keys(words).length > 0));
  }
}

function play(walk: Walk, act: (walk: Walk) => unknown, what: string): void {
  walk.lastRefusal = null;
  act(walk);
  if (walk.lastRefusal !== null) throw new Error(`${what}: refused, ${JSON.stringify(walk.lastRefusal)}`);
}
