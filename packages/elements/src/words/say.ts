import type { Message } from '@holdfast/session';

/** Sentences by key. `{name}` is filled in; a name that ends in `Ms` is an instant and comes out as a time of day. */
export type Catalogue = Readonly<Record<string, string>>;

/** The words of one language, and the locale that numbers and times follow. */
export interface Words {
  /** BCP 47, like `en-GB`. */
  readonly locale: string;
  /** A key that it lacks is shown as it is: hold your own against `englishWords`. */
  readonly catalogue: Catalogue;
}

const HOLE = /\{(\w+)\}/g;

/**
 * The sentence of a message. A parameter that is itself a key of the catalogue comes out in words. A key that the
 * catalogue does not have comes out as it is: wrong, but visible, and never an empty button.
 */
export function say(message: Message, words: Words): string {
  const pattern = words.catalogue[message.key] ?? message.key;
  return pattern.replace(HOLE, (hole, name: string) => {
    const value = message.params?.[name];
    if (value === undefined) return hole;
    if (typeof value === 'number' && name.endsWith('Ms')) return timeOfDay(value, words.locale);
    return words.catalogue[value] ?? String(value);
  });
}

/** Hours and minutes, as a sentence says them. */
export function timeOfDay(atMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(atMs);
}

/** Hours, minutes and seconds: for the deadlines of staff. */
export function clockTime(atMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    atMs,
  );
}
