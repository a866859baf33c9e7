import type { CDPSession, Page } from 'playwright-core';

/** The smallest window of a phone that is still in use, in CSS pixels. */
export const OLD_PHONE = { width: 360, height: 640 };
/**
 * A mobile link at the edge of its cell, as the browser itself narrows it for the page: 300 kbit/s down, 150 kbit/s up,
 * 150 ms delay; 2 % of the call's packets are lost, and thirty wait in front of it.
 */
const WEAK_LINK = {
  offline: false,
  latency: 150,
  downloadThroughput: 300_000 / 8,
  uploadThroughput: 150_000 / 8,
  packetLoss: 2,
  packetQueueLength: 30,
};
/** How slow the phone's processor is beside this machine's. */
const SLOWER = 6;

/** A page on an old phone. */
export interface SlowPage {
  /** What has come over the wire so far. */
  bytes(): number;
  /** As fast as the machine again. */
  end(): Promise<void>;
}

/** From here on the page runs on a slow processor and over a weak link, with nothing in its cache. */
export async function slowDown(page: Page): Promise<SlowPage> {
  const inspector: CDPSession = await page.context().newCDPSession(page);
  let bytes = 0;
  inspector.on('Network.loadingFinished', ({ encodedDataLength }) => void (bytes += encodedDataLength));
  await inspector.send('Network.enable');
  await inspector.send('Network.setCacheDisabled', { cacheDisabled: true });
  await inspector.send('Network.emulateNetworkConditions', WEAK_LINK);
  await inspector.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return {
    bytes: () => bytes,
    end: async () => {
      await inspector.send('Emulation.setCPUThrottlingRate', { rate: 1 });
      await inspector.detach();
    },
  };
}

/** Words are read from a page every 50 ms, which on a slow one is a fifth of its time: not here. */
export const noteNoWords = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const { holdfastObserver } = window as Window & { holdfastObserver?: { notesWords: boolean } };
    if (holdfastObserver !== undefined) holdfastObserver.notesWords = false;
  });
