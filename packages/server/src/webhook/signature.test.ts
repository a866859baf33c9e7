import { expect, test } from 'vitest';
import { signWebhook, verifyWebhook, webhookKey } from './signature.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const atMs = 1_614_265_330_000;
const body = '{"test": 2432232314}';

test('signs as the published example of Standard Webhooks does', () => {
  expect(signWebhook(webhookKey(secret), 'msg_p5jXN8AQM9LWM0D4loKWxJek', atMs, body)).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('verifies what is authentic and fresh, and nothing else', () => {
  const headers = { ...signWebhook(webhookKey(secret), 'm1', atMs, body) };
  expect(verifyWebhook(secret, headers, body, atMs)).toBe(true);
  expect(
    verifyWebhook(
      secret,
      { ...headers, 'webhook-signature': `v1,AAAA ${headers['webhook-signature']}` },
      body,
      atMs,
    ),
  ).toBe(true);
  expect(verifyWebhook(secret, headers, `${body} `, atMs)).toBe(false);
  expect(verifyWebhook(secret, { ...headers, 'webhook-id': 'm2' }, body, atMs)).toBe(false);
  expect(verifyWebhook(secret, headers, body, atMs + 301_000)).toBe(false);
  expect(verifyWebhook(secret, { ...headers, 'webhook-timestamp': 'soon' }, body, atMs)).toBe(false);
  expect(verifyWebhook(secret, {}, body, atMs)).toBe(false);
});
