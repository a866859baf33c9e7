import { expect, test } from 'vitest';
import { createServerClock } from './server-clock.js';

test('[H07] estimates the server clock from the quickest of the latest echoes', () => {
  const clock = createServerClock();
  clock.learn(1000, 8_000_520, 1040);
  clock.learn(2000, 8_003_000, 3900);
  expect(clock.toServer(5000)).toBe(8_004_500);
});

test('[H07] follows a clock that jumped within twenty echoes', () => {
  const clock = createServerClock();
  clock.learn(0, 7_200_010, 20);
  for (let echo = 1; echo <= 20; echo += 1) clock.learn(echo * 500, echo * 500 + 50, echo * 500 + 100);
  expect(clock.toServer(20_000)).toBe(20_000);
});

test('an echo from before it was asked says nothing', () => {
  const clock = createServerClock();
  clock.learn(2000, 9_000_000, 1000);
  expect(clock.toServer(5000)).toBe(5000);
});
