// Texts that people are shown, as data: versioned, translatable. An entry of its own, so that no device loads them unasked.
export { referenceTexts } from './reference-texts.js';
export { Text } from './text.js';
