import {
  COMMAND_RULES,
  isCommandType,
  isInState,
  mayCommand,
  refusal,
  rolesOf,
  type Actor,
  type Effect,
  type Id,
  type Input,
  type Instant,
  type ProtocolEvent,
  type Refusal,
} from '@holdfast/protocol';
import { asTheyAre } from '../machines/lead/lead-state.js';
import { firstMove, nextMove, type ChartMove } from './chart-moves.js';
import { clientOf } from './circumstances.js';
import type { Concept, DeadlinePassed, Emitted, Message, Refused } from './concept.js';
import { concepts } from './concepts.js';
import { conceptOf, instanceOf, nextDue, type Due } from './deadlines.js';
import { Delivery } from './delivery.js';
import { effectsOf } from './effects.js';
import { SessionError } from '../session-error.js';
import { stateName } from './state-name.js';
import type { ChartKey, ChartState, ConceptName, Session, StepResult } from './session.js';

/** A guard against a chart that re-arms a deadline in the past for ever: more than any real step needs. */
const MOST_MESSAGES = 2000;

/** What a step gathers on its way. Lives for one call. */
interface Work {
  session: Session;
  readonly input: Input;
  readonly events: ProtocolEvent[];
  readonly effects: Effect[];
  refused: Refused | null;
  handled: boolean;
  messages: number;
}

/**
 * The one function of the protocol: a session and an input give the next session, events and effects.
 *
 * Deadlines that were due before the input fire first; then the input is handed to the charts that it concerns, then
 * what they emit, first in first out, until nothing is left; then deadlines that are due now. At the same instant an
 * input goes before a deadline, so that a person who is back in time counts as back (H01).
 * Reads no clock. A refused command changes nothing except deadlines that had passed anyway.
 */
export function step(session: Session, given: Input): StepResult {
  // D1: what somebody may say hangs on who leads now, not on when their page was opened.
  const input = { ...given, from: asTheyAre(session, given.from) };
  const work: Work = { session, input, events: [], effects: [], refused: null, handled: false, messages: 0 };
  if (input.body.type === 'server.started') holdAfterStart(work, input.body.unwatchedMs);
  firePassed(work, (due) => due.dueAtMs < input.atMs);
  const refused = input.body.type === 'clock.reached' ? null : take(work);
  firePassed(work, (due) => due.dueAtMs <= input.atMs);
  return { session: work.session, events: work.events, effects: work.effects, refusal: refused };
}

/** Hands the input over. A refused one leaves nothing but the record of it. */
function take(work: Work): Refusal | null {
  const { input } = work;
  const before = { session: work.session, events: work.events.length, effects: work.effects.length };
  work.handled = false;
  const barred = barredBy(work.session, input);
  if (barred === null) deliver(work, input.body, input.from, input.saidAtMs);
  else work.refused = { type: 'refused', code: barred };
  const refused = refusalOf(work);
  if (refused !== null) {
    work.session = before.session;
    work.events.length = before.events;
    work.effects.length = before.effects;
  }
  if (refused !== null || !work.handled)
    work.events.push(eventOf(work, ignored(input, refused), input.from, input.saidAtMs));
  return refused;
}

/**
 * Rule R6: the table of `protocol` goes before the machines: a machine never sees a command of a role that may not send
 * it, or in a state in which it cannot count.
 */
function barredBy(session: Session, { from, body }: Input): 'not-allowed' | 'not-now' | null {
  if (!isCommandType(body.type)) return null;
  const { type } = body;
  if (!rolesOf(session.policy, from.person, from.role).some((role) => mayCommand(role, type)))
    return 'not-allowed';
  const client = 'client' in body ? body.client : clientOf(session);
  const states = Object.entries(COMMAND_RULES[type].while);
  return states.every(([concept, names]) => isInState(stateOf(session, concept, client), names))
    ? null
    : 'not-now';
}

/** The state that a rule of the table asks about: of this client's chart, or of the session's. */
function stateOf(session: Session, concept: string, client: Id): string {
  const chart = (['session', client] as const)
    .map((instance) => session.charts[`${concept as ConceptName}:${instance}`])
    .find((found) => found !== undefined);
  return chart === undefined ? 'none' : stateName(chart.value);
}

/** The instant at which the authority must call `step` again with `clock.reached`, or null. */
export const nextDeadline = (session: Session): Instant | null => nextDue(session, concepts)?.dueAtMs ?? null;

function refusalOf(work: Work): Refusal | null {
  if (work.refused !== null) return refusal(work.refused.code, work.refused.missing ?? []);
  return isCommandType(work.input.body.type) && !work.handled ? refusal('not-now') : null;
}

const ignored = (input: Input, refused: Refusal | null): Emitted => ({
  type: refused === null ? 'input.ignored' : 'input.refused',
  rules: ['R3'],
  subject: null,
  outcome: refused === null ? null : refused.code,
  details: { input: input.body.type },
});

