import { expect } from 'vitest';
import { humanMs, startHost } from './kit/live-session.js';
import { noteNoWords, OLD_PHONE, slowDown } from './kit/old-phone.js';
import { pause } from './kit/processes.js';
import { scenario } from './kit/scenario.js';
import { expectAllSeeAndHear } from './kit/seen-and-heard.js';
import {
  clientSetsUp,
  openJoinLink,
  practitionerAdmits,
  practitionerGoesLive,
  practitionerSetsUp,
} from './kit/session-pages.js';

const both = ['webrtc', 'livekit'] as const;
/** The page's scripts and styles, zipped: at the weak link's rate this is less than ten seconds. */
const MOST_BYTES = 250_000;

scenario('[I32][D02] old phone and weak link', { transports: both, ci: [] }, async (stage) => {
  const { host } = await startHost(stage);
  const practitioner = await stage.launch('practitioner');
  const client = await stage.launch('client', { viewport: OLD_PHONE });
  const { page } = client;
  await noteNoWords(page);
  const slow = await slowDown(page);
  await openJoinLink(practitioner.page, await host.link('practitioner'));
  await practitionerSetsUp(practitioner.page);
  const link = await host.link('client');
  const openedAtMs = Date.now();
  await page.goto(link, { waitUntil: 'commit' });
  await page.getByRole('button').first().waitFor();
  stage.artifacts.note('first screen', Date.now(), { afterMs: Date.now() - openedAtMs, bytes: slow.bytes() });
  await stage.artifacts.picture('first-screen', [client]);
  expect(slow.bytes(), 'bytes before the first screen').toBeLessThan(MOST_BYTES);
  await page.getByRole('button').first().click();
  await clientSetsUp(page);
  await stage.artifacts.picture('set-up', [client]);
  const admittedAtMs = Date.now();
  await practitionerAdmits(practitioner.page);
  await expectAllSeeAndHear([practitioner, client], 1);
  await practitionerGoesLive(practitioner.page);
  await host.log.next('session.wentLive', { sinceMs: admittedAtMs, withinMs: humanMs });
  await pause(30_000);
  await expectAllSeeAndHear([practitioner, client], 1);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, 'nothing lies beside the small window').toBeLessThanOrEqual(OLD_PHONE.width);
  await stage.artifacts.picture('live', stage.devices);
  for (const kind of ['contact.lost', 'run.opened'] as const) expect(host.log.of(kind), kind).toEqual([]);
  await slow.end();
});
