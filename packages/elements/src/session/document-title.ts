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

interface Claim {
  readonly title: string;
  readonly isPressing: boolean;
}

/** Of each page, what its sessions would have as its title, in the order in which they came. */
const claims = new WeakMap<Document, Map<object, Claim>>();

/**
 * One title for all the sessions of a page: that of the first in which somebody must act, or else of the first. Without a
 * claim (null) a session has no say; a page of which none has any keeps its title.
 */
export function claimTitle(page: Document, owner: object, claim: Claim | null): void {
  const ofPage = claims.get(page) ?? new Map<object, Claim>();
  claims.set(page, ofPage);
  if (claim === null) ofPage.delete(owner);
  else ofPage.set(owner, claim);
  const all = [...ofPage.values()];
  const shown = all.find(({ isPressing: isFirst }) => isFirst) ?? all[0];
  if (shown !== undefined) page.title = shown.title;
}
