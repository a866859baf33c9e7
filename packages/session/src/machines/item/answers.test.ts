import { ITEMS, type AnswerFlags, type ItemName } from '@holdfast/protocol';
import { expect, test } from 'vitest';
import { ANSWERS } from '../../testing/answers.js';
import { aChart } from '../../testing/deliver.js';
import { isAnswered, isProperAnswer, isSettled, shownTextOf, type ItemContext } from './answers.js';
import { itemConcept } from './item.concept.js';

const texts = { texts: { consent: 'c-2', limits: 'l-3' } } as never;
const proper = (item: ItemName, rest: Partial<Parameters<typeof isProperAnswer>[2]> = {}, shown?: string) => {
  const { answer, flags, method, textVersion, way, reviewOn } = ANSWERS[item];
  const whole = { answer, flags, method, textVersion, way, reviewOn };
  return isProperAnswer(item, shown ?? null, { ...whole, ...rest });
};

test('[I22] a text belongs to consent and to the limits, and to no other item', () => {
  expect(ITEMS.map((item) => shownTextOf(item, texts)).filter((text) => text !== null)).toEqual([
    'c-2',
    'l-3',
  ]);
  expect([shownTextOf('consent', texts), shownTextOf('limits', texts)]).toEqual(['c-2', 'l-3']);
});

test('[I4] a whole answer is proper; without any one of what was to be asked it is not', () => {
  const needed = ITEMS.filter((item) => !['escalationRoute', 'competency'].includes(item));
  for (const item of needed) expect(proper(item), item).toBe(true);
  const missing = needed.flatMap((item) =>
    Object.keys(ANSWERS[item].flags ?? {})
      .filter((flag) => {
        const others = Object.entries(ANSWERS[item].flags ?? {}).filter(([name]) => name !== flag);
        return !proper(item, { flags: Object.fromEntries(others) });
      })
      .map((flag) => `${item}.${flag}`),
  );
  expect(missing).toEqual([
    'callBackNumber.safeToRing',
    'callBackNumber.safeToLeaveMessage',
    'consent.ladderExplained',
    'practitionerPrivacy.alone',
    'clientPrivacy.alone',
    'clientPrivacy.freeToSpeak',
    'emergencyContact.agreedWhileAlone',
    'backUpChannel.usesVoice',
    'backUpChannel.isSafeChannel',
    'signal.hasSafeWord',
    'signal.hasGesture',
    'signal.hasSoftwareSignal',
    'preferences.askedResources',
    'preferences.askedSkills',
  ]);
});

test('[I4] nothing is to be asked with another answer than a whole one, and nobody answers what is nobody’s', () => {
  expect(isProperAnswer('clientPrivacy', null, { answer: 'no' })).toBe(true);
  expect(isProperAnswer('clientPrivacy', null, { answer: 'none' })).toBe(false);
  expect(isProperAnswer('consent', 'c-2', { answer: 'notSure' })).toBe(true);
  expect(isProperAnswer('competency', null, { answer: 'confirmed' })).toBe(false);
  // E07: that others are there is said beside it, and is not it.
  const others = { othersPresent: true };
  expect(isProperAnswer('practitionerPrivacy', null, { answer: 'confirmed', flags: others })).toBe(false);
  expect(isProperAnswer('location', null, { answer: 'confirmed' })).toBe(true);
  expect(isProperAnswer('location', null, { answer: 'confirmed', flags: { alone: true } })).toBe(false);
  expect(
    isProperAnswer('clientPrivacy', null, { answer: 'no', flags: { alone: false, safeToRing: true } }),
  ).toBe(false);
});

test.each<[ItemName, AnswerFlags, boolean]>([
  ['clientPrivacy', { alone: false, freeToSpeak: true }, true],
  ['clientPrivacy', { alone: true, freeToSpeak: false }, false],
  ['consent', { ladderExplained: false }, false],
  ['practitionerPrivacy', { alone: false }, false],
  ['practitionerPrivacy', { alone: false, othersPresent: false }, false],
  ['practitionerPrivacy', { alone: false, othersPresent: true }, true],
  ['practitionerPrivacy', { alone: true, othersPresent: false }, true],
  ['signal', { hasSafeWord: false, hasGesture: false, hasSoftwareSignal: false }, false],
  ['signal', { hasSafeWord: true, hasGesture: false, hasSoftwareSignal: false }, true],
  ['emergencyContact', { agreedWhileAlone: false }, true],
  ['callBackNumber', { safeToRing: false, safeToLeaveMessage: false }, true],
  ['backUpChannel', { usesVoice: false, isSafeChannel: false }, true],
  ['preferences', { askedResources: false, askedSkills: false }, true],
])('[I4][I22] %s, confirmed with %j: %s', (item, flags, isProper) => {
  expect(proper(item, { flags })).toBe(isProper);
});

test('[I22] a wish names the way and the day; no other item has either', () => {
  expect(proper('preferences', { way: undefined })).toBe(false);
  expect(proper('preferences', { reviewOn: undefined })).toBe(false);
  expect(proper('location', { way: 'phone' })).toBe(false);
  expect(proper('location', { reviewOn: '2026-06-01' })).toBe(false);
  expect(isProperAnswer('location', null, { answer: 'notSure', way: 'phone' })).toBe(false);
  expect(isProperAnswer('preferences', null, { answer: 'notSure', way: 'phone' })).toBe(false);
  expect(isProperAnswer('preferences', null, { answer: 'notSure' })).toBe(true);
});

test('[I4] where a text is shown, its version is part of the answer', () => {
  expect(proper('limits', { textVersion: 'l-3' }, 'l-3')).toBe(true);
  expect(proper('limits', { textVersion: 'l-2' }, 'l-3')).toBe(false);
  expect(proper('limits', { textVersion: undefined }, 'l-3')).toBe(false);
});

test('[I1][I5][I6][I9] an answer counts while it settles and is not old; passed over and not applicable count at the gate', () => {
  const chart = (value: unknown, answer: ItemContext['answer']) =>
    ({ value, context: { ...aChart(itemConcept, 'clientPrivacy').context, answer } }) as never;
  const both = (value: unknown, answer: ItemContext['answer']) => [
    isAnswered(chart(value, answer)),
    isSettled(chart(value, answer)),
  ];
  expect(both('confirmed', 'confirmed')).toEqual([true, true]);
  expect(both('declined', 'no')).toEqual([false, false]);
  expect(both('uncertain', 'notSure')).toEqual([false, false]);
  expect(both('confirmed', null)).toEqual([false, false]);
  for (const past of ['open', 'expired']) expect(both(past, 'confirmed')).toEqual([false, false]);
  expect(both({ confirmed: 'now' }, 'confirmed')).toEqual([false, false]);
  for (const aside of ['overridden', 'notApplicable']) expect(both(aside, null)).toEqual([false, true]);
});
