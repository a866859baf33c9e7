import type { Page } from 'playwright-core';

/** What the observer of a page has seen. Instants are milliseconds since 1970 on the machine's clock. */
export interface Observed {
  /** When each frame of a remote picture was presented. */
  readonly remoteFramesAtMs: readonly number[];
  /** Each change of the visible words, shadow roots included. */
  readonly words: { readonly atMs: number; readonly text: string }[];
  /** The person's clicks. */
  readonly clicksAtMs: readonly number[];
  /** `online` and `offline`, as the browser raised them. */
  readonly links: readonly { readonly atMs: number; readonly kind: string }[];
}

export interface InboundSound {
  readonly packets: number;
  readonly energy: number;
}

interface ObservingWindow extends Window {
  holdfastObserver?: {
    observed: Observed;
    connections: readonly RTCPeerConnection[];
    /** Reading the words of a large page takes some of the processor's time. */
    notesWords: boolean;
  };
}

/**
 * Runs inside the page before its own scripts. It only listens: it learns which tracks are remote
 * from the peer connections and counts presented frames with requestVideoFrameCallback. The same instrument measures any product, so figures are comparable.
 */
export function observePage(): void {
  const remoteFramesAtMs: number[] = [];
  const clicksAtMs: number[] = [];
  const links: { atMs: number; kind: string }[] = [];
  const connections: RTCPeerConnection[] = [];
  const remoteTrackIds = new Set<string>();
  const seen = new WeakSet<HTMLVideoElement>();
  (window as ObservingWindow).holdfastObserver = {
    observed: { remoteFramesAtMs, words: [], clicksAtMs, links },
    connections,
    notesWords: true,
  };
  const toEpochMs = (pageMs: number) => Date.now() - (performance.now() - pageMs);

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
      this.addEventListener('track', (event) => remoteTrackIds.add(event.track.id));
    }
  };

  const watchFrames = (video: HTMLVideoElement) => {
    if (seen.has(video)) return;
    seen.add(video);
    const onFrame = (nowMs: number) => {
      const stream = video.srcObject;
      const isRemote =
        stream instanceof MediaStream &&
        stream.getVideoTracks().some((track) => remoteTrackIds.has(track.id));
      if (isRemote) remoteFramesAtMs.push(toEpochMs(nowMs));
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  };
  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...source,
    set(this: HTMLMediaElement, value: MediaStream | null) {
      source?.set?.call(this, value);
      if (this instanceof HTMLVideoElement) watchFrames(this);
    },
  });

  addEventListener('click', (event) => clicksAtMs.push(toEpochMs(event.timeStamp)), { capture: true });
  for (const kind of ['online', 'offline'])
    addEventListener(kind, () => links.push({ atMs: Date.now(), kind }));
}

/** Also inside the page, after `observePage`: notes the visible words every 50 ms. */
export function observeWords(): void {
  const visibleText = (node: Node): string => {
    if (node instanceof Text) return node.data;
    if (node instanceof Element) {
      if (['STYLE', 'SCRIPT', 'TEMPLATE'].includes(node.tagName) || !node.checkVisibility()) return '';
      if (node.shadowRoot) return visibleText(node.shadowRoot);
      if (node instanceof HTMLSlotElement && node.assignedNodes().length > 0) {
        return node.assignedNodes().map(visibleText).join(' ');
      }
    }
    return [...node.childNodes].map(visibleText).join(' ');
  };
  const observer = (window as ObservingWindow).holdfastObserver;
  let last = '';
  setInterval(() => {
    if (!document.body || !observer?.notesWords) return;
    const text = visibleText(document.body).replace(/\s+/g, ' ').trim();
    if (text !== last) observer.observed.words.push({ atMs: Date.now(), text: (last = text) });
  }, 50);
}

/** Where only frames count: what reads the words must not slow down the page that is measured. */
export async function stopNotingWords(page: Page): Promise<void> {
  await page.evaluate(() => {
    const observer = (window as ObservingWindow).holdfastObserver;
    if (observer !== undefined) observer.notesWords = false;
  });
}

export async function observed(page: Page): Promise<Observed> {
  return page.evaluate(() => {
    const observer = (window as ObservingWindow).holdfastObserver;
    if (observer === undefined) throw new Error('this page is not observed');
    return observer.observed;
  });
}

/** Sum over the open connections of the page. Energy rises only when what arrives is not silence. */
export async function inboundSound(page: Page): Promise<InboundSound> {
  return page.evaluate(async () => {
    let packets = 0;
    let energy = 0;
    for (const connection of (window as ObservingWindow).holdfastObserver?.connections ?? []) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
        packets += report.packetsReceived ?? 0;
        energy += report.totalAudioEnergy ?? 0;
      }
    }
    return { packets, energy };
  });
}

/** The first remote frame presented after an instant, or null when there was none yet. */
export async function firstFrameAfter(page: Page, sinceMs: number): Promise<number | null> {
  return page.evaluate((since) => {
    const frames = (window as ObservingWindow).holdfastObserver?.observed.remoteFramesAtMs ?? [];
    return frames.find((atMs) => atMs > since) ?? null;
  }, sinceMs);
}

/** When the visible words first matched after an instant, or null. */
export async function firstShownAfter(page: Page, pattern: RegExp, sinceMs: number): Promise<number | null> {
  return page.evaluate(
    ({ source, flags, since }) => {
      const matcher = new RegExp(source, flags);
      const words = (window as ObservingWindow).holdfastObserver?.observed.words ?? [];
      return words.find((entry) => entry.atMs > since && matcher.test(entry.text))?.atMs ?? null;
    },
    { source: pattern.source, flags: pattern.flags, since: sinceMs },
  );
}

/** Waits for a remote frame that is presented after an instant. */
export async function waitForFrame(page: Page, sinceMs: number, waitMs: number): Promise<number | null> {
  return poll(() => firstFrameAfter(page, sinceMs), waitMs);
}

/** Waits for visible words that appear after an instant. */
export async function waitForWords(
  page: Page,
  pattern: RegExp,
  sinceMs: number,
  waitMs: number,
): Promise<number | null> {
  return poll(() => firstShownAfter(page, pattern, sinceMs), waitMs);
}

/** The answer carries its own instant, so how often it is asked for adds no error. */
async function poll(ask: () => Promise<number | null>, waitMs: number): Promise<number | null> {
  const untilMs = Date.now() + waitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null || Date.now() >= untilMs) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
