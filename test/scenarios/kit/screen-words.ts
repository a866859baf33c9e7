// By path: the package's entry registers its elements, which only a browser can.
import { englishWords } from '../../../packages/elements/src/words/english.js';

/**
 * The words on the screens, taken from the catalogue by key: scenarios find things as a person or a screen
 * reader does, by role and name, and a sentence may be reworded without touching them.
 */
function patternOf(key: string): string {
  const sentence = englishWords.catalogue[key];
  if (sentence === undefined) throw new Error(`the catalogue of words has no ${key}`);
  const literal = sentence.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  return literal.replaceAll(/\{\w+(:\w+)?\}/g, '.+').replaceAll(/\s+/g, String.raw`\s+`);
}

/** The whole name of a button, a task or a page. */
export const named = (key: string): RegExp => new RegExp(`^\\s*${patternOf(key)}\\s*$`);

/** The beginning of a question's name: "(you can leave this empty)" may follow. */
export const asked = (key: string): RegExp => new RegExp(`^\\s*${patternOf(key)}`);

/** One of several sentences, anywhere among the visible words. */
export const says = (...keys: readonly string[]): RegExp => new RegExp(keys.map(patternOf).join('|'));
