import { COMMAND_RULES, EVENT_KINDS, FACT_SOURCES, type Subject } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { Message } from '../step/concept.js';
import { concepts } from '../step/concepts.js';
import type { Session } from '../step/session.js';
import { aLiveSession, CLIENT, PRACTITIONER } from '../testing/a-session.js';

let troubled: Session | null = null;

/** With a run that is exhausted, a crisis, a call for help, and the alerts of each. */
function aTroubledSession(): Session {
  if (troubled !== null) return troubled;
  const walk = aLiveSession({ others: [{ id: 'n1', role: 'interpreter', isNeeded: true }] });
  walk.say(CLIENT, { type: 'help.ask', client: CLIENT });
  walk.say(PRACTITIONER, { type: 'crisis.open', client: CLIENT });
  walk.silent(CLIENT).by(1_200_000);
  return (troubled = walk.session);
}

const ALERT = `${CLIENT}.h1.helpAsked.duty-1`;
const RUN = `${CLIENT}.r1`;

/** Whom a message can be about: the one client, somebody else, nobody of this session. */
const CLIENTS = [CLIENT, 'c9'];
const PERSONS = [CLIENT, PRACTITIONER, 'n1', 'duty-1', 'x1'];
const subjects: readonly (Subject | null)[] = [
  null,
  ...[...CLIENTS, 'session'].map((id): Subject => ({ kind: 'client', id })),
  ...PERSONS.map((id): Subject => ({ kind: 'person', id })),
  { kind: 'run', id: RUN },
  { kind: 'alert', id: ALERT },
  { kind: 'item', id: 'identity' },
  { kind: 'device', id: `${CLIENT}.a` },
  { kind: 'session', id: 'session' },
];

/** Every command and fact, with all that such a message may name. */
const said = [...Object.keys(COMMAND_RULES), ...Object.keys(FACT_SOURCES)].flatMap((type) =>
  CLIENTS.flatMap((client) =>
    PERSONS.map((person) => {
      const names = { client, person, to: person, fellow: person, device: `${person}.a` };
      return {
        type,
        ...names,
        item: 'identity',
        run: RUN,
        alert: ALERT,
        route: 'log',
        report: 'r1',
      } as unknown as Message;
    }),
  ),
);
/** Every event, about whomever it can be. */
const emitted = EVENT_KINDS.flatMap((type) =>
  subjects.map((subject): Message => {
    const id = subject?.id ?? '';
    const asked = { cause: 'escalation', client: CLIENT, about: 'x' } as const;
    return { type, rules: [], subject, details: { client: id, person: id, about: RUN }, alert: asked };
  }),
);

test.each(concepts.map((concept) => [concept.name, concept] as const))(
  '[R4] who hears what: %s',
  (_name, concept) => {
    const session = aTroubledSession();
    const lines = new Map<string, number>();
    for (const [kind, messages] of [
      ['said', said],
      ['emitted', emitted],
    ] as const)
      for (const message of messages) {
        const instances = concept.concerns(message, session);
        const line = `${kind} ${message.type}: ${instances.length === 0 ? '-' : instances.join(' ')}`;
        lines.set(line, (lines.get(line) ?? 0) + 1);
      }
    const heard = new Set(
      [...lines.keys()].filter((line) => !line.endsWith(': -')).map((line) => line.split(': ')[0]),
    );
    const told = [...lines].filter(([line]) => heard.has(line.split(': ')[0]));
    expect(concept.startsWith(session)).toMatchSnapshot('begins with');
    expect(`\n${told.map(([line, count]) => `${line} x ${count}`).join('\n')}\n`).toMatchSnapshot('hears');
  },
);
