import { referencePolicy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { budgetDueAtMs, recent, withoutContactMs } from './outages.js';

const limits = {
  ...referencePolicy.durations,
  flappingBudgetMs: 300,
  flappingWindowMs: 1000,
  reconnectWaitMs: 300,
};

test('[P12] what ended before the window, or took no time, counts no more', () => {
  const kept = { fromMs: 900, toMs: 1001 };
  const outages = [
    { fromMs: 500, toMs: 999 },
    { fromMs: 500, toMs: 1000 },
    kept,
    { fromMs: 1500, toMs: 1500 },
  ];
  expect(recent(outages, 2000, limits)).toEqual([kept]);
});

test('[P12][H27] only what lies within the window is added up', () => {
  expect(withoutContactMs([], null, 2000, limits)).toBe(0);
  expect(withoutContactMs([{ fromMs: 900, toMs: 1050 }], null, 2000, limits)).toBe(50);
  expect(withoutContactMs([{ fromMs: 1100, toMs: 1200 }], 1960, 2000, limits)).toBe(140);
  expect(withoutContactMs([], 200, 2000, limits)).toBe(1000);
});

test('[P12] the budget is due when the outage that goes on has used up what is left of it', () => {
  const before = [{ fromMs: 1100, toMs: 1200 }];
  expect(budgetDueAtMs(before, 1960, 2000, limits)).toBe(2160);
  expect(budgetDueAtMs(before, 1500, 2000, limits)).toBe(2000);
});

test('[P12][L4] the first outage is the reconnect wait’s own matter, unless the budget is the smaller', () => {
  expect(budgetDueAtMs([], 2000, 2000, limits)).toBeNull();
  expect(budgetDueAtMs([{ fromMs: 100, toMs: 200 }], 2000, 2000, limits)).toBeNull();
  expect(budgetDueAtMs([], 2000, 2000, { ...limits, reconnectWaitMs: 299 })).toBeNull();
  expect(budgetDueAtMs([], 2000, 2000, { ...limits, reconnectWaitMs: 301 })).toBe(2300);
});
