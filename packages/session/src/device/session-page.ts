import { isParticipant, type Beacon, type Instant } from '@holdfast/protocol';
import type { Platform } from './platform.js';
import type { KeptSession, SessionKeep } from './redeem.js';

export interface SessionPageOptions {
  readonly platform: Platform;
  readonly kept: KeptSession;
  readonly keep: Pick<SessionKeep, 'forget'>;
  /** Absolute. */
  readonly beaconAddress: string;
  /** On the session server's clock. */
  readonly nowMs: () => Instant;
  /** The person goes on on this page: when it goes away, it says so. */
  readonly isInUse: () => boolean;
  /** The person has left, on this page or on another: a page that goes away then leaves nothing to come back by. */
  readonly hasLeft: () => boolean;
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
      page.onUnloading(() => this.#goes()),
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
    // A page may hold several sessions, under the same device name if its host gave one.
    this.#releaseTab = platform.page.claim(`${kept.session} ${kept.device}`, onDuplicated);
  }

  /** Sent however the page goes on from here; whether it arrives is never known. */
  lastMessage(fact: Beacon['fact']): void {
    const { platform, kept, beaconAddress, nowMs } = this.#options;
    const { credential, device } = kept;
    const id = platform.newId();
    platform.page.beacon(beaconAddress, { id, credential, device, fact, saidAtMs: nowMs() });
  }

  #goes(): void {
    const { isInUse, hasLeft, kept, keep } = this.#options;
    if (isInUse()) return this.lastMessage('device.unloading');
    // E4: the way back button of whoever uses the device next leads into no session. Staff have a way back to their work.
    if (hasLeft() && (kept.role === 'client' || isParticipant(kept.role))) keep.forget();
  }

  end(): void {
    for (const cancel of this.#cancels) cancel();
    this.#releaseTab();
  }
}
