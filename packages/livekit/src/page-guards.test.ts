import { FakeClock } from '@holdfast/session/testing';
import { CriticalTimers } from 'livekit-client';
import { afterEach, expect, test, vi } from 'vitest';
import { guardPage, warmUp } from './page-guards.js';

afterEach(() => vi.unstubAllGlobals());

test("[H08] LiveKit's timers run on the newest session's clock, and those of the clock before can still be cancelled", async () => {
  const [before, now] = [new FakeClock(), new FakeClock()];
  const called: string[] = [];
  guardPage(before);
  const wait = CriticalTimers.setTimeout(() => called.push('old wait'), 5000);
  const turns = CriticalTimers.setInterval(() => called.push('old turn'), 5000);
  guardPage(now);
  CriticalTimers.setTimeout(() => called.push('new wait'), 5000);
  CriticalTimers.clearTimeout(wait);
  CriticalTimers.clearInterval(turns);
  await before.advance(20_000);
  expect(called).toEqual([]);
  await now.advance(5000);
  expect(called).toEqual(['new wait']);
});

test('a browser that refuses connections does not keep the page from being made', () => {
  let tries = 0;
  vi.stubGlobal('RTCPeerConnection', function refused() {
    tries += 1;
    throw new Error('refused by policy');
  });
  expect(warmUp).not.toThrow();
  expect(tries).toBe(1);
});
