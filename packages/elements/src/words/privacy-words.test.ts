import { expect, test } from 'vitest';
import { privacyWords } from './en-privacy.js';

const TELLING =
  /therap|counsel|privacy|signal|listen|safe|danger|crisis|risk|abuse|session|client|practitioner/i;

test('[U2][H16] what the client reads of a pause says nothing of why, nor of what the page is for', () => {
  const shown = Object.entries(privacyWords).filter(([key]) => key.startsWith('client.'));
  expect(shown).toHaveLength(7);
  expect(shown.filter(([, text]) => TELLING.test(text))).toEqual([]);
});

test('[Q7][A38] the neutral reason that is said aloud says nothing of why', () => {
  const [, said = ''] = /“(.+)”/.exec(privacyWords['staff.privacy.step.endingNeutrally.why']) ?? [];
  expect(said).not.toBe('');
  expect(TELLING.test(said)).toBe(false);
});
