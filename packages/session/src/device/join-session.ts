import { SERVER_PATHS, STAFF_ROLES, type Id } from '@holdfast/protocol';
import type { VideoPort } from '../ports.js';
import { SessionError } from '../session-error.js';
import { DeviceSession } from './joined-session.js';
import { browserPlatform, type Platform } from './platform.js';
import { redeem, serverAddress, SessionKeep, type KeptSession } from './redeem.js';
import { clientScreens } from '../view/client-screens.js';
import type { Screens } from './screens.js';
import type { JoinedSession, JoinOptions } from './types.js';

/** From the credential to the first view. */
const FIRST_VIEW_WITHIN_MS = 20_000;

/**
 * Joins a session with a link that the host made. Call it when the person presses a button: the link's token is
 * redeemed then, once, and taken out of the address. After a reload the page goes on with what it kept for the tab.
 *
 * Throws `refused` (with the session server's code and a sentence for the person), `unreachable` (ask again: a token
 * that was redeemed is kept) and `bad-option`.
 */
export const joinSession = (options: JoinOptions): Promise<JoinedSession> =>
  joinOn(browserPlatform(options), options);

/** `joinSession` on a given platform: for tests and simulations. */
export async function joinOn(platform: Platform, options: JoinOptions): Promise<JoinedSession> {
  try {
    return await join(platform, options);
  } catch (error) {
    // There is no session that could end it, and the button may be pressed again and again.
    platform.end();
    throw error;
  }
}

async function join(platform: Platform, options: JoinOptions): Promise<JoinedSession> {
  const link = parseLink(options.link);
  const server = options.server ?? SERVER_PATHS.base;
  const exitTo = checkExit(options.exitTo ?? 'about:blank');
  const keep = new SessionKeep(platform.storage, link, options.keepAs);
  const kept = await credentialOf(platform, options, keep, link, server);
  const screens = kept.role === 'client' ? clientScreens : await staffScreens(platform);
  const video = await portsOf(options);
  const address = new URL(kept.socket, link);
  address.protocol = address.protocol.replace('http', 'ws');
  const beaconAddress = serverAddress(link, server, SERVER_PATHS.beacon);
  const session = await firstView(
    platform,
    (onReady) =>
      new DeviceSession({
        platform,
        kept,
        keep,
        screens,
        socketAddress: address.href,
        beaconAddress,
        video,
        exitTo,
        onReady,
      }),
  );
  if (isToMeasure(platform, session, kept))
    void platform.measureLink(serverAddress(link, server, SERVER_PATHS.measure), kept.credential);
  return session;
}

/** D07: only before anybody sees and hears the other, and where the browser tells nothing: a call is never slowed down by it. */
const isToMeasure = (platform: Platform, { view }: JoinedSession, { role }: KeptSession): boolean =>
  (view.stage === 'setUp' || view.stage === 'waiting') &&
  !STAFF_ROLES.some((staff) => staff === role) &&
  platform.preflight().connection === 'unknown';

async function portsOf({ video }: JoinOptions): Promise<readonly VideoPort[]> {
  try {
    const ports = await video;
    return 'transport' in ports ? [ports] : ports;
  } catch (cause) {
    throw new SessionError('unreachable', 'the video of this page could not be loaded', { cause });
  }
}

async function staffScreens(platform: Platform): Promise<Screens> {
  try {
    return await platform.staffScreens();
  } catch (cause) {
    throw new SessionError('unreachable', 'the part of the page for staff could not be loaded', { cause });
  }
}

async function credentialOf(
  platform: Platform,
  options: JoinOptions,
  keep: SessionKeep,
  link: URL,
  server: string,
): Promise<KeptSession> {
  const before = keep.read();
  if (link.hash.length <= 1) {
    if (before !== null) return before;
    throw new SessionError('refused', 'the link holds no token and this tab has no session', {
      refusal: 'link-expired',
      sentence: 'This link is not complete. Open it again, or ask for a new one.',
    });
  }
  const newDevice = () => `d-${platform.newId()}`;
  const device = options.device ?? keep.device ?? newDevice();
  // A link is used by one device. If its answer gets lost, the same device must ask again (H14).
  if (before === null) keep.write({ device });
  const trade = (as: Id) => redeem({ link, server, device: as, ask: platform.ask });
  try {
    const kept = await trade(device).catch((error: unknown) => {
      if (options.device !== undefined || refusalOf(error) !== 'wrong-credential') throw error;
      // The tab was another person's: as their device it opens no link of this one (H19).
      const own = newDevice();
      keep.write({ device: own });
      return trade(own);
    });
    keep.write(kept);
    platform.page.forgetLink();
    return kept;
  } catch (error) {
    const refusal = refusalOf(error);
    // H18: what the tab kept is of a session that is over, or opens nothing.
    if (refusal === 'session-closed' || (refusal !== null && before === null)) keep.forget();
    else if (refusal !== null && before !== null) keep.write(before);
    throw error;
  }
}

const refusalOf = (error: unknown) => (error instanceof SessionError ? error.refusal : null);

function firstView(
  platform: Platform,
  start: (onReady: () => void) => DeviceSession,
): Promise<JoinedSession> {
  return new Promise((resolve, reject) => {
    const cancel = platform.clock.after(FIRST_VIEW_WITHIN_MS, () => {
      session.dispose();
      reject(
        new SessionError('unreachable', `no answer of the session server within ${FIRST_VIEW_WITHIN_MS} ms`),
      );
    });
    const session = start(() => {
      cancel();
      session.off('refused', onRefused);
      resolve(session);
    });
    const onRefused = (refusal: string, sentence: string) => {
      cancel();
      session.dispose();
      reject(
        new SessionError('refused', `the session server refused this device: ${refusal}`, {
          refusal,
          sentence,
        }),
      );
    };
    session.on('refused', onRefused);
  });
}

function parseLink(link: string): URL {
  try {
    return new URL(link);
  } catch (cause) {
    throw new SessionError('bad-option', 'link is no address', { cause });
  }
}

function checkExit(exitTo: string): string {
  if (exitTo === 'about:blank' || /^https?:\/\//.test(exitTo)) return exitTo;
  throw new SessionError('bad-option', 'exitTo is neither an http address nor about:blank');
}
