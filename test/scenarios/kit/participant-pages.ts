import type { Page } from 'playwright-core';
import type { Device } from './browser.js';
import type { Follow } from './following.js';
import type { SessionHost } from './session-host.js';
import { openJoinLink, settle, turnMediaOn } from './session-pages.js';

/** A device that takes little of the machine: four browsers share its cores. */
export const SMALL = { framesPerSecond: 3, viewport: { width: 620, height: 760 } };

/** Who can be at the door. */
export type Third = 'interpreter' | 'supporter';

/** What another participant does on their own page until they are at the door. */
export async function comesToTheDoor({ name, page }: Device, host: SessionHost): Promise<void> {
  await openJoinLink(page, await host.link(name));
  await settle(page, 'participant.consent.title', 'participant.consent.agree');
  await turnMediaOn(page);
}

/** Identity and the client's agreement, each by itself, and then the door (J2). Read in the record one after the other. */
export async function letsIn(page: Page, who: Third, recorded: Follow): Promise<void> {
  const title = `staff.participant.title.${who}`;
  await settle(page, title, 'staff.participant.identify', {
    chosen: { 'participant.method.label': 'participant.method.document' },
  });
  await recorded('participant.identityConfirmed', 'document');
  await settle(page, title, 'staff.participant.agrees');
  await recorded('participant.clientAgreed');
  await settle(page, title, 'staff.participant.admit');
  await recorded('participant.admitted');
}
