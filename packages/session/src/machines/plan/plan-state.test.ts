import { PLAN_GROUPS, PLAN_REVIEWS, referencePolicy, usualAppointment } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { PEOPLE } from '../../testing/deliver.js';
import { missingGroups, newPlan, owedReviews } from './plan-state.js';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 5, 10, 12);
const policy = {
  ...referencePolicy,
  durations: { ...referencePolicy.durations, planStaleAfterMs: 7 * DAY_MS },
  planTemplates: ['first', 'second'],
};
const made = (planReviewedOn: string | null, startsAtMs: number | null = null) =>
  newPlan({
    instance: 'c1',
    session: {
      id: 's1',
      people: PEOPLE,
      policy,
      appointment: { ...usualAppointment, planReviewedOn, startsAtMs },
    },
    message: null,
    atMs: NOW_MS,
  });

test('[I27] at the beginning nothing was said but what the host knew', () => {
  expect(made(null)).toEqual({
    client: 'c1',
    prompt: 'none',
    reviewedOn: null,
    because: null,
    raisedAtMs: null,
    reviews: {},
    content: null,
    more: [],
    agreement: null,
    planRef: null,
    copy: null,
    template: null,
    templates: ['first', 'second'],
    deadlines: {},
  });
  expect(made('2026-06-09')).toMatchObject({ prompt: null, reviewedOn: '2026-06-09' });
});

test('[I27] a plan is old to the day, when the session begins: now, or when it was to begin', () => {
  expect(made('2026-06-03').prompt).toBeNull();
  expect(made('2026-06-02').prompt).toBe('stale');
  expect(made('2026-06-03', NOW_MS + DAY_MS).prompt).toBe('stale');
  expect(made('2026-06-04', NOW_MS + DAY_MS).prompt).toBeNull();
  expect(made('2026-06-02', NOW_MS - 2 * DAY_MS).prompt).toBe('stale');
});

test('[I28] the groups that are missing are named, once somebody said what is there', () => {
  const has = (isThere: (index: number) => boolean) =>
    Object.fromEntries(PLAN_GROUPS.map((group, index) => [group, isThere(index)])) as Record<
      (typeof PLAN_GROUPS)[number],
      boolean
    >;
  expect(missingGroups({ content: null })).toBeNull();
  expect(missingGroups({ content: has(() => true) })).toEqual([]);
  expect(missingGroups({ content: has(() => false) })).toEqual([...PLAN_GROUPS]);
  expect(missingGroups({ content: has((index) => index !== 2) })).toEqual(['providerResponse']);
});

test('[I25] a review is owed until it is done or passed over', () => {
  const done = { outcome: 'reviewed', reason: null } as const;
  expect(owedReviews({ reviews: {} })).toEqual([...PLAN_REVIEWS]);
  expect(owedReviews({ reviews: { crisisRoutes: done } })).toEqual([
    'copingStrategies',
    'escalationPermissions',
  ]);
  const passed = { outcome: 'notDone', reason: 'crisis' } as const;
  expect(
    owedReviews({
      reviews: { copingStrategies: done, crisisRoutes: passed, escalationPermissions: done },
    }),
  ).toEqual([]);
});
