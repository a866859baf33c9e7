import {
  firstShownAfter,
  observed,
  stopNotingWords,
  waitForFrame,
} from '../../test/scenarios/kit/observer.js';
import { pause } from '../../test/scenarios/kit/processes.js';
import type { Lab, Subject } from './subject.js';

/** Milliseconds from the cut, or from the link being back; null where it did not happen. */
export interface Cut {
  readonly whoDroppedMs: number | null;
  readonly ownSideKnowsMs: number | null;
  readonly practitionerFrameMs: number | null;
  readonly clientFrameMs: number | null;
  /** The longest time without a new frame on either screen in the 12 s after the first one. */
  readonly longestGapMs: number | null;
}

export interface Click {
  readonly firstFrameMs: number;
}

/** The call has run this long when it is cut: rates and estimates have settled. */
const settledMs = 6000;
/** What a person would still wait for after the link is back. */
const patienceMs = 40_000;

/** One cut of the client's link without any event (every packet dropped), healed after `cutMs`. */
export async function measureCut(lab: Lab, subject: Subject, cutMs: number): Promise<Cut> {
  const { practitioner, client, network } = lab;
  await subject.connect(lab);
  await pause(settledMs);
  const cutAtMs = network.blackHole('client');
  await pause(cutAtMs + cutMs - Date.now());
  const healedAtMs = network.heal('client');
  const practitionerFrameAtMs = await waitForFrame(practitioner.page, healedAtMs, patienceMs);
  const clientFrameAtMs = await waitForFrame(client.page, healedAtMs, patienceMs);
  const after = (atMs: number | null, fromMs: number) => (atMs === null ? null : Math.round(atMs - fromMs));
  await pause(12_000);
  const cut: Cut = {
    whoDroppedMs: after(await firstShownAfter(practitioner.page, subject.whoDropped, cutAtMs), cutAtMs),
    ownSideKnowsMs: after(await firstShownAfter(client.page, subject.ownSideKnows, cutAtMs), cutAtMs),
    practitionerFrameMs: after(practitionerFrameAtMs, healedAtMs),
    clientFrameMs: after(clientFrameAtMs, healedAtMs),
    longestGapMs: await longestGap(lab, Math.max(practitionerFrameAtMs ?? 0, clientFrameAtMs ?? 0)),
  };
  await subject.disconnect(lab);
  return cut;
}

/** From the last click, on whichever page, to the first frame of the practitioner on the client's screen. */
export async function measureClick(lab: Lab, subject: Subject): Promise<Click> {
  const click = await subject.readyToJoin(lab);
  for (const { page } of [lab.practitioner, lab.client]) await stopNotingWords(page);
  await pause(1500);
  const sinceMs = Date.now();
  await click();
  const frameAtMs = await need(waitForFrame(lab.client.page, sinceMs, 20_000), 'a first remote frame');
  const pages = [lab.practitioner.page, lab.client.page];
  const clicks = (await Promise.all(pages.map(observed))).flatMap(({ clicksAtMs }) =>
    clicksAtMs.filter((atMs) => atMs >= sinceMs && atMs <= frameAtMs),
  );
  await subject.disconnect(lab);
  if (clicks.length === 0) throw new Error('did not happen: a click before the first remote frame');
  return { firstFrameMs: Math.round(frameAtMs - Math.max(...clicks)) };
}

async function longestGap(lab: Lab, fromMs: number): Promise<number | null> {
  if (fromMs === 0) return null;
  let longest = 0;
  for (const { page } of [lab.practitioner, lab.client]) {
    const frames = (await observed(page)).remoteFramesAtMs.filter((atMs) => atMs >= fromMs);
    frames.forEach((atMs, index) => (longest = Math.max(longest, atMs - (frames[index - 1] ?? atMs))));
  }
  return Math.round(longest);
}

/** Fails the repetition when something that must come first did not come. */
export async function need(instant: Promise<number | null>, claim: string): Promise<number> {
  const atMs = await instant;
  if (atMs === null) throw new Error(`did not happen: ${claim}`);
  return atMs;
}
