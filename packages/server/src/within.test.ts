import { FakeClock } from '@holdfast/session/testing';
import { expect, test } from 'vitest';
import { within } from './within.js';

test('[H17] what does not answer in time is told to end, and is waited for no longer', async () => {
  const clock = new FakeClock();
  let signal: AbortSignal | null = null;
  const ended = within(clock, 900, (given) => {
    signal = given;
    return new Promise<never>(() => {});
  }).catch((cause: unknown) => cause);
  await clock.advance(899);
  expect(signal).toMatchObject({ aborted: false });
  await clock.advance(1);
  expect(await ended).toMatchObject({ message: 'no answer within 900 ms' });
  expect(signal).toMatchObject({ aborted: true });
});

test('what answers in time is not told to end afterwards', async () => {
  const clock = new FakeClock();
  let signal: AbortSignal | null = null;
  const answer = await within(clock, 900, async (given) => {
    signal = given;
    return 'done';
  });
  await clock.advance(2000);
  expect(answer).toBe('done');
  expect(signal).toMatchObject({ aborted: false });
});
