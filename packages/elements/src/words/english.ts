import { referenceTexts } from '@holdfast/protocol/texts';
import { en } from './en.js';
import { screenWords } from './en-screens.js';
import type { Words } from './say.js';

/** The reference words: plain English, reading age 9 to 11. A host passes its own `Words` to translate or reword. */
export const englishWords: Words = {
  locale: 'en-GB',
  catalogue: { ...en, ...screenWords },
  texts: Object.fromEntries(Object.values(referenceTexts).map((text) => [text.version, text])),
};
