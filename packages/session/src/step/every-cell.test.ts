import {
  Command,
  COMMAND_RULES,
  FACT_SOURCES,
  isInState,
  ROLES,
  rolesOf,
  SOURCES,
  STAFF_ROLES,
} from '@holdfast/protocol';
import type { CommandType, FactType, Role } from '@holdfast/protocol';
import type { ChartKey, Session } from './session.js';
import { concepts } from './concepts.js';
import { step } from './step.js';
import { aLiveSession, CLIENT, PRACTITIONER } from '../testing/a-session.js';
import { expect, test } from 'vitest';
import { sampleOf, type Schema } from '../testing/sample-of.js';

const TYPES = Object.keys(COMMAND_RULES) as CommandType[];
const options = (Command as unknown as { def: { options: readonly Schema[] } }).def.options;

/** One command of each type, about the people of the test session. */
function aCommand(type: CommandType): Command {
  const option = options.find((each) => each.def.shape?.['type']?.def.values?.[0] === type);
  if (option === undefined) throw new Error(`no schema of ${type}`);
  const command = sampleOf(option) as Record<string, unknown>;
  return Command.parse({
    ...command,
    ...('client' in command ? { client: CLIENT } : {}),
    ...('person' in command ? { person: CLIENT } : {}),
  });
}

/** Every state that a chart of this concept can have, by name: `open.offered`. */
function statesOf(concept: string): readonly string[] {
  const machine = concepts.find(({ name }) => name === concept)?.machine;
  const names = (node: Node): string[] =>
    Object.entries(node.states ?? {}).flatMap(([name, inner]) => {
      const below = inner.type === 'parallel' ? [] : names(inner);
      return below.length === 0 ? [name] : below.map((rest) => `${name}.${rest}`);
    });
  return machine === undefined ? [] : names(machine.config as Node);
}
type Node = { readonly type?: string; readonly states?: Readonly<Record<string, Node>> };

const live = aLiveSession().session;

/** The same session, but with one chart in a given state. Only the table looks at it. */
function withState(session: Session, concept: string, state: string): Session {
  const key = (
    session.charts[`${concept}:session` as ChartKey] === undefined
      ? `${concept}:${CLIENT}`
      : `${concept}:session`
  ) as ChartKey;
  const chart = session.charts[key];
  if (chart === undefined) throw new Error(`no chart ${key}`);
  return { ...session, charts: { ...session.charts, [key]: { ...chart, value: valueOf(state) } } };
}
const valueOf = (state: string): never =>
  state
    .split('.')
    .reduceRight<unknown>(
      (inner, name) => (inner === undefined ? name : { [name]: inner }),
      undefined,
    ) as never;

const personOf = (role: Role): string =>
  role === 'client' ? CLIENT : role === 'practitioner' ? PRACTITIONER : (rolePerson(role) ?? 'nobody');
const rolePerson = (role: Role): string | undefined =>
  live.policy.staff[role as (typeof STAFF_ROLES)[number]]?.[0]?.person;

/** What the table alone says. A session in a made-up state is given to it and to nothing else. */
function said(session: Session, type: CommandType, role: Role): string | null {
  const person = personOf(role);
  const from = { person, role, source: 'device', device: `${person}.a` } as const;
  try {
    const input = { id: 'cell', atMs: 1_000_000, saidAtMs: null, from, body: aCommand(type) };
    return step(session, input).refusal?.code ?? null;
  } catch {
    return null; // It got past the table, to a machine whose context is not that of the made-up state.
  }
}

test.each(TYPES)('[R6] [E01] %s: every role', (type) => {
  for (const role of ROLES) {
    const may = rolesOf(live.policy, personOf(role), role).some((one) =>
      COMMAND_RULES[type].roles.includes(one),
    );
    if (!may) expect(said(live, type, role), role).toBe('not-allowed');
  }
});

test('[R6] in each state that its row does not name, a command is refused as untimely, from every role that may send it', () => {
  let cells = 0;
  for (const type of TYPES) {
    const { roles, while: states } = COMMAND_RULES[type];
    for (const [concept, names] of Object.entries(states)) {
      const every = statesOf(concept);
      expect(every.length, `${concept} of ${type}`).toBeGreaterThan(0);
      for (const name of names)
        expect(
          every.some((state) => isInState(state, [name])),
          `${concept}: ${name}`,
        ).toBe(true);
      for (const state of every) {
        for (const role of roles) {
          cells += 1;
          const code = said(withState(live, concept, state), type, role);
          if (!isInState(state, names))
            expect(code, `${type} of ${role} in ${concept} ${state}`).toBe('not-now');
        }
      }
    }
  }
  expect(cells).toBeGreaterThan(100);
});

test('[H07] [E01] a fact from a source that may not state it is not admitted: every cell has an owner', () => {
  for (const [type, sources] of Object.entries(FACT_SOURCES) as [FactType, readonly string[]][]) {
    expect(sources.length, type).toBeGreaterThan(0);
    expect(sources.every((source) => SOURCES.some((known) => known === source))).toBe(true);
  }
});
