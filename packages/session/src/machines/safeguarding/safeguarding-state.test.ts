import { SafeguardingThreshold } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { aChart } from '../../testing/deliver.js';
import { safeguardingConcept } from './safeguarding.concept.js';
import { owedOf, safeguardingId, safeguardingOf, type SafeguardingParts } from './safeguarding-state.js';

const { context } = aChart(safeguardingConcept, 'c1');
const parts = { decision: 'decided', notified: 'told', contactPlan: 'set', followUp: 'none' } as const;

test('[S1] a pathway is read with its parts while it is open, and without them otherwise', () => {
  const read = (value: string | { open: typeof parts }) =>
    safeguardingOf({ charts: { 'safeguarding:c1': { value, context } } }, 'c1');
  expect(read('none')).toEqual({ state: 'none', parts: null, context });
  expect(read('settled')).toEqual({ state: 'settled', parts: null, context });
  expect(read({ open: parts })).toEqual({ state: 'open', parts, context });
  expect(safeguardingOf({ charts: { 'safeguarding:c1': { value: 'none', context } } }, 'c9')).toBeNull();
  expect(safeguardingId({ client: 'c7', count: 4 })).toBe('c7.safeguarding4');
});

test('[S4][S6] with yes and with unsure the lead is owed an answer: seen, taken, or told in person', () => {
  const owed = (change: Partial<SafeguardingParts>, threshold: SafeguardingThreshold | null) =>
    owedOf({ ...parts, ...change }, threshold);
  for (const threshold of [...SafeguardingThreshold.options, null]) {
    const isOwed = threshold === 'yes' || threshold === 'unsure';
    for (const notified of ['notYet', 'offered'] as const)
      expect(owed({ notified }, threshold)).toEqual(isOwed ? ['lead'] : []);
    for (const notified of ['acknowledged', 'accepted', 'told'] as const)
      expect(owed({ notified }, threshold)).toEqual([]);
  }
});

test('[S6] a decision and a plan for safe contact are owed until each is there, in this order', () => {
  expect(owedOf({ ...parts, decision: 'undecided' }, null)).toEqual(['decision']);
  expect(owedOf({ ...parts, contactPlan: 'none' }, 'no')).toEqual(['contactPlan']);
  expect(owedOf({ ...parts, contactPlan: 'notNeeded' }, 'no')).toEqual([]);
  expect(
    owedOf({ ...parts, decision: 'undecided', notified: 'notYet', contactPlan: 'none' }, 'unsure'),
  ).toEqual(['decision', 'lead', 'contactPlan']);
});
