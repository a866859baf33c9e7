import { Command, FACT_SOURCES, Fact } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { initialTransition, transition, type AnyStateMachine } from 'xstate';
import { aLiveSession, aSession, aWaitingSession, CLIENT, PRACTITIONER } from '../testing/a-session.js';
import { actor } from '../testing/deliver.js';
import { sampleOf, type Schema } from '../testing/sample-of.js';
import { firstMove, nextMove } from './chart-moves.js';
import { circumstances } from './circumstances.js';
import type { Message } from './concept.js';
import { concepts } from './concepts.js';
import { conceptOf } from './deadlines.js';
import type { ChartKey, ChartState, Session } from './session.js';

const optionsOf = (schema: unknown): readonly Schema[] =>
  (schema as { def: { options: readonly Schema[] } }).def.options;

/** One of each command and fact, and everything that the charts of a long session said to each other. */
const everyMessage = (): readonly Message[] => [
  ...[...optionsOf(Command), ...optionsOf(Fact)].map((option) => {
    const message = sampleOf(option) as Record<string, unknown>;
    const about = {
      ...('client' in message ? { client: CLIENT } : {}),
      ...('person' in message ? { person: CLIENT } : {}),
      ...('run' in message ? { run: `${CLIENT}.r1` } : {}),
    };
    return { ...message, ...about } as unknown as Message;
  }),
  ...aLiveSession()
    .say(PRACTITIONER, { type: 'crisis.open', client: CLIENT })
    .cut()
    .by(900_000)
    .events.map((event): Message => ({ ...event, type: event.kind, outcome: event.outcome })),
  ...['wait', 'attempt', 'decide', 'acknowledge', 'gone', 'answer'].map((deadline): Message => ({
    type: 'deadline.passed',
    deadline,
    dueAtMs: 900_000,
  })),
];

const SESSIONS: Readonly<Record<string, () => Session>> = {
  new: () => aSession(),
  waiting: () => aWaitingSession().session,
  live: () => aLiveSession().session,
  'in a run, at a decision': () =>
    aLiveSession().say(PRACTITIONER, { type: 'crisis.open', client: CLIENT }).cut().by(480_000).session,
};

/** What came of it, or what it threw: a message about nothing that exists is too much for some guards. */
function outcomeOf(move: () => unknown): string {
  try {
    return JSON.stringify(move());
  } catch (error) {
    return String(error);
  }
}

const emittedBy = (actions: readonly { readonly type: string; readonly params?: unknown }[]): unknown[] =>
  actions
    .filter(({ type }) => type === 'xstate.emit')
    .map(({ params }) => (params as { event: unknown }).event);

function byXState(machine: AnyStateMachine, chart: ChartState, event: unknown) {
  const [{ value, context }, actions] = transition(machine, machine.resolveState(chart), event as never);
  const isMoved = JSON.stringify(value) !== JSON.stringify(chart.value);
  return { chart: { value, context }, isMoved, emitted: emittedBy(actions) };
}

test.each(Object.entries(SESSIONS))(
  '[R5] every chart goes as XState’s own transition has it, at every message: %s',
  (_, make) => {
    const [session, messages] = [make(), everyMessage()];
    let changes = 0;
    for (const [key, chart] of Object.entries(session.charts) as [ChartKey, ChartState][]) {
      const machine = concepts.find(({ name }) => name === conceptOf(key))?.machine;
      if (machine === undefined) throw new Error(`no machine of ${key}`);
      for (const message of messages) {
        const told = { atMs: 900_000, saidAtMs: null, by: actor(PRACTITIONER), now: circumstances(session) };
        const event = { ...message, ...told };
        const ours = outcomeOf(() => nextMove(machine, chart, event));
        expect(ours, `${key} ${message.type}`).toBe(outcomeOf(() => byXState(machine, chart, event)));
        if (ours !== JSON.stringify({ chart, isMoved: false, emitted: [] })) changes += 1;
      }
    }
    expect(changes).toBeGreaterThan(100);
  },
);

test('[R5] every chart begins as XState’s own first transition has it', () => {
  const session = aSession();
  for (const { machine, startsWith } of concepts) {
    for (const instance of startsWith(session)) {
      const input = { instance, session, message: null, atMs: 5 };
      const [{ value, context }, actions] = initialTransition(machine, input as never);
      expect(JSON.stringify(firstMove(machine, input))).toBe(
        JSON.stringify({ chart: { value, context }, isMoved: true, emitted: emittedBy(actions) }),
      );
    }
  }
});

test('[R3] a chart that cannot be made is an error, and not a chart with nothing in it', () => {
  const machine = concepts.find(({ name }) => name === 'alert')?.machine;
  if (machine === undefined) throw new Error('no machine of an alert');
  expect(() => firstMove(machine, {})).toThrow(TypeError);
});

test('a chart that nothing has changed is the same object: nothing has to be compared or copied', () => {
  const { charts } = aSession();
  for (const [key, chart] of Object.entries(charts) as [ChartKey, ChartState][]) {
    const machine = concepts.find(({ name }) => name === conceptOf(key))?.machine;
    if (machine === undefined) throw new Error(`no machine of ${key}`);
    const event = { type: 'nothing.said', by: actor(PRACTITIONER), atMs: 0, saidAtMs: null };
    const isTold = machine.events.includes('*');
    if (!isTold) expect(nextMove(machine, chart, event).chart, key).toBe(chart);
  }
});

test('[H24] a chart of an older version, without a part that a newer one has, is made whole by the next message', () => {
  const { session } = aLiveSession().say(PRACTITIONER, { type: 'crisis.open', client: CLIENT });
  const chart = session.charts[`crisis:${CLIENT}`];
  const machine = concepts.find(({ name }) => name === 'crisis')?.machine;
  if (chart === undefined || machine === undefined) throw new Error('no crisis');
  const { open } = chart.value as { open: Record<string, string> };
  const { escalation: _, ...rest } = open;
  const older = { ...chart, value: { open: rest } };
  const event = { type: 'nothing.said', by: actor(PRACTITIONER), atMs: 0, saidAtMs: null };
  const move = nextMove(machine, older, event);
  expect(move).toEqual({ chart, isMoved: true, emitted: [] });
});

test('every fact is among the messages', () => {
  const messages = everyMessage();
  for (const type of Object.keys(FACT_SOURCES))
    expect(
      messages.some((message) => message.type === type),
      type,
    ).toBe(true);
});
