import type { Code, Instant, RouteOutcome } from '@holdfast/protocol';
import { assign, emit, setup } from 'xstate';
import type { ChartInput, Emitted, Stated } from '../../step/concept.js';
import { record } from '../../step/record.js';

/** The newest test of one route. */
export interface RouteTest {
  readonly route: Code;
  readonly outcome: RouteOutcome;
  readonly asOfMs: Instant;
}

export interface RouteContext {
  /** The newest test of each route, in the order in which they were first tested. */
  readonly tests: readonly RouteTest[];
  readonly deadlines: Readonly<Record<string, Instant>>;
}

/** A test that is older than the one that is known says nothing new: the newest counts (H22). */
const isOlder = ({ tests }: RouteContext, { route, asOfMs }: Stated<'route.tested'>): boolean =>
  tests.some((known) => known.route === route && known.asOfMs > asOfMs);

function withTest({ tests }: RouteContext, { route, outcome, asOfMs }: RouteTest): readonly RouteTest[] {
  const test = { route, outcome, asOfMs };
  return tests.some((known) => known.route === route)
    ? tests.map((known) => (known.route === route ? test : known))
    : [...tests, test];
}

/**
 * What is known of the routes by which alerts reach the service's staff: whether each was reached when the session server
 * last tested it, and as of when (A17, A21, H22).
 *
 * Rule I16 in docs/safety-protocol.md. It alerts nobody; the item `escalationRoute` hears what came of it.
 */
export const routeMachine = setup({
  types: {} as { input: ChartInput; context: RouteContext; events: Stated<'route.tested'>; emitted: Emitted },
  guards: { isOlder: ({ context, event }) => isOlder(context, event) },
  actions: {
    keepTest: assign(({ context, event }) => ({ tests: withTest(context, event) })),
    recordTest: emit(({ context, event: { route, outcome, asOfMs } }) =>
      record(
        'route.tested',
        ['I16'],
        { kind: 'route', id: route },
        {
          outcome,
          details: { asOfMs, isReachable: context.tests.some((test) => test.outcome === 'reached') },
        },
      ),
    ),
  },
}).createMachine({
  id: 'route',
  context: { tests: [], deadlines: {} },
  on: { 'route.tested': [{ guard: 'isOlder' }, { actions: ['keepTest', 'recordTest'] }] },
  initial: 'kept',
  states: { kept: {} },
});
