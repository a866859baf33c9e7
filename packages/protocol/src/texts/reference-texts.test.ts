import { expect, test } from 'vitest';
import { TEXTS } from '../policy/policy.js';
import { referencePolicy } from '../policy/reference.js';
import { referenceTexts } from './reference-texts.js';
import { Text } from './text.js';

/** Groups of vowels, without a silent e: close enough for a mean over a text. */
const syllables = (word: string): number =>
  Math.max(
    1,
    (
      word
        .toLowerCase()
        .replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '')
        .match(/[aeiouy]{1,2}/g) ?? []
    ).length,
  );

/** Flesch-Kincaid grade level (Kincaid and others, 1975): the school year of the United States; year 5 is age 10 to 11. */
function gradeOf(paragraphs: readonly string[]): number {
  const sentences = paragraphs
    .flatMap((paragraph) => paragraph.split(/[.?!:]+\s*/))
    .filter((part) => part !== '');
  const words = sentences.flatMap((sentence) => sentence.split(/\s+/)).filter((word) => /[a-z]/i.test(word));
  const spoken = words.reduce((sum, word) => sum + syllables(word), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (spoken / words.length) - 15.59;
}

test('[A12] each text of the reference policy exists in the version that the policy names', () => {
  for (const name of TEXTS) {
    expect(Text.safeParse(referenceTexts[name]).success, name).toBe(true);
    expect(referenceTexts[name].version).toBe(referencePolicy.texts[name]);
  }
});

test.each(TEXTS)('[E03] %s can be read at the age of 9 to 11', (name) => {
  expect(gradeOf(referenceTexts[name].paragraphs)).toBeLessThanOrEqual(5.5);
});

test('the measure itself finds a text for specialists', () => {
  expect(
    gradeOf([
      'Confidentiality may be overridden where statutory safeguarding obligations necessitate proportionate disclosure.',
    ]),
  ).toBeGreaterThan(12);
});

test('[E03] [C09] [C15] consent explains the ladder, the crisis rule, the limits and the way out', () => {
  const words = referenceTexts.consent.paragraphs.join(' ');
  for (const part of [
    'five minutes',
    'rings you',
    'person that you named',
    'in danger',
    'stays private',
    'change your mind',
  ])
    expect(words).toContain(part);
});