/** Rule R1: a session server that starts fires nothing until the devices had time to say what they saw. */
function holdAfterStart(work: Work, unwatchedMs: number): void {
  const heldUntilMs = work.input.atMs + work.session.policy.durations.restartHoldMs;
  work.session = { ...work.session, heldUntilMs };
  const started: Emitted = {
    type: 'session.serverStarted',
    rules: ['R1'],
    subject: { kind: 'session', id: work.session.id },
    details: { unwatchedMs },
  };
  work.events.push(eventOf(work, started, work.input.from, null));
}

function firePassed(work: Work, isDue: (due: Due) => boolean): void {
  for (;;) {
    const due = nextDue(work.session, concepts);
    if (due === null || !isDue(due)) return;
    const chart = work.session.charts[due.chart];
    if (chart === undefined) return;
    const { [due.deadline]: dueAtMs = due.dueAtMs, ...rest } = chart.context.deadlines;
    setChart(work, due.chart, { ...chart, context: { ...chart.context, deadlines: rest } });
    const message: DeadlinePassed = { type: 'deadline.passed', deadline: due.deadline, dueAtMs };
    const clock: Actor = { person: null, role: null, source: 'clock', device: null };
    drain(work, [{ message, to: due.chart }], clock, null);
  }
}

interface Queued {
  readonly message: Message;
  /** One chart only, or every chart that it concerns. */
  readonly to: ChartKey | null;
}

function deliver(work: Work, message: Message, by: Actor, saidAtMs: Instant | null): void {
  drain(work, [{ message, to: null }], by, saidAtMs);
}

function drain(work: Work, first: Queued[], by: Actor, saidAtMs: Instant | null): void {
  const queue: Queued[] = [...first];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    work.messages += 1;
    if (work.messages > MOST_MESSAGES)
      throw new SessionError('endless-step', 'a chart answers itself without end');
    const targets = next.to === null ? targetsOf(work.session, next.message) : [next.to];
    for (const key of targets) queue.push(...advance(work, key, next.message, by, saidAtMs));
  }
}

function targetsOf(session: Session, message: Message): ChartKey[] {
  const keys: ChartKey[] = [];
  for (const concept of concepts)
    for (const instance of concept.concerns(message, session)) keys.push(`${concept.name}:${instance}`);
  return keys;
}

const byName: ReadonlyMap<string, Concept> = new Map(concepts.map((concept) => [concept.name, concept]));

function machineOf(key: ChartKey): Concept {
  const concept = byName.get(conceptOf(key));
  if (concept === undefined) throw new SessionError('bad-option', `no concept ${conceptOf(key)}`);
  return concept;
}

/** Hands one message to one chart and returns what it emitted, as messages to the others. */
function advance(work: Work, key: ChartKey, message: Message, by: Actor, saidAtMs: Instant | null): Queued[] {
  const { machine } = machineOf(key);
  const { session } = work;
  const existing = session.charts[key];
  const atMs = work.input.atMs;
  const event = new Delivery(message, { atMs, saidAtMs, by }, session);
  const move =
    existing === undefined
      ? firstMove(machine, { instance: instanceOf(key), session, message: event, atMs })
      : nextMove(machine, existing, event);
  event.close();
  return settle(work, key, existing ?? null, move, by, saidAtMs);
}

function settle(
  work: Work,
  key: ChartKey,
  before: ChartState | null,
  { chart, isMoved, emitted: all }: ChartMove,
  by: Actor,
  saidAtMs: Instant | null,
): Queued[] {
  if (chart !== before) {
    setChart(work, key, chart);
    work.handled = true;
  }
  const queued: Queued[] = [];
  const path = {
    from: isMoved && before !== null ? stateName(before.value) : null,
    to: isMoved ? stateName(chart.value) : null,
  };
  for (const emitted of all) {
    if (emitted.type === 'refused') {
      work.refused ??= emitted;
      continue;
    }
    work.handled = true;
    const event = eventOf(work, emitted, by, saidAtMs, path);
    work.events.push(event);
    work.effects.push(...effectsOf(emitted, work.session, work.input.atMs));
    queued.push({ message: emitted, to: null });
  }
  return queued;
}

function setChart(work: Work, key: ChartKey, chart: ChartState): void {
  work.session = { ...work.session, charts: { ...work.session.charts, [key]: chart } };
}

function eventOf(
  work: Work,
  emitted: Emitted,
  by: Actor,
  saidAtMs: Instant | null,
  path: { from: string | null; to: string | null } = { from: null, to: null },
): ProtocolEvent {
  return {
    kind: emitted.type,
    rules: [...emitted.rules],
    subject: emitted.subject,
    actor: by,
    occurredAtMs: work.input.atMs,
    saidAtMs,
    cause: work.input.id satisfies Id,
    from: path.from,
    to: path.to,
    outcome: emitted.outcome ?? null,
    details: emitted.details ?? {},
  };
}
