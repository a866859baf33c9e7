import type { Instant } from '@holdfast/protocol';
import type { Delivered } from './concept.js';

const DAY_MS = 86_400_000;

/**
 * The calendar date of an instant in UTC, `YYYY-MM-DD`, by arithmetic: the machines have no `Date`.
 * (Howard Hinnant's civil-from-days: counts years from March, so that the leap day is the last of a year.)
 */
export function dateOf(atMs: Instant): string {
  const days = Math.floor(atMs / DAY_MS) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}`;
}

/** The day on which something was said: it may arrive on a later one. */
export const dayOf = ({ saidAtMs, atMs }: Pick<Delivered<object>, 'saidAtMs' | 'atMs'>): string =>
  dateOf(saidAtMs ?? atMs);
