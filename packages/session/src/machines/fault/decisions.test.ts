import type { Fact } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { aSession } from '../../testing/a-session.js';
import { decisionTable, type Cell } from '../../testing/decision-table.js';
import { aChart, deliver } from '../../testing/deliver.js';
import { faultConcept } from './fault.concept.js';

const sound = aChart(faultConcept, 'c1');
const failed: Fact = { type: 'step.failed', input: 'risk.raise' };
const faulted = { value: 'faulted', context: { ...sound.context, count: 2, lastAtMs: 500 } as never };
const cells: Readonly<Record<string, Cell>> = {
  'a step failed': { message: failed },
  'a step failed after the close': { message: failed, now: { stage: 'closed' } },
};

test('[R11] each fault is told under an alert of its own, but not in a closed session', () => {
  expect(decisionTable(faultConcept, { sound, faulted }, cells)).toMatchSnapshot();
  const first = deliver(faultConcept, sound, failed);
  const second = deliver(faultConcept, first.chart, failed, { atMs: 2000 });
  expect([...first.emitted, ...second.emitted]).toMatchObject([
    {
      subject: { kind: 'session', id: 'session' },
      alert: { cause: 'fault', client: 'c1', about: 'c1.fault1' },
    },
    {
      subject: { kind: 'session', id: 'session' },
      alert: { cause: 'fault', client: 'c1', about: 'c1.fault2' },
    },
  ]);
});

test('[R11] a fault concerns the session’s client; nothing else does', () => {
  const session = aSession();
  expect(faultConcept.concerns(failed, session)).toEqual(['c1']);
  expect(faultConcept.concerns({ type: 'session.faulted', rules: [], subject: null }, session)).toEqual([]);
});
