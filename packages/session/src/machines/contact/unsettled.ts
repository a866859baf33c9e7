import type { Instant } from '@holdfast/protocol';
import type { ContactContext, ContactEvent } from './contact-state.js';
import { isUp, type MediaReports } from './media-evidence.js';

/** Contact that was not up for `recoveredAfterMs` since a page went, or since it was made. */
export interface Unsettled {
  /** Since when media is up again; null while it is not. */
  readonly upSinceMs: Instant | null;
}

/**
 * Whether contact is settled after an input. Counts as `recovered` does, and looks at nothing that depends on risk: with
 * risk active a page that went is lost earlier, and what is lost has to recover, which a client must not see (V1, H16).
 */
export function unsettledAfter(
  { unsettled, reports: before }: ContactContext,
  reports: MediaReports,
  event: ContactEvent,
): Unsettled | null {
  if (unsettled === null) return null;
  if (isUp(reports)) {
    const hasStayed = isUp(before) && (unsettled.upSinceMs !== null || event.type !== 'media.reported');
    return hasStayed ? unsettled : { upSinceMs: event.atMs };
  }
  if (!isUp(before) || unsettled.upSinceMs === null) return { upSinceMs: null };
  const isBrokenAgain = event.atMs - unsettled.upSinceMs <= event.now.limits.recoveredAfterMs;
  return isBrokenAgain ? { upSinceMs: null } : null;
}
