import { randomUUID } from 'node:crypto';
import type { Code } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';
import { checkShapes } from '../option-shapes.js';
import { wallClock } from '../system-clock.js';
import { postSigned, webhookUrl } from '../webhook/post-signed.js';
import { webhookKey } from '../webhook/signature.js';
import type { Alert } from './alert.js';

/** Settings of the alert webhook. */
export interface WebhookAlertOptions {
  /** Default `webhook`. */
  readonly name?: Code;
  /** https, or http on this machine. */
  readonly url: string;
  /** Standard Webhooks secret, `whsec_` and base64 of at least 24 bytes. */
  readonly secret: string;
  /** For the signature's timestamp. Default: this machine's. */
  readonly clock?: Clock;
}

/**
 * Tells the host's paging service, signed by Standard Webhooks; `webhook-id` is the notice's own id. A message of the type
 * `holdfast.test` is a test of the way: answer it with 2xx, and tell nobody.
 *
 * @throws ServerError `bad-option`.
 */
export function webhookAlert(options: WebhookAlertOptions): Alert {
  checkShapes('webhookAlert', options, { name: 'one', url: 'one', secret: 'one', clock: 'one' });
  const { name = 'webhook', url, secret, clock = wallClock } = options;
  const target = webhookUrl(url);
  const key = webhookKey(secret);
  return {
    name,
    send: async (notice, signal) => {
      const body = JSON.stringify({ type: `holdfast.${notice.kind}`, notice });
      await postSigned({ url: target, key, id: notice.id, body, nowMs: clock.nowMs(), signal });
    },
    // Signed like a notice, so that the secret is tested too. It names nobody, and nobody is to be told of it.
    test: async (signal) => {
      const id = `al-test-${randomUUID()}`;
      const body = JSON.stringify({ type: 'holdfast.test', test: { id } });
      await postSigned({ url: target, key, id, body, nowMs: clock.nowMs(), signal });
    },
    close: async () => {},
  };
}
