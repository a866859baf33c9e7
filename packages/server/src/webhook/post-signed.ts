import { ServerError } from '../errors.js';
import { signWebhook } from './signature.js';

/** One signed message to the host. */
export interface SignedPost {
  readonly url: URL;
  readonly key: Buffer;
  /** The same on every retry: the receiver drops what it has. */
  readonly id: string;
  readonly body: string;
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

/**
 * Posts once. Any answer but 2xx is a failure; the caller tries again. A redirect is one too: a body that is signed
 * for one address must not wander to another.
 *
 * @throws ServerError `delivery-failed`; the message holds the status only, never the address or the body.
 */
export async function postSigned({ url, key, id, body, nowMs, signal }: SignedPost): Promise<void> {
  let status: number;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signWebhook(key, id, nowMs, body) },
      body,
      signal,
      redirect: 'manual',
    });
    await answer.body?.cancel();
    status = answer.status;
  } catch (cause) {
    throw new ServerError('delivery-failed', signal.aborted ? 'no answer in time' : 'no connection', {
      cause,
    });
  }
  if (status < 200 || status > 299) throw new ServerError('delivery-failed', `answered ${status}`);
}

/**
 * Checks the address of a webhook: https, or http on this machine.
 *
 * @throws ServerError `bad-option`.
 */
export function webhookUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) {
    throw new ServerError(
      'bad-option',
      'url of a webhook must be an https address (http only on this machine)',
    );
  }
  return url;
}
