import type { Message } from '@holdfast/session';
import type { Text } from '@holdfast/protocol/texts';

/**
 * Sentences by key. `{name}` is filled in; a name that ends in `Ms` is an instant and comes out as a time of day, and
 * `{date}` or a name that ends in `On` is a day of the calendar and comes out as people say it.
 */
export type Catalogue = Readonly<Record<string, string>>;

/** The words of one language, and the locale that numbers and times follow. */
export interface Words {
  /** BCP 47, like `en-GB`. */
  readonly locale: string;
  /** A key that it lacks is shown as it is: hold your own against `englishWords`. */
  readonly catalogue: Catalogue;
  /** The service's own texts, by the version that its policy names, like `consent-v1` (A12, B04). */
  readonly texts: Readonly<Record<string, Pick<Text, 'title' | 'paragraphs'>>>;
}

const HOLE = /\{(\w+)\}/g;
const IS_DAY = /^date$|On$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The sentence of a message. A parameter that is itself a key of the catalogue comes out in words. A key that the
 * catalogue does not have comes out as it is: wrong, but visible, and never an empty button.
 */
export function say(message: Message, words: Pick<Words, 'locale' | 'catalogue'>): string {
  const pattern = words.catalogue[message.key] ?? message.key;
  return pattern.replace(HOLE, (hole, name: string) => {
    const value = message.params?.[name];
    if (value === undefined) return hole;
    if (typeof value === 'number' && name.endsWith('Ms')) return timeOfDay(value, words.locale);
    if (typeof value === 'string' && IS_DAY.test(name) && DAY.test(value)) return dayOf(value, words.locale);
    return words.catalogue[value] ?? String(value);
  });
}

/** Hours and minutes, as a sentence says them. */
export function timeOfDay(atMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(atMs);
}

/** A day with its month in words: no two countries read the numbers alike. It is the same day in every time zone. */
function dayOf(day: string, locale: string): string {
  const atMs = Date.parse(day);
  return Number.isNaN(atMs)
    ? day
    : new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(atMs);
}

/** Hours, minutes and seconds: for the deadlines of staff. */
export function clockTime(atMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    atMs,
  );
}
