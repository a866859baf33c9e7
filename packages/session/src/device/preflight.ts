import type { Preflight } from '../view/types.js';

/** What the check reads of the browser; all of it may be missing. Nothing here asks for a permission. */
export interface Surroundings {
  readonly hasPeerConnection: boolean;
  /** Camera and microphone can be asked for; a page without a secure address says so elsewhere. */
  readonly hasMedia: boolean;
  /** `navigator.connection`, where the browser has it. */
  readonly connection: unknown;
  /** `navigator.getBattery`, where the browser has it. */
  readonly battery: (() => Promise<unknown>) | undefined;
}

/** A fifth: a session of an hour may outlast it. */
const LOW_LEVEL = 0.2;
/** Below these a picture stutters, or only sound is likely to hold (kbit/s up and down about alike, and the way there and back). */
const WEAK = { downlinkMbps: 1.5, rttMs: 400 };
const BAD = { downlinkMbps: 0.4, rttMs: 1000 };

const numberOf = (of: unknown, name: string): number | null => {
  const value = typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : null;
  return typeof value === 'number' ? value : null;
};

/** Bandwidth as the browser estimates it; where it tells nothing, nothing is made up. */
export function connectionOf(connection: unknown): Preflight['connection'] {
  const downlinkMbps = numberOf(connection, 'downlink');
  const rttMs = numberOf(connection, 'rtt');
  if (downlinkMbps === null && rttMs === null) return 'unknown';
  const isBelow = (least: typeof WEAK): boolean =>
    (downlinkMbps !== null && downlinkMbps < least.downlinkMbps) || (rttMs !== null && rttMs > least.rttMs);
  return isBelow(BAD) ? 'bad' : isBelow(WEAK) ? 'weak' : 'ok';
}

/** The battery as the browser tells of it. */
export function batteryOf(battery: unknown): Preflight['battery'] {
  const level = numberOf(battery, 'level');
  if (level === null) return 'unknown';
  const isCharging = (battery as { readonly charging?: unknown }).charging === true;
  return level <= LOW_LEVEL && !isCharging ? 'low' : 'ok';
}

/** The check of this device (D07, E11): read anew with each look, so that what changes is seen without a listener. */
export function preflightOf(around: Surroundings): () => Preflight {
  let battery: unknown = null;
  // Some browsers tell only on secure pages, others never: then it stays unknown.
  void around.battery?.().then(
    (found) => (battery = found),
    () => undefined,
  );
  return () => ({
    browser: around.hasPeerConnection && around.hasMedia ? 'ok' : 'unsupported',
    connection: connectionOf(around.connection),
    battery: batteryOf(battery),
  });
}

/** The browser's own. Read in pages only. */
export function surroundings(): Surroundings {
  if (typeof navigator === 'undefined')
    return { hasPeerConnection: false, hasMedia: false, connection: null, battery: undefined };
  const extras = navigator as unknown as {
    readonly connection?: unknown;
    readonly mediaDevices?: unknown;
    readonly getBattery?: () => Promise<unknown>;
  };
  return {
    hasPeerConnection: typeof RTCPeerConnection !== 'undefined',
    hasMedia: extras.mediaDevices !== undefined || !globalThis.isSecureContext,
    connection: extras.connection,
    battery: extras.getBattery?.bind(navigator),
  };
}
