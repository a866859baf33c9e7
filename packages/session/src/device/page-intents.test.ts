// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { browserPage } from './page-intents.js';

afterEach(() => vi.unstubAllGlobals());
const message = {
  id: 'i1',
  credential: 'x'.repeat(20),
  device: 'd1',
  fact: 'person.exited',
  saidAtMs: 1,
} as const;

test('[H29] the token leaves the address; the rest of it stays', () => {
  location.href = 'http://host.example/session?lang=en#token';
  history.replaceState({ kept: true }, '', '/session?lang=en#token');
  browserPage().forgetLink();
  expect(location.pathname + location.search + location.hash).toBe('/session?lang=en');
  expect(history.state).toEqual({ kept: true });
});

test('[H12] [H29] blank leaves nothing on the screen or in the title', () => {
  document.title = 'Session';
  document.body.innerHTML = '<main>words</main>';
  browserPage().blank();
  expect([document.title.trim(), document.body.innerHTML]).toEqual(['', '']);
});

test('[E4] [H29] where quick exit goes is told nothing of where from, whatever the host has set', () => {
  const went: [string, string | undefined][] = [];
  const policy = () => document.head.querySelector<HTMLMetaElement>('meta[name=referrer]')?.content;
  vi.spyOn(location, 'replace').mockImplementation((to) => void went.push([String(to), policy()]));
  browserPage().goTo('https://weather.example/');
  expect(went).toEqual([['https://weather.example/', 'no-referrer']]);
});

test('the last message is plain text, so that it needs no permission first; a browser that refuses is no error', async () => {
  const sent: [string, Blob][] = [];
  vi.stubGlobal('navigator', { sendBeacon: (address: string, body: Blob) => sent.push([address, body]) > 0 });
  browserPage().beacon('/holdfast/beacon', message);
  const [address, body] = sent.at(0)!;
  expect([address, body.type, JSON.parse(await body.text())]).toEqual([
    '/holdfast/beacon',
    'text/plain',
    message,
  ]);
  vi.stubGlobal('navigator', {});
  expect(() => browserPage().beacon('/holdfast/beacon', message)).not.toThrow();
});

test('says when the page goes away and when the network changes, until it is told to stop', () => {
  const page = browserPage();
  const seen: string[] = [];
  const cancels = [
    page.onUnloading(() => seen.push('unloading')),
    page.onNetwork((isOnline) => seen.push(isOnline ? 'online' : 'offline')),
  ];
  const raise = () =>
    ['offline', 'online', 'pagehide'].forEach((type) => window.dispatchEvent(new Event(type)));
  raise();
  for (const cancel of cancels) cancel();
  raise();
  expect(seen).toEqual(['offline', 'online', 'unloading']);
});

test('[H01] the newest tab of a name has it, and the one before is told', async () => {
  const held = new Map<string, (reason: Error) => void>();
  const request = (name: string, _options: unknown, hold: () => Promise<void>) => {
    held.get(name)?.(new DOMException('stolen', 'AbortError'));
    return Promise.race([hold(), new Promise<never>((_resolve, reject) => held.set(name, reject))]);
  };
  vi.stubGlobal('navigator', { locks: { request } });
  const lost: string[] = [];
  browserPage().claim('d1', () => lost.push('first'));
  browserPage().claim('d1', () => lost.push('second'));
  await new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));
  expect(lost).toEqual(['first']);
});

test('[H01] a browser that keeps no locks for this page is no newer tab', async () => {
  const request = () => Promise.reject(new DOMException('denied', 'SecurityError'));
  vi.stubGlobal('navigator', { locks: { request } });
  const lost: string[] = [];
  browserPage().claim('d1', () => lost.push('lost'));
  await new Promise<void>((resolve) => setTimeout(resolve));
  expect(lost).toEqual([]);
});

test('[H01] a tab that claims anew what it had does not lose it to itself', async () => {
  // A browser may take the lock away before it has noticed that it was let go.
  const held = new Map<string, (reason: Error) => void>();
  const request = (name: string) => {
    held.get(name)?.(new DOMException('stolen', 'AbortError'));
    return new Promise<never>((_resolve, reject) => held.set(name, reject));
  };
  vi.stubGlobal('navigator', { locks: { request } });
  const lost: string[] = [];
  const page = browserPage();
  const release = page.claim('d1', () => lost.push('first'));
  release();
  page.claim('d1', () => lost.push('second'));
  await new Promise<void>((resolve) => setTimeout(resolve));
  expect(lost).toEqual([]);
});
