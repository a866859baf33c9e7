import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { englishWords } from '../../../packages/elements/src/words/english.js';
import { observed } from './observer.js';

/** Beginnings of the keys of what staff alone read. */
const STAFF =
  /^(staff|practitioner|duty|crisis|checklist|consult|disclosure|tell|staffNote|safeguarding|plan|alert|notice|deadline|cannot|observation|channel|run|pathway|review|supervision|closing|followUp|risk|decision|act|outcome|disposition|fact|recording\.(missing|grant))\b/;
/** What both sides read: the service's own questions to the client are the practitioner's as well. */
const BOTH = /^(fact\.unknown)$/;
const LEAST_LETTERS = 14;

/** The longest piece of a sentence between its placeholders. */
const pieceOf = (sentence: string): string =>
  sentence
    .split(/\{[^}]*\}/)
    .reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '')
    .trim();

const sentences = Object.entries(englishWords.catalogue);
const clients = sentences
  .filter(([key]) => !STAFF.test(key) || BOTH.test(key))
  .map(([, sentence]) => sentence);
const staffOnly = sentences
  .filter(([key]) => STAFF.test(key) && !BOTH.test(key))
  .map(([key, sentence]) => ({ key, piece: pieceOf(sentence) }))
  .filter(
    ({ piece }) => piece.length >= LEAST_LETTERS && !clients.some((sentence) => sentence.includes(piece)),
  );

/**
 * V1, on the page itself: no sentence that is meant for staff was to be read on the client's page at any time, nor does one
 * stand anywhere in its markup now (attributes and what is not drawn included).
 */
export async function expectNoStaffWords(page: Page): Promise<void> {
  const shown = (await observed(page)).words.map(({ text }) => text);
  const markup = await markupOf(page);
  const found = staffOnly.filter(({ piece }) => [...shown, markup].some((text) => text.includes(piece)));
  expect(shown.length, 'the words of the page were noted').toBeGreaterThan(0);
  expect(
    found.map(({ key }) => key),
    'staff words on the page of the client',
  ).toEqual([]);
}

/** Everything that the page is made of, shadow roots included. */
export async function markupOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const write = (node: Node): string => {
      if (node instanceof Text) return node.data;
      if (!(node instanceof Element)) return [...node.childNodes].map(write).join('');
      const own = node.cloneNode(false) as Element;
      const inside = [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes].map(write).join('');
      return `${own.outerHTML}${inside}`;
    };
    return write(document);
  });
}
