import type { Beacon, Instant } from '@holdfast/protocol';
import type { Platform } from './platform.js';
import type { KeptSession } from './redeem.js';

export interface SessionPageOptions {
  readonly platform: Platform;
  readonly kept: KeptSession;
  /** Absolute. */
  readonly beaconAddress: string;
  /** On the session server's clock. */
  readonly nowMs: () => Instant;
  /** The person goes on on this page: when it goes away, it says so. */
  readonly isInUse: () => boolean;
  /** A duplicated tab is the same device twice: the newest goes on, this one steps back altogether. */
  readonly onDuplicated: () => void;
  /** It is shown again, or back from the browser's page cache. */
  readonly onReturned: () => void;
  readonly onNetwork: (isOnline: boolean) => void;
}

/** The page that a device runs in: its name among the tabs, its comings and goings, its last message. */
export class SessionPage {
  readonly #options: SessionPageOptions;
  readonly #cancels: readonly (() => void)[];
  #releaseTab: () => void = () => undefined;

  constructor(options: SessionPageOptions) {
    this.#options = options;
    const { page } = options.platform;
    this.#cancels = [
      page.onUnloading(() => options.isInUse() && this.lastMessage('device.unloading')),
      page.onReturned(options.onReturned),
      page.onVisible(options.onReturned),
      page.onNetwork(options.onNetwork),
    ];
    this.claimTab();
  }

  /** The newest tab that does so goes on. */
  claimTab(): void {
    const { platform, kept, onDuplicated } = this.#options;
    this.#releaseTab();
    this.#releaseTab = platform.page.claim(kept.device, onDuplicated);
  }

  /** Sent however the page goes on from here; whether it arrives is never known. */
  lastMessage(fact: Beacon['fact']): void {
    const { platform, kept, beaconAddress, nowMs } = this.#options;
    const { credential, device } = kept;
    const id = platform.newId();
    platform.page.beacon(beaconAddress, { id, credential, device, fact, saidAtMs: nowMs() });
  }

  end(): void {
    for (const cancel of this.#cancels) cancel();
    this.#releaseTab();
  }
}
