import { SERVER_PATHS } from '@holdfast/protocol';
import { SessionError } from '../session-error.js';
import { DeviceSession } from './joined-session.js';
import { browserPlatform, type Platform } from './platform.js';
import { redeem, serverAddress, SessionKeep, type KeptSession } from './redeem.js';
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
  const link = parseLink(options.link);
  const server = options.server ?? SERVER_PATHS.base;
  const exitTo = checkExit(options.exitTo ?? 'about:blank');
  const video = 'transport' in options.video ? [options.video] : options.video;
  const keep = new SessionKeep(platform.storage, link);
  const kept = await credentialOf(platform, options, keep, link, server);
  const address = new URL(kept.socket, link);
  address.protocol = address.protocol.replace('http', 'ws');
  const beaconAddress = serverAddress(link, server, SERVER_PATHS.beacon);
  return firstView(
    platform,
    (onReady) =>
      new DeviceSession({
        platform,
        kept,
        keep,
        socketAddress: address.href,
        beaconAddress,
        video,
        exitTo,
        onReady,
      }),
  );
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
  const device = options.device ?? keep.device ?? `d-${platform.newId()}`;
  // A link is used by one device. If its answer gets lost, the same device must ask again (H14).
  if (before === null) keep.write({ device });
  try {
    const kept = await redeem({ link, server, device, ask: platform.ask });
    keep.write(kept);
    platform.page.forgetLink();
    return kept;
  } catch (error) {
    const refusal = error instanceof SessionError ? error.refusal : null;
    // H18: what the tab kept is of a session that is over, or opens nothing.
    if (refusal === 'session-closed' || (refusal !== null && before === null)) keep.forget();
    throw error;
  }
}

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
