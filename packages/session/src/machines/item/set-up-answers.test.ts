import { ITEMS, referencePolicy, usualAppointment, type Policy } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { ANSWERS } from '../../testing/answers.js';
import { aChart, calm } from '../../testing/deliver.js';
import type { ItemContext } from './answers.js';
import { itemConcept } from './item.concept.js';
import {
  identityMethods,
  isAsserted,
  isProperSetUp,
  missingClaims,
  notApplicableAtFirst,
  suitabilityReasons,
} from './set-up-answers.js';

const given = (competency: readonly string[], claims: readonly string[], isMinor = false) => ({
  policy: { ...referencePolicy, competency: [...competency] },
  appointment: { ...usualAppointment, claims: [...claims], isMinor },
});
const aside = (from: ReturnType<typeof given>) =>
  ITEMS.flatMap((item) => {
    const why = notApplicableAtFirst(item, from);
    return why === null ? [] : [`${item}: ${why}`];
  });

test('[I9] what asks nothing when a session begins, and why', () => {
  expect(aside(given([], []))).toEqual([
    'competency: policy',
    'guardianConsent: appointment',
    'localRoute: risk',
  ]);
  expect(aside(given(['training'], [], true))).toEqual(['localRoute: risk']);
});

test('[I15] the claims that the host did not assert are named; all asserted settle the item, and no other', () => {
  expect(missingClaims(given(['a', 'b'], ['b', 'c']))).toEqual(['a']);
  const asserted = (competency: readonly string[], claims: readonly string[]) =>
    ITEMS.filter((item) => isAsserted(item, given(competency, claims)));
  expect(asserted(['a', 'b'], ['a', 'b'])).toEqual(['competency']);
  expect(asserted(['a', 'b'], ['a'])).toEqual([]);
  expect(asserted([], ['a'])).toEqual([]);
});

test('[I10] the reasons are those of the protocol, then those of the policy, each once', () => {
  const policy: Policy = { ...referencePolicy, suitabilityReasons: ['highVolatileRisk', 'noInterpreter'] };
  expect(suitabilityReasons(policy)).toEqual([
    'highVolatileRisk',
    'noPrivacyOrSafeContact',
    'needsSupportToEngage',
    'noRealisticAccess',
    'noInterpreter',
  ]);
});

test('[I13] in full in a first session with a client, lightly later or among colleagues; after doubt by another proof', () => {
  const fresh = { doubted: [] };
  const all = ['nameAndBirthDate', 'document', 'knownFromBefore'];
  const full = ['nameAndBirthDate', 'document'];
  for (const type of ['therapy', 'assessment', 'practiceRoom'] as const) {
    expect(identityMethods({ isFirst: true, type }, fresh), type).toEqual(full);
    expect(identityMethods({ isFirst: false, type }, fresh), type).toEqual(all);
  }
  for (const type of ['supervision', 'training'] as const)
    expect(identityMethods({ isFirst: true, type }, fresh), type).toEqual(all);
  const later = { isFirst: false, type: 'therapy' } as const;
  expect(identityMethods(later, { doubted: ['document'] })).toEqual(['nameAndBirthDate', 'knownFromBefore']);
  expect(identityMethods(later, { doubted: ['document', 'nameAndBirthDate'] })).toEqual(['knownFromBefore']);
});

type Proposed = Partial<Parameters<typeof isProperSetUp>[0]>;
const proper = (
  item: (typeof ITEMS)[number],
  proposed: Proposed,
  role: Parameters<typeof isProperSetUp>[3] = 'practitioner',
  now: Partial<typeof calm> = {},
) => {
  const { answer, flags, method } = ANSWERS[item];
  const context = aChart(itemConcept, item).context as unknown as ItemContext;
  return isProperSetUp({ answer, flags, method, ...proposed }, context, { ...calm, ...now }, role);
};

test('[I10] suitability: each is asked with every outcome, and none denied where it is suitable', () => {
  const asked = { isEligible: true, hasAccess: true, canEngage: true };
  const reason = { because: 'noRealisticAccess' };
  for (const flag of ['isEligible', 'hasAccess', 'canEngage'] as const) {
    const denied = { ...asked, [flag]: false };
    const unasked = Object.fromEntries(Object.entries(asked).filter(([name]) => name !== flag));
    expect(proper('suitability', { flags: denied }), flag).toBe(false);
    expect(proper('suitability', { flags: unasked }), flag).toBe(false);
    expect(proper('suitability', { answer: 'notSuitable', flags: denied, ...reason }), flag).toBe(true);
    expect(proper('suitability', { answer: 'notSuitable', flags: unasked, ...reason }), flag).toBe(false);
  }
  expect(proper('suitability', { answer: 'notSure', flags: undefined })).toBe(true);
  expect(proper('suitability', { answer: 'confirmed', flags: asked })).toBe(true);
  expect(proper('suitability', { answer: 'confirmed', flags: asked, ...reason })).toBe(false);
  expect(proper('suitability', { answer: 'withExtraControls', flags: asked })).toBe(false);
  expect(proper('suitability', { answer: 'notSuitable', flags: asked, because: 'dislikesVideo' })).toBe(
    false,
  );
  expect(proper('location', reason)).toBe(false);
});

test('[I14] a guardian who consents was verified; one who may be the risk needs a reference to the reasons', () => {
  const guardian = (proposed: Proposed) => proper('guardianConsent', proposed);
  expect(guardian({})).toBe(true);
  expect(guardian({ flags: {} })).toBe(false);
  expect(guardian({ flags: undefined })).toBe(false);
  expect(guardian({ flags: { guardianWasVerified: false } })).toBe(false);
  expect(guardian({ rationaleRef: 'n1' })).toBe(false);
  expect(guardian({ answer: 'notSafe', flags: undefined })).toBe(false);
  expect(guardian({ answer: 'notSafe', flags: undefined, rationaleRef: 'n1' })).toBe(true);
  expect(guardian({ answer: 'notSure', flags: undefined })).toBe(true);
  expect(proper('location', { flags: undefined, rationaleRef: 'n1' })).toBe(false);
});

test('[I17][J12] who may say that a number was read back, and a guardian near as agreed', () => {
  for (const wasReadBack of [true, false]) {
    const flags = { safeToRing: true, safeToLeaveMessage: false, wasReadBack };
    expect(proper('callBackNumber', { flags })).toBe(true);
    expect(proper('callBackNumber', { flags }, 'client')).toBe(false);
    expect(proper('callBackNumber', { flags }, null)).toBe(false);
  }
  expect(proper('callBackNumber', {}, 'client')).toBe(true);
  const near = (isGuardianNearby: boolean, isGuardianException: boolean) =>
    proper('clientPrivacy', { flags: { isGuardianNearby } }, 'practitioner', { isGuardianException });
  expect([near(true, false), near(true, true), near(false, true)]).toEqual([true, false, true]);
});

test('[I13][I4] how identity was checked is part of it when it is confirmed, and of no other answer or item', () => {
  expect(proper('identity', { method: 'document' })).toBe(true);
  expect(proper('identity', { method: undefined })).toBe(false);
  expect(proper('identity', { method: 'knownFromBefore' })).toBe(false);
  expect(proper('identity', { method: 'spoken' })).toBe(false);
  const isFirst = { appointment: { ...usualAppointment, isFirst: false } };
  expect(proper('identity', { method: 'knownFromBefore' }, 'practitioner', isFirst)).toBe(true);
  expect(proper('identity', { answer: 'notSure', method: undefined })).toBe(true);
  expect(proper('location', { method: undefined })).toBe(true);
});
