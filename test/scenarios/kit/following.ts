import type { AuditEvent, EventKind } from '@holdfast/protocol';
import type { Page } from 'playwright-core';
import type { EventLog } from './event-log.js';
import { eventually } from './processes.js';
import { says } from './screen-words.js';
import { task } from './session-pages.js';

/**
 * Reads the record in its order: each call waits for the next event of that kind, and with that outcome where one is
 * given, after the one that it gave before.
 */
export type Follow = (kind: EventKind, outcome?: string) => Promise<AuditEvent>;

/** The record from here on. */
export function follow(log: EventLog): Follow {
  const begunAt = log.read().at(-1)?.sequence ?? 0;
  const reached = new Map<EventKind, number>();
  return async (kind, outcome) => {
    const after = reached.get(kind) ?? begunAt;
    const event = await log.next(kind, {
      sinceMs: 0,
      withinMs: 10_000,
      where: (one) => one.sequence > after && (outcome === undefined || one.outcome === outcome),
    });
    reached.set(kind, event.sequence);
    return event;
  };
}

/** The words that can be read on a page now; not what was last said to a screen reader. */
export async function wordsOn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const read = (node: Node): string => {
      if (node instanceof Text) return node.data;
      if (node instanceof Element) {
        if (['STYLE', 'SCRIPT', 'TEMPLATE'].includes(node.tagName) || !node.checkVisibility()) return '';
        if (node.matches('.hidden[aria-live]')) return '';
        if (node.shadowRoot) return read(node.shadowRoot);
      }
      return [...node.childNodes].map(read).join(' ');
    };
    return read(document.body).replace(/\s+/g, ' ').trim();
  });
}

/** One of several sentences of the catalogue is to be read on the page, within 5 s. */
export async function expectReads(page: Page, ...keys: readonly string[]): Promise<void> {
  await eventually(
    `the page says ${keys.join(' or ')}`,
    async () => says(...keys).test(await wordsOn(page)),
    5000,
  );
}

/** None of the sentences is to be read on the page, within 5 s. */
export async function expectSilentOn(page: Page, ...keys: readonly string[]): Promise<void> {
  await eventually(
    `the page does not say ${keys.join(' or ')}`,
    async () => !says(...keys).test(await wordsOn(page)),
    5000,
  );
}

/** A task is not on the page any more, within 5 s. */
export async function expectGone(page: Page, title: string): Promise<void> {
  await eventually(`${title} is gone`, async () => (await task(page, title).count()) === 0, 5000);
}

/** A day as a field wants it, so many days from today. */
export const inDays = (days: number): string =>
  new Date(Date.now() + days * 24 * 60 * 60_000).toISOString().slice(0, 10);
