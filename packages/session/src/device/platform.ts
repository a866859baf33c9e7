import type { Clock } from '../ports.js';
import type { LineSocket } from './line.js';
import { browserPage, type Page } from './page-intents.js';
import type { Screens } from './screens.js';
import type { Preflight } from '../view/types.js';
import { downlinkOf } from './link-speed.js';
import { preflightOf, surroundings, type Measured } from './preflight.js';
import type { Ask, SessionStore } from './redeem.js';
import { systemClock } from './system-clock.js';
import { pageTimers, plainTimers } from './worker-timers.js';

/** All that the device runtime takes from around it. Tests and simulations bring their own. */
export interface Platform {
  /** Time and timers. */
  readonly clock: Clock;
  /** Visibility, network, going away, quick exit. */
  readonly page: Page;
  /** Of this tab: what a reload needs to go on. */
  readonly storage: SessionStore;
  /** Camera and microphone; undefined on a plain-http page. */
  readonly devices: MediaDevices | undefined;
  /** One HTTP request. */
  readonly ask: Ask;
  /** A WebSocket to the session server. */
  readonly openSocket: (address: string) => LineSocket;
  /**
   * The staff's screens: a part of their own that a client's device never loads (decision 0007). Loaded before the session
   * is joined, while there is a network.
   */
  readonly staffScreens: () => Promise<Screens>;
  /** What this page finds out about its device (D07, E11). */
  readonly preflight: () => Preflight;
  /** Measures the link once, where the browser tells nothing of it; what it finds stands in `preflight` then (D07). */
  readonly measureLink: (address: string, key: string) => Promise<void>;
  /** Random, unique, a valid `Id`. */
  readonly newId: () => string;
  /** The session is disposed of, or never came to be: lets go of what was started for it. May be called again. */
  readonly end: () => void;
}

/** Used where storage is blocked: the session works, a reload needs a new link. */
function storageInMemory(): SessionStore {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

function pageStorage(): SessionStore {
  try {
    return typeof sessionStorage === 'undefined' ? storageInMemory() : sessionStorage;
  } catch {
    return storageInMemory();
  }
}

/** 128 random bits. `crypto.randomUUID` is missing on plain-http pages, where the screens still work. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function browserPlatform(given: Partial<Pick<Platform, 'clock' | 'storage'>> = {}): Platform {
  const timers = given.clock === undefined ? pageTimers() : plainTimers;
  const clock = given.clock ?? systemClock(timers);
  const measured: Measured = { downlinkMbps: null };
  return {
    clock,
    storage: given.storage ?? pageStorage(),
    page: browserPage(),
    devices: typeof navigator === 'undefined' ? undefined : navigator.mediaDevices,
    ask: (address, init) => fetch(address, init),
    openSocket: (address) => new WebSocket(address) as LineSocket,
    staffScreens: async () => (await import('../view/staff-screens.js')).staffScreens,
    preflight: preflightOf(surroundings(), measured),
    measureLink: async (address, key) => {
      measured.downlinkMbps = await downlinkOf({ address, key, ask: fetch, nowMs: () => clock.nowMs() });
    },
    newId: randomId,
    end: () => timers.end(),
  };
}
