import { describe, expect, test } from 'vitest';
import { reconnectPolicy, rebuildPauseMs, roomOptions, ROOM_OPTIONS } from './room-options.js';

describe("LiveKit's own way back", () => {
  test('begins at once, goes on with growing pauses of at most about 3 s', () => {
    const pauses = [0, 1, 2, 3, 8].map(
      (retryCount) => reconnectPolicy.nextRetryDelayInMs({ retryCount, elapsedMs: 0 }) ?? -1,
    );
    expect(pauses[0]).toBe(0);
    expect(pauses[1]).toBeGreaterThanOrEqual(350);
    for (const pauseMs of pauses) expect(pauseMs).toBeLessThanOrEqual(3250);
  });

  test('[E13] does not give up while a ladder can run: five minutes and far beyond', () => {
    const pauseMs = reconnectPolicy.nextRetryDelayInMs({ retryCount: 40, elapsedMs: 60 * 60_000 });
    expect(pauseMs).not.toBeNull();
    expect(reconnectPolicy.nextRetryDelayInMs({ retryCount: 400, elapsedMs: 3 * 60 * 60_000 })).toBeNull();
  });
});

test('a page that goes away does not look like hanging up, and a new room keeps the camera', () => {
  expect(ROOM_OPTIONS).toMatchObject({ disconnectOnPageLeave: false, stopLocalTrackOnUnpublish: false });
});

test('[D02] on a bad link one small picture and the sound once, which fit through 150 kbit/s together', () => {
  expect(roomOptions('bad')).toMatchObject({
    ...ROOM_OPTIONS,
    publishDefaults: { red: false, simulcast: false },
  });
  const { audioPreset, videoEncoding } = roomOptions('bad').publishDefaults ?? {};
  expect((audioPreset?.maxBitrate ?? 0) + (videoEncoding?.maxBitrate ?? 0)).toBeLessThan(100_000);
  for (const link of ['ok', 'weak', 'unknown', undefined] as const)
    expect(roomOptions(link)).toBe(ROOM_OPTIONS);
});

test('rooms that fail are followed by others less and less often, up to every 5 s', () => {
  expect([0, 1, 2, 3, 4, 50].map(rebuildPauseMs)).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
});
