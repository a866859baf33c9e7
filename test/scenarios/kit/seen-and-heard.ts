import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Device } from './browser.js';
import { eventually, pause } from './processes.js';

/** Frames that each picture of somebody else has shown so far, by what a screen reader calls the picture. */
async function framesOf(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(() => {
    const root = document.querySelector('holdfast-session')?.shadowRoot;
    const videos = [...(root?.querySelectorAll('video') ?? [])];
    const others = videos.filter(
      (video) => video.closest('.own, .preview') === null && video.checkVisibility(),
    );
    return Object.fromEntries(
      others.map((video) => [video.ariaLabel ?? '', video.getVideoPlaybackQuality().totalVideoFrames]),
    );
  });
}

/** What each sound of somebody else has brought so far, by source: a track is used again for whoever comes next. */
async function soundsOf(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(async () => {
    const { holdfastObserver } = window as Window & {
      holdfastObserver?: { connections: readonly RTCPeerConnection[] };
    };
    const heard: Record<string, number> = {};
    for (const connection of holdfastObserver?.connections ?? []) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values())
        if (report.type === 'inbound-rtp' && report.kind === 'audio')
          heard[`${report.ssrc}`] = report.totalAudioEnergy ?? 0;
    }
    return heard;
  });
}

/** For whoever looks for a sound that is missing: whether it arrives, and whether it is played. */
async function soundDetails(page: Page): Promise<string> {
  const arriving = await page.evaluate(async () => {
    const { holdfastObserver } = window as Window & {
      holdfastObserver?: { connections: readonly RTCPeerConnection[] };
    };
    const lines: string[] = [];
    for (const connection of holdfastObserver?.connections ?? [])
      for (const report of (await connection.getStats()).values())
        if (report.type === 'inbound-rtp' && report.kind === 'audio')
          lines.push(
            `${report.ssrc} track ${report.trackIdentifier} ${report.packetsReceived} packets energy ${report.totalAudioEnergy}`,
          );
    const root = document.querySelector('holdfast-session')?.shadowRoot;
    for (const video of root?.querySelectorAll('video') ?? [])
      if (video.srcObject instanceof MediaStream)
        lines.push(
          `${video.ariaLabel} paused ${video.paused} ended ${video.ended} muted ${video.muted}: ${video.srcObject
            .getTracks()
            .map(
              ({ kind, id, muted, readyState }) => `${kind} ${id} ${muted ? 'muted' : 'open'} ${readyState}`,
            )
            .join(', ')}`,
        );
    return lines;
  });
  return arriving.join('\n');
}

const grown = (before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>): string[] =>
  Object.entries(after)
    .filter(([name, value]) => value > (before[name] ?? 0))
    .map(([name]) => name)
    .toSorted((a, b) => a.localeCompare(b));

export interface SeenAndHeard {
  /** The pictures that moved, by what a screen reader calls them. */
  readonly pictures: readonly string[];
  /** How many people's sound arrived that is not silence. */
  readonly sounds: number;
}

/** Whom a page shows and plays: pictures that brought new frames and sounds that were not silent, for 2.5 s. */
export async function seenAndHeard(page: Page): Promise<SeenAndHeard> {
  const [frames, sounds] = [await framesOf(page), await soundsOf(page)];
  // The fake microphone beeps once a second.
  await pause(2500);
  return {
    pictures: grown(frames, await framesOf(page)),
    sounds: grown(sounds, await soundsOf(page)).length,
  };
}

/** Within 20 s each of these pages shows so many other people in moving pictures, and plays the sound of as many. */
export async function expectAllSeeAndHear(devices: readonly Device[], others: number): Promise<void> {
  await Promise.all(
    devices.map(async ({ name, page }) => {
      let last: SeenAndHeard = { pictures: [], sounds: 0 };
      const claim = () => `${name} sees and hears ${others} others; it was ${JSON.stringify(last)}`;
      await eventually(
        `${name} sees and hears ${others} others`,
        async () => {
          last = await seenAndHeard(page);
          return last.pictures.length === others && last.sounds === others;
        },
        20_000,
      ).catch(async () => expect.fail(`${claim()}; ${await soundDetails(page)}`));
    }),
  );
}

/** Nothing moves and nothing sounds on these pages. */
export async function expectNothingArrives(devices: readonly Device[]): Promise<void> {
  await pause(500);
  for (const { name, page } of devices)
    expect(await seenAndHeard(page), `${name} sees and hears nobody`).toEqual({ pictures: [], sounds: 0 });
}
