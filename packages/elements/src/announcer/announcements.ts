import type { View } from '@holdfast/session';
import { isPressing } from '../screens/urgency.js';
import { say, type Words } from '../words/index.js';

/** A sentence for one of the two live regions. */
export interface Announcement {
  readonly level: 'status' | 'alert';
  readonly sentence: string;
}

/**
 * What a change of view is worth saying aloud, most urgent last. Only what is new: a changed headline, a notice that was
 * not there, a task that now waits for this person; nothing that is quiet (Q12, H16). Never a number that counts (WCAG 4.1.3, accessibility 6.1).
 */
export function announcementsOf(before: View | null, now: View, words: Words): readonly Announcement[] {
  const headline = say(now.headline, words);
  const isNewHeadline = before === null || say(before.headline, words) !== headline;
  const told = now.explanation.map((message) => say(message, words));
  const status: Announcement[] = isNewHeadline
    ? // A headline has no full stop of its own, and without one it is read into the next sentence.
      [{ level: 'status', sentence: told.length === 0 ? headline : `${headline}. ${told.join(' ')}` }]
    : [];
  const notices = now.notices
    .filter(({ id, isQuiet }) => isQuiet !== true && !before?.notices.some((known) => known.id === id))
    .map(({ level, message }): Announcement => ({ level, sentence: say(message, words) }));
  const known = new Set(before?.tasks.filter(({ urgency }) => urgency === 'now').map(({ id }) => id));
  const isAlarm = isPressing({ ...now, tasks: now.tasks.filter(({ isQuiet }) => !isQuiet) });
  const next = now.tasks
    .filter(({ id, urgency, isQuiet }) => urgency === 'now' && !isQuiet && !known.has(id))
    .map(({ title }): Announcement => ({
      level: isAlarm ? 'alert' : 'status',
      sentence: isAlarm
        ? say({ key: 'announce.now', params: { title: say(title, words) } }, words)
        : say(title, words),
    }));
  return [...status, ...notices, ...next];
}
