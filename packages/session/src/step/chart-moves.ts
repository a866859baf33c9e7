import {
  createActor,
  createMachine,
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type StateValue,
} from 'xstate';
import type { Emitted, Refused } from './concept.js';
import { isSameJson } from './same-json.js';
import type { ChartContext, ChartState } from './session.js';

/** What a chart comes to by one message. */
export interface ChartMove {
  /** As it is afterwards: the same object as before when nothing is different. */
  readonly chart: ChartState;
  /** Its states are others than before. */
  readonly isMoved: boolean;
  /** In order. */
  readonly emitted: readonly (Emitted | Refused)[];
}

/**
 * XState's pure `transition` and `initialTransition` make an actor at each call, with a first snapshot of its own, and throw
 * it away: more work than the transition. It is never started and no machine of ours speaks to it (no `invoke`, `spawn`,
 * `sendTo`), so that one is enough for all. `chart-moves.test.ts` holds that nothing else is different.
 */
const nobody = createActor(createMachine({}));

type Action = { readonly type: string; readonly params?: unknown };

function scopeThatKeeps(actions: Action[]): AnyActorScope {
  const nothing = (): void => undefined;
  return {
    self: nobody,
    system: nobody.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor: (action) => void actions.push(action),
  };
}

const emittedBy = (actions: readonly Action[]): readonly (Emitted | Refused)[] =>
  actions
    .filter(({ type }) => type === 'xstate.emit')
    .map(({ params }) => (params as { readonly event: Emitted | Refused }).event);

/** A machine at rest in some states, with nothing in its context. */
interface Rest {
  readonly snapshot: AnyMachineSnapshot;
  /** The states are named as XState names them: none is left out. */
  readonly isWhole: boolean;
}

/** What a state value means to a machine is worked out once: there are as many as a machine has states. */
const rests = new WeakMap<AnyStateMachine, Map<string, Rest>>();

function restOf(machine: AnyStateMachine, value: StateValue): Rest {
  const known = rests.get(machine) ?? new Map<string, Rest>();
  rests.set(machine, known);
  const name = typeof value === 'string' ? value : JSON.stringify(value);
  const found = known.get(name);
  if (found !== undefined) return found;
  const snapshot = machine.resolveState({ value, context: {} }) as AnyMachineSnapshot;
  const rest = { snapshot, isWhole: isSameJson(value, snapshot.value) };
  known.set(name, rest);
  return rest;
}

const chartOf = ({ value, context }: AnyMachineSnapshot): ChartState => ({
  value: value as StateValue,
  context: context as ChartContext,
});

/** Makes a chart: XState's `initialTransition`. */
export function firstMove(machine: AnyStateMachine, input: unknown): ChartMove {
  const actions: Action[] = [];
  const made = machine.getInitialSnapshot(scopeThatKeeps(actions), input);
  // XState keeps what was thrown, and a chart with nothing in it: whoever makes the step has to hear of it.
  if (made.status === 'error') throw made.error;
  return { chart: chartOf(made), isMoved: true, emitted: emittedBy(actions) };
}

/** Hands a message to a chart: XState's `transition`. */
export function nextMove(machine: AnyStateMachine, chart: ChartState, event: unknown): ChartMove {
  const { snapshot, isWhole } = restOf(machine, chart.value);
  const before = { ...snapshot, context: chart.context } as AnyMachineSnapshot;
  const actions: Action[] = [];
  const after = machine.transition(before, event, scopeThatKeeps(actions));
  const emitted = emittedBy(actions);
  if (after === before && isWhole) return { chart, isMoved: false, emitted };
  const isMoved = !isSameJson(chart.value, after.value);
  const isSame = !isMoved && isSameJson(chart.context, after.context);
  return { chart: isSame ? chart : chartOf(after), isMoved, emitted };
}
