import { RouteOutcome, type Fact } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import type { ChartState } from '../../step/session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, deliver } from '../../testing/deliver.js';
import { routeConcept } from './route.concept.js';
import type { RouteTest } from './route.machine.js';

const fresh = aChart(routeConcept, 'session');
const knowing = (...tests: readonly RouteTest[]): ChartState => ({
  value: 'kept',
  context: { ...fresh.context, tests } as never,
});
const known = (route: string, outcome: RouteOutcome, asOfMs = 500): RouteTest => ({ route, outcome, asOfMs });
const states: Readonly<Record<string, ChartState>> = {
  'nothing known': fresh,
  'the pager reached': knowing(known('pager', 'reached')),
  'the pager failed': knowing(known('pager', 'failed')),
  'the pager reached, the text failed': knowing(known('pager', 'reached'), known('text', 'failed')),
  'both failed': knowing(known('text', 'failed'), known('pager', 'failed')),
};
const tested = (route: string, outcome: RouteOutcome, asOfMs: number): Fact => ({
  type: 'route.tested',
  route,
  outcome,
  asOfMs,
});
const host = { by: { person: null, role: null, source: 'server', device: null } } as const;
const cells: Readonly<Record<string, Cell>> = Object.fromEntries(
  ['pager', 'text'].flatMap((route) =>
    RouteOutcome.options.flatMap((outcome): [string, Cell][] => [
      [`${route}: ${outcome}`, { message: tested(route, outcome, 900), ...host }],
      [`${route}: ${outcome}, of the same instant`, { message: tested(route, outcome, 500), ...host }],
      [`${route}: ${outcome}, from before`, { message: tested(route, outcome, 499), ...host }],
    ]),
  ),
);

test('[I16] what is known of the routes after each test: the newest of each route counts', () => {
  expect(decisionTable(routeConcept, states, cells)).toMatchSnapshot();
});

test('[I16] a test is about its route and asks for no alert', () => {
  expect(deliver(routeConcept, fresh, tested('pager', 'failed', 900)).emitted).toEqual([
    {
      type: 'route.tested',
      rules: ['I16'],
      subject: { kind: 'route', id: 'pager' },
      outcome: 'failed',
      details: { asOfMs: 900, isReachable: false },
    },
  ]);
});

test('[I16] nothing is known at first; the event of the same name is nothing that was stated', () => {
  expect(fresh).toEqual({ value: 'kept', context: { tests: [], deadlines: {} } });
  expect(routeConcept.startsWith({} as never)).toEqual(['session']);
  const fact = tested('pager', 'failed', 900);
  const concerned = (message: Cell['message']) => routeConcept.concerns(message, {} as never);
  expect(concerned(fact)).toEqual(['session']);
  expect(concerned({ type: 'route.tested', rules: ['I16'], subject: null })).toEqual([]);
  expect(concerned({ type: 'clock.reached' })).toEqual([]);
});
