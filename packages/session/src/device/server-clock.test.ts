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

test('[H07] a device that slept learns so from the first echo, not after ten seconds of them', () => {
  const clock = createServerClock();
  for (let echo = 0; echo < 20; echo += 1) clock.learn(echo * 500, echo * 500 + 10, echo * 500 + 20);
  // Its own clock stood still for an hour, and this echo took longer than those before.
  clock.learn(10_000, 3_610_050, 10_100);
  expect(clock.toServer(10_200)).toBe(3_610_200);
});

test('[H07] what was seen before the sleep stays where it was: a proof of life does not grow younger', () => {
  const clock = createServerClock();
  for (let echo = 0; echo < 20; echo += 1) clock.learn(echo * 500, echo * 500 + 10, echo * 500 + 20);
  clock.learn(10_000, 3_610_050, 10_100);
  expect(clock.toServer(9400)).toBe(9400);
});

test('[H07] slow echoes of a clock that did not jump change nothing', () => {
  const clock = createServerClock();
  clock.learn(0, 5010, 20);
  // All of its second was spent on the way there, and then all of it on the way back.
  clock.learn(1000, 7000, 2000);
  clock.learn(2000, 7000, 3000);
  expect(clock.toServer(4000)).toBe(9000);
});
