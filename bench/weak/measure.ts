import type { Page } from 'playwright-core';
import { inboundSound, observed, stopNotingWords, waitForFrame } from '../../test/scenarios/kit/observer.js';
import { noteNoWords, slowDown } from '../../test/scenarios/kit/old-phone.js';
import { eventually, pause } from '../../test/scenarios/kit/processes.js';
import type { Lab } from '../first/subject.js';
import type { WeakSubject } from './subjects.js';

/** Instants in milliseconds from the opening of the link; null where it did not happen. */
export interface Weak {
  readonly firstScreenMs: number;
  /** On the wire, up to the first screen. */
  readonly firstScreenBytes: number;
  readonly seenAndHeardMs: number | null;
  /** From the last click to both sides seeing and hearing each other. */
  readonly fromClickMs: number | null;
  /** The longest time without a new picture on either side while the call was held. */
  readonly longestGapMs: number | null;
  /** Losses of contact that the product recorded in that time. */
  readonly lost: number | null;
  /** Nothing of the first screen lies beside the small window. */
  readonly fits: boolean;
}

const HOLD_MS = 60_000;
const PATIENCE_MS = 90_000;

/** One visit of a client on an old phone and a weak link, with an empty cache. */
export async function measureWeak(lab: Lab, subject: WeakSubject): Promise<Weak> {
  const link = await subject.ready(lab);
  const { client, practitioner } = lab;
  await stopNotingWords(practitioner.page);
  // A page of its own: what is loaded and how slow it is belong to it.
  const page = await client.openPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await noteNoWords(page);
  const slow = await slowDown(page);
  const openedAtMs = Date.now();
  await page.goto(link, { waitUntil: 'commit', timeout: PATIENCE_MS });
  await page.getByRole('button', { name: subject.firstButton }).waitFor({ timeout: PATIENCE_MS });
  const firstScreenMs = Date.now() - openedAtMs;
  const firstScreenBytes = slow.bytes();
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  const click = await subject.enter(lab);
  const clickedAtMs = Date.now();
  await click();
  const inAtMs = await bothIn(lab, clickedAtMs);
  const before = subject.lost();
  const fromMs = Date.now();
  await pause(HOLD_MS);
  const longestGapMs = inAtMs === null ? null : await longestGap([client.page, practitioner.page], fromMs);
  const after = subject.lost();
  await slow.end();
  await subject.disconnect(lab);
  return {
    firstScreenMs,
    firstScreenBytes,
    seenAndHeardMs: inAtMs === null ? null : inAtMs - openedAtMs,
    fromClickMs: inAtMs === null ? null : inAtMs - clickedAtMs,
    longestGapMs,
    lost: after === null ? null : after - (before ?? 0),
    fits,
  };
}

/** Both see and hear each other: the instant, or null after a minute and a half. */
async function bothIn({ client, practitioner }: Lab, sinceMs: number): Promise<number | null> {
  const pages = [client.page, practitioner.page];
  const seen = pages.map((page) => waitForFrame(page, sinceMs, PATIENCE_MS));
  const instants = await Promise.all([...seen, ...pages.map(firstSound)]);
  return instants.every((atMs) => atMs !== null) ? Math.round(Math.max(...instants)) : null;
}

async function firstSound(page: Page): Promise<number | null> {
  let atMs: number | null = null;
  const isHeard = async (): Promise<boolean> => {
    if ((await inboundSound(page)).energy > 0) atMs = Date.now();
    return atMs !== null;
  };
  await eventually('sound is heard', isHeard, PATIENCE_MS, 200).catch(() => undefined);
  return atMs;
}

async function longestGap(pages: readonly Page[], fromMs: number): Promise<number> {
  const gaps = await Promise.all(
    pages.map(async (page) => {
      const { remoteFramesAtMs } = await observed(page);
      const instants = [fromMs, ...remoteFramesAtMs.filter((atMs) => atMs > fromMs), Date.now()];
      return Math.max(...instants.map((atMs, index) => atMs - (instants[index - 1] ?? atMs)));
    }),
  );
  return Math.round(Math.max(...gaps));
}
