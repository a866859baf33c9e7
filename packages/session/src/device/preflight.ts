import type { Preflight } from '../view/types.js';
import { LINK_NEEDS, type LinkNeed } from './link-needs.js';

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

const numberOf = (of: unknown, name: string): number | null => {
  const value = typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : null;
  return typeof value === 'number' ? value : null;
};

/** Bandwidth as the browser estimates it, or as it was measured; where nothing is known, nothing is made up. */
export function connectionOf(connection: unknown): Preflight['connection'] {
  const downlinkMbps = numberOf(connection, 'downlink');
  const rttMs = numberOf(connection, 'rtt');
  if (downlinkMbps === null && rttMs === null) return 'unknown';
  const isBelow = (least: LinkNeed): boolean =>
    (downlinkMbps !== null && downlinkMbps < least.downlinkMbps) || (rttMs !== null && rttMs > least.rttMs);
  return isBelow(LINK_NEEDS.bad) ? 'bad' : isBelow(LINK_NEEDS.weak) ? 'weak' : 'ok';
}

/** The battery as the browser tells of it. */
export function batteryOf(battery: unknown): Preflight['battery'] {
  const level = numberOf(battery, 'level');
  if (level === null) return 'unknown';
  const isCharging = (battery as { readonly charging?: unknown }).charging === true;
  return level <= LOW_LEVEL && !isCharging ? 'low' : 'ok';
}

/** What was measured of the link (`downlinkOf`), in Mbit/s; null while nothing was, and where it came to nothing. */
export interface Measured {
  downlinkMbps: number | null;
}

/**
 * The check of this device (D07, E11): read anew with each look, so that what changes is seen without a listener. What the
 * browser tells of the link goes before what was measured.
 */
export function preflightOf(
  around: Surroundings,
  measured: Measured = { downlinkMbps: null },
): () => Preflight {
  let battery: unknown = null;
  // Some browsers tell only on secure pages, others never: then it stays unknown.
  void around.battery?.().then(
    (found) => (battery = found),
    () => undefined,
  );
  const told = () => connectionOf(around.connection);
  return () => ({
    browser: around.hasPeerConnection && around.hasMedia ? 'ok' : 'unsupported',
    connection: told() === 'unknown' ? connectionOf({ downlink: measured.downlinkMbps }) : told(),
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
