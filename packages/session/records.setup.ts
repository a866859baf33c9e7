import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ProtocolEvent } from '@holdfast/protocol';
import fc from 'fast-check';
import { afterEach, beforeEach, expect } from 'vitest';
import { packSession, type Session } from './src/authority/index.js';
import { aLiveSession, aWaitingSession, Walk } from './src/testing/a-session.js';

/*
 * Each test of a machine's folder also holds the records that its walks leave and what its charts then keep, in
 * __snapshots__ beside it: a rule is kept when the right thing happens, at the right instant, and the record says so. Hosts
 * keep these events for years, so that a changed one is a change that somebody looks at.
 * `npx vitest run --project unit packages/session -u` writes them anew.
 */

const lineOf = ({ kind, rules, subject, actor, occurredAtMs, from, to, outcome, details }: ProtocolEvent) =>
  [
    `${occurredAtMs} ${kind} [${rules.join(' ')}]`,
    subject === null ? '' : `${subject.kind} ${subject.id}`,
    actor.person === null ? `by the ${actor.source}` : `by ${actor.person}`,
    from === null && to === null ? '' : `${from} > ${to}`,
    outcome ?? '',
    Object.keys(details).length === 0 ? '' : JSON.stringify(details),
  ]
    .filter((part) => part !== '')
    .join(' | ');

/** The names of events that stand in the sources of a folder: those that its machine emits or hears. */
function kindsOf(folder: string): ReadonlySet<string> {
  const sources = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const text = sources.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('\n');
  return new Set([...text.matchAll(/'([a-zA-Z]+\.[a-zA-Z]+)'/g)].map(([, kind = '']) => kind));
}

const recorded = new Map<Walk, ProtocolEvent[]>();
/** Modules are shared by the files of a run, and this runs anew for each. */
const takes: { take: Walk['take'] & { readonly plain?: Walk['take'] } } = Walk.prototype;
const plain = takes.take.plain ?? takes.take;
takes.take = Object.assign(
  function (this: Walk, ...told: Parameters<Walk['take']>) {
    const before = this.events.length;
    plain.apply(this, told);
    const own = recorded.get(this) ?? [];
    recorded.set(this, own);
    own.push(...this.events.slice(before));
    return this;
  },
  { plain },
);

/** What the folder's own charts keep that is not as it was at the beginning: `= help:c1 {"value":"asked", …}`. */
function keptBy(session: Session, concept: string): readonly string[] {
  const charts = Object.entries(packSession(session).charts);
  return charts
    .filter(([key]) => key.startsWith(`${concept}:`))
    .map(([key, chart]) => `= ${key} ${JSON.stringify(chart)}`);
}

interface Walked {
  readonly session: Session;
  readonly events: readonly ProtocolEvent[];
}

/** Where most walks begin: said in a word. How a session comes there is walked, and held, in tests of its own. */
let begun: readonly (readonly [name: string, first: Walked])[] | null = null;

function recordOf(walk: Walked, concept: string, kinds: ReadonlySet<string>): readonly string[] {
  const linesOf = ({ events }: Walked) => events.filter(({ kind }) => kinds.has(kind)).map(lineOf);
  const lines = linesOf(walk);
  const kept = keptBy(walk.session, concept);
  begun ??= [
    ['a live session', aLiveSession()],
    ['a waiting session', aWaitingSession()],
  ];
  for (const [name, first] of begun) {
    const known = linesOf(first);
    const before = keptBy(first.session, concept);
    if (known.length > 0 && known.every((line, index) => line === lines[index]))
      return [name, ...lines.slice(known.length), ...kept.filter((line) => !before.includes(line))];
  }
  return [...lines, ...kept];
}

/** What walks at random leaves another record each time: its property is all that is held. */
let isRandom = false;
fc.configureGlobal({ ...fc.readConfigureGlobal(), beforeEach: () => void (isRandom = true) });

beforeEach(() => {
  recorded.clear();
  isRandom = false;
});
afterEach(({ task }) => {
  const folder = path.dirname(task.file.filepath);
  if (path.basename(path.dirname(folder)) !== 'machines' || isRandom) return;
  const kinds = kindsOf(folder);
  const concept = path.basename(folder).replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  // What the standard sessions record is not this test's.
  const walks = [...recorded].map(([{ session }, events]) => ({ session, events: [...events] }));
  const texts = walks
    .map((walk) => recordOf(walk, concept, kinds).join('\n'))
    .filter((lines) => lines !== '');
  if (texts.length > 0) expect(`\n${texts.join('\n\n')}\n`).toMatchSnapshot();
});
