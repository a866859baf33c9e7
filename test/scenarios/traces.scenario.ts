import { expect } from 'vitest';
import type { Device } from './kit/browser.js';
import { startElsewhere } from './kit/elsewhere.js';
import { expectReads, wordsOn } from './kit/following.js';
import { startLiveSession, type LiveSession } from './kit/live-session.js';
import { pause } from './kit/processes.js';
import { scenario, type Stage } from './kit/scenario.js';
import { act, endAndClose } from './kit/session-pages.js';
import {
  historyOf,
  NOTHING_STORED,
  notedOn,
  sessionWordsOn,
  storedOn,
  watchPages,
  withoutHeaders,
} from './kit/traces.js';

const direct = ['webrtc'] as const;
/** What our quickstart sends along and another host may forget. */
const HEADERS = /^(referrer-policy|cache-control)$/i;

/** A live session on a page of a host that sends no header of its own, in a browser that keeps pages. */
async function startOnBarePage(stage: Stage, exitTo: string): Promise<LiveSession> {
  const prepare = async ({ client }: Pick<LiveSession, 'client'>): Promise<void> => {
    await watchPages(client);
    await withoutHeaders(client, HEADERS);
    await client.context.addInitScript((to) => {
      addEventListener('DOMContentLoaded', () =>
        document.querySelector('holdfast-session')?.setAttribute('exit-to', to),
      );
    }, exitTo);
  };
  const session = await startLiveSession(stage, { prepare, keepsPages: true });
  // In the session the token is out of the address, and title and icon mean nothing.
  const { page } = session.client;
  expect(new URL(page.url()).hash).toBe('');
  expect(await page.title()).toBe('Appointment');
  expect(await page.evaluate(() => document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href)).toBe(
    'data:,',
  );
  return session;
}

/** Whoever presses back, reloads, or looks at the storage of the site finds nothing of the session. */
async function expectNothingComesBack(
  stage: Stage,
  { host }: LiveSession,
  client: Device,
  isKept: boolean,
): Promise<void> {
  const { page } = client;
  const before = host.log.read().length;
  await page.goBack({ waitUntil: 'commit' }).catch(() => null);
  await pause(2000);
  await stage.artifacts.picture('back', [client]);
  // Otherwise it would not have been seen what the browser's page cache shows.
  expect((await notedOn(page)).shownAgain, 'the page was shown again as it was').toBe(isKept ? 1 : 0);
  stage.artifacts.note('the back button', Date.now(), {
    ...(await notedOn(page)),
    words: await wordsOn(page),
  });
  expect(await sessionWordsOn(page), 'after the back button').toEqual([]);
  await page.goto(`${host.url}/call`);
  await pause(2000);
  expect(await sessionWordsOn(page), 'after a reload of the address').toEqual([]);
  expect(await storedOn(page)).toEqual(NOTHING_STORED);
  expect((await notedOn(page)).asked, 'nothing asks for notifications').toBe(0);
  const joined = host.log
    .read()
    .slice(before)
    .filter(({ kind }) => kind === 'device.joined');
  expect(joined, 'no page came into the session again').toEqual([]);
}

scenario('[E4][H29] traces after quick exit', { transports: direct, ci: direct }, async (stage) => {
  const elsewhere = await startElsewhere(stage);
  const session = await startOnBarePage(stage, elsewhere.url);
  const { host, client } = session;
  const link = await host.link('client');
  await act(client.page, 'exit.button');
  await client.page.waitForURL(elsewhere.url);
  await host.log.next('person.exited', { sinceMs: 0, withinMs: 5000 });
  expect(elsewhere.referrers(), 'the other site is not told where from').toEqual(['']);
  expect(await client.page.evaluate(() => document.referrer)).toBe('');
  // The session's page has no entry of its own any more.
  const entries = await historyOf(client);
  stage.artifacts.writeJson('history.json', entries);
  expect(entries.filter(({ url }) => url.startsWith(host.url))).toEqual([]);
  await expectNothingComesBack(stage, session, client, false);
  // The link in a mail, or in the list of visited pages, is used up.
  await client.page.goto(link);
  await client.page.getByRole('button').first().click();
  await client.page.getByText('The session could not be opened').first().waitFor();
  await stage.artifacts.picture('used-link', [client]);
  expect(await sessionWordsOn(client.page)).toEqual([]);
});

scenario('[E4][H29] traces after the end', { transports: direct, ci: [] }, async (stage) => {
  const elsewhere = await startElsewhere(stage);
  const session = await startOnBarePage(stage, elsewhere.url);
  const { host, practitioner, client } = session;
  await endAndClose(practitioner.page);
  await host.log.next('session.closed', { sinceMs: 0, withinMs: 10_000 });
  await expectReads(client.page, 'client.closed.headline');
  expect(await storedOn(client.page), 'also while the page is still open').toEqual(NOTHING_STORED);
  await stage.artifacts.picture('closed', [client]);
  await client.page.goto(elsewhere.url);
  const entries = await historyOf(client);
  stage.artifacts.writeJson('history.json', entries);
  const own = entries.filter(({ url }) => url.startsWith(host.url));
  expect(own, 'an entry that stays has no token and a title that means nothing').toEqual([
    { url: `${host.url}/call`, title: 'Appointment' },
  ]);
  await expectNothingComesBack(stage, session, client, true);
});

scenario('[E4][H29] traces after leaving', { transports: direct, ci: [] }, async (stage) => {
  const elsewhere = await startElsewhere(stage);
  const session = await startOnBarePage(stage, elsewhere.url);
  const { host, client } = session;
  await act(client.page, 'media.leave');
  await host.log.next('person.left', { sinceMs: 0, withinMs: 5000 });
  await expectReads(client.page, 'client.left.headline');
  await client.page.goto(elsewhere.url);
  await expectNothingComesBack(stage, session, client, true);
});
