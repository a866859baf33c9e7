import type { Actor, Input } from '@holdfast/protocol';
import { initialTransition, transition } from 'xstate';
import type { ChartKey, ChartState, Session } from '@holdfast/session/authority';
import { circumstances } from '../../packages/session/src/step/circumstances.js';
import type { Circumstances, Concept, Emitted, Message } from '../../packages/session/src/step/concept.js';

/** What one chart does with one message. */
export interface Answered {
  readonly chart: ChartState;
  readonly emitted: readonly Emitted[];
  readonly refused: string | null;
}
export interface Told {
  readonly atMs: number;
  readonly by: Actor;
  readonly now: Circumstances;
}

/** Hands one message to one chart by XState's pure `transition`, as `step` does; makes the chart when there is none. */
export function tell(
  { machine }: Concept,
  instance: string,
  chart: ChartState | null,
  message: Message,
  session: Session,
  { atMs, by, now }: Told,
): Answered {
  const event = { ...message, atMs, saidAtMs: null, by, now };
  const [next, actions] =
    chart === null
      ? initialTransition(machine, { instance, session, message: event, atMs })
      : transition(machine, machine.resolveState(chart), event as never);
  const emitted = (actions as readonly { readonly type: string; readonly params?: unknown }[])
    .filter(({ type }) => type === 'xstate.emit')
    .map(({ params }) => (params as { readonly event: Emitted | { type: 'refused'; code: string } }).event);
  return {
    chart: { value: next.value, context: next.context as ChartState['context'] },
    emitted: emitted.filter((one): one is Emitted => one.type !== 'refused'),
    refused: emitted.find((one) => one.type === 'refused')?.type === 'refused' ? 'refused' : null,
  };
}

/** Somebody emits, somebody hears it. */
export interface Heard {
  readonly emitter: string;
  readonly message: Emitted;
  readonly hearers: readonly string[];
}

const withChart = (session: Session, key: ChartKey, chart: ChartState): Session => ({
  ...session,
  charts: { ...session.charts, [key]: chart },
});

/** Follows one input through the machines, first in first out as `step` does, and says who heard what from whom. */
export function listen(
  concepts: readonly Concept[],
  start: Session,
  { body, from, atMs }: Input,
): readonly Heard[] {
  const heard: Heard[] = [];
  const queue: Message[] = [body];
  let session = start;
  for (let message = queue.shift(); message !== undefined && heard.length < 500; message = queue.shift()) {
    const current: Message = message;
    const targets = concepts.flatMap((concept) =>
      concept.concerns(current, session).map((instance) => ({ concept, instance })),
    );
    for (const { concept, instance } of targets) {
      const key: ChartKey = `${concept.name}:${instance}`;
      const now = circumstances(session);
      const answered = tell(concept, instance, session.charts[key] ?? null, current, session, {
        atMs,
        by: from,
        now,
      });
      session = withChart(session, key, answered.chart);
      for (const one of answered.emitted) {
        const hearers = concepts.filter((other) => other.concerns(one, session).length > 0);
        heard.push({ emitter: concept.name, message: one, hearers: hearers.map(({ name }) => name) });
        queue.push(one);
      }
    }
  }
  return heard;
}
