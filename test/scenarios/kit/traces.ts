import type { Page } from 'playwright-core';
import { englishWords } from '../../../packages/elements/src/words/english.js';
import type { Device } from './browser.js';
import { wordsOn } from './following.js';

/** What a device keeps of a site, in every kind of storage that a page has. */
export async function storedOn(page: Page): Promise<Readonly<Record<string, readonly string[]>>> {
  return page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookies: document.cookie === '' ? [] : [document.cookie],
    databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
    caches: 'caches' in window ? await caches.keys() : [],
    workers:
      'serviceWorker' in navigator
        ? (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope)
        : [],
    windowName: window.name === '' ? [] : [window.name],
    historyState: history.state === null ? [] : [JSON.stringify(history.state)],
  }));
}

export const NOTHING_STORED = {
  local: [],
  session: [],
  cookies: [],
  databases: [],
  caches: [],
  workers: [],
  windowName: [],
  historyState: [],
};

/** What the back and forward buttons of the tab lead to. */
export async function historyOf({
  context,
  page,
}: Device): Promise<readonly { url: string; title: string }[]> {
  const inspector = await context.newCDPSession(page);
  const { entries } = await inspector.send('Page.getNavigationHistory');
  await inspector.detach();
  return entries.map(({ url, title }) => ({ url, title }));
}

/** Notes from now on whether a page of this device asks to show notifications, or is shown again as it was. */
export async function watchPages({ context }: Device): Promise<void> {
  await context.addInitScript(() => {
    const noted = { asked: 0, shownAgain: 0 };
    Object.assign(window, { holdfastNoted: noted });
    if ('Notification' in window) Notification.requestPermission = async () => ((noted.asked += 1), 'denied');
    addEventListener('pageshow', ({ persisted }) => void (noted.shownAgain += persisted ? 1 : 0));
  });
}

export const notedOn = (page: Page): Promise<{ readonly asked: number; readonly shownAgain: number }> =>
  page.evaluate(() => {
    const { holdfastNoted } = window as Window & { holdfastNoted?: { asked: number; shownAgain: number } };
    return holdfastNoted ?? { asked: 0, shownAgain: 0 };
  });

/** A host that sets no header for the client's page: whatever holds then, holds without it. */
export async function withoutHeaders({ context, page }: Device, headers: RegExp): Promise<void> {
  const inspector = await context.newCDPSession(page);
  inspector.on('Fetch.requestPaused', ({ requestId, responseStatusCode = 200, responseHeaders = [] }) => {
    const kept = responseHeaders.filter(({ name }) => !headers.test(name));
    void inspector
      .send('Fetch.continueResponse', { requestId, responseCode: responseStatusCode, responseHeaders: kept })
      .catch(() => undefined);
  });
  await inspector.send('Fetch.enable', { patterns: [{ urlPattern: '*/call*', requestStage: 'Response' }] });
}

/** Words that a page shows in or after a session and may not show again: the session's own, and what was typed. */
const OF_A_SESSION = [
  ...Object.entries(englishWords.catalogue)
    .filter(([key]) => /^client\.(?!closed\.what)/.test(key))
    .map(([, sentence]) => sentence)
    .filter((sentence) => sentence.length > 20 && !sentence.includes('{')),
  'Robin (practitioner)',
  'Sam (client)',
  'Exampletown',
  '5550100',
];

/** What of a session can be read on a page. */
export async function sessionWordsOn(page: Page): Promise<readonly string[]> {
  const shown = await wordsOn(page);
  return OF_A_SESSION.filter((words) => shown.includes(words));
}
