import { createHash } from 'node:crypto';
import type { Code } from '@holdfast/protocol';
import type { Clock } from '@holdfast/session';
import { checkShapes } from '../option-shapes.js';
import { wallClock } from '../system-clock.js';
import { postSigned, webhookUrl } from '../webhook/post-signed.js';
import { webhookKey } from '../webhook/signature.js';
import type { Sink } from './sink.js';

/** Settings of a signed webhook. */
export interface WebhookSinkOptions {
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
 * Posts batches of events, signed by Standard Webhooks. `webhook-id` is made of the content, so that a batch that is
 * sent again carries the same id.
 *
 * @throws ServerError `bad-option`.
 */
export function webhookSink(options: WebhookSinkOptions): Sink {
  checkShapes('webhookSink', options, { name: 'one', url: 'one', secret: 'one', clock: 'one' });
  const { name = 'webhook', url, secret, clock = wallClock } = options;
  const target = webhookUrl(url);
  const key = webhookKey(secret);
  return {
    name,
    async write(events, signal) {
      const body = JSON.stringify({ type: 'holdfast.events', events });
      const id = `evt_${createHash('sha256').update(body).digest('hex').slice(0, 32)}`;
      await postSigned({ url: target, key, id, body, nowMs: clock.nowMs(), signal });
    },
    close: async () => {},
  };
}
