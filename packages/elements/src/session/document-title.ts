import type { View } from '@holdfast/session';
import { isStaff } from '../screens/screen-context.js';
import { isPressing } from '../screens/urgency.js';
import { say, type Words } from '../words/index.js';

/**
 * The title of the page for staff: a tab in the background says that someone must act (H33). Null for the client
 * and other participants, whose title stays what the host made it: it is in the history and on shared screens (H29).
 */
export function titleOf(view: View, words: Words): string | null {
  if (!isStaff(view)) return null;
  const headline = say(view.headline, words);
  return say({ key: isPressing(view) ? 'title.staff.now' : 'title.staff', params: { headline } }, words);
}
